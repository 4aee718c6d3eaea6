import { isRequestEvent, type Recorded, type RequestEvent } from '#server/contract/events.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import type { Log } from '#server/log/log.ts'

type Told = Recorded<RequestEvent>
export interface Standing {
  number: string
  state: RequestState
}

/**
 * Reads the log whole and tells of any instant what stood open, with nothing but the fold: events recorded after `known` are unheard of, of
 * the rest those that happened after `at` are yet to come. A correction counts once it is known.
 */
export async function openRecount(log: Pick<Log, 'requestStreams'>) {
  const requests: { events: Told[]; memory: Map<string, Standing | null> }[] = []
  for await (const streams of log.requestStreams())
    for (const { events } of streams)
      requests.push({
        events: events.filter((event) => isRequestEvent(event)),
        memory: new Map(),
      })
  return (at: number, known: number): Standing[] =>
    requests.flatMap(({ events, memory }) => {
      const heard = events.map(({ recordedAt }) => recordedAt <= known)
      const which = events.map((event, index) =>
        heard[index] ? (event.occurredAt <= at ? 'y' : 'n') : '-',
      )
      const name = which.join('')
      let standing = memory.get(name)
      if (standing === undefined) {
        standing = recount(
          events.filter((_, index) => heard[index]),
          at,
        )
        memory.set(name, standing)
      }
      return standing ?? []
    })
}

function recount(heard: readonly Told[], at: number): Standing | null {
  const whole = foldRequest(heard)
  if (!whole || whole.registeredAt > at) return null
  const state = foldRequest(
    heard.filter(({ type, occurredAt }) => occurredAt <= at || type === 'request.corrected'),
  )
  return state && state.outcome === 'open' ? { number: state.number, state } : null
}

import type { DomainEvent } from '#server/contract/events.ts'
import type { Delivery } from './life/steps.ts'

/** What became of a batch that was sent: stored (or known), refused for what it says, or not taken now. */
export type Sent =
  | { how: 'taken' }
  | { how: 'refused'; why: string }
  | { how: 'later'; why: string }

export interface PlayOptions {
  /** Everything delivered after `from`, a chunk a day. */
  future: Iterable<Delivery[]>
  from: number
  /** How many times faster than the clock time runs until it has caught up with the clock; Infinity = at once. */
  speed: number
  now: () => number
  /** Resolves early when the signal is aborted. */
  sleep: (milliseconds: number) => Promise<void>
  send: (events: readonly DomainEvent[]) => Promise<Sent>
  /** Told after each batch up to when everything has been taken. */
  reached: (at: number) => void
  report: (sentence: string) => void
  signal: AbortSignal
}

const BATCH = 500
const LONGEST_SLEEP = 1_000
const FIRST_RETRY = 500
const LAST_RETRY = 10_000

/**
 * Plays the city on: what happened since `from` first, then each event at its time. A server that is away is tried until it is
 * back; ids make a repeated batch harmless. Never sends what is still to come.
 */
export async function play(options: PlayOptions): Promise<void> {
  const { future, from, speed, now, sleep, reached, signal } = options
  const startedAt = now()
  const cityClock = () =>
    Math.min(now(), speed === Infinity ? now() : from + (now() - startedAt) * speed)
  for (const day of future) {
    let next = 0
    while (next < day.length && !signal.aborted) {
      const clock = cityClock()
      let until = next
      while (until < day.length && until - next < BATCH && (day[until] as Delivery).at <= clock)
        until++
      if (until === next) {
        const wait = (day[next] as Delivery).at - clock
        await sleep(Math.min(LONGEST_SLEEP, speed === Infinity ? wait : wait / speed))
        continue
      }
      const due = day.slice(next, until)
      await deliver(
        due.map(({ event }) => event),
        options,
      )
      if (signal.aborted) return
      reached((due.at(-1) as Delivery).at)
      next = until
    }
    if (signal.aborted) return
  }
}

async function deliver(events: readonly DomainEvent[], options: PlayOptions): Promise<void> {
  const { send, sleep, report, signal } = options
  for (let pause = FIRST_RETRY; !signal.aborted; pause = Math.min(LAST_RETRY, pause * 2)) {
    const sent = await send(events)
    if (sent.how === 'taken') return
    if (sent.how === 'refused') {
      if (events.length === 1) return report(`event ${events[0]?.id} was refused: ${sent.why}`)
      for (const event of events) await deliver([event], options)
      return
    }
    if (pause === FIRST_RETRY)
      report(`the server does not take events now (${sent.why}); trying on`)
    await sleep(pause)
  }
}

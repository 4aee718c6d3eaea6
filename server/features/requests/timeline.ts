import {
  isRequestEvent,
  type Party,
  type Recorded,
  type RequestEvent,
} from '#server/contract/events.ts'
import { type Mark, marksOf, type State } from '#server/contract/vocabulary.ts'
import type { EventWord } from '#server/contract/words/shape.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'

/** One event as it stands in the log, without anything that names a person. */
export interface TimelineEvent {
  seq: number
  event: EventWord
  occurredAt: number
  recordedAt: number
  source: string
  party: Party | null
  before: State
  after: State
  /** What this event earned the record. */
  marks: Mark[]
  /** It reached us after an event that had happened later. */
  outOfOrder: boolean
  /** An organization or a request that the event names, by the source's id. */
  organization: string | null
  request: string | null
  /** The reason, ground, note or addressee, as the source wrote it. */
  said: string | null
  /** Until when it is put off. */
  until: number | null
}

/** Events of one request in the order in which they happened. */
export function timelineOf(events: readonly Recorded[]): TimelineEvent[] {
  const lines: TimelineEvent[] = []
  foldRequest(
    events.filter((event) => isRequestEvent(event)),
    ({ event, before, after, marks }) => {
      lines.push({
        seq: event.seq,
        event: event.type.slice('request.'.length) as EventWord,
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        source: event.source,
        party: event.actor?.party ?? null,
        before,
        after,
        marks: marksOf(marks),
        outOfOrder: events.some(
          (other) => other.seq < event.seq && other.occurredAt > event.occurredAt,
        ),
        ...saidBy(event),
      })
    },
  )
  return lines
}

type Said = Pick<TimelineEvent, 'organization' | 'request' | 'said' | 'until'>

/** What an event says beside its type. Never the subject, the actor's id or a place. */
function saidBy(event: RequestEvent): Said {
  const said: Said = { organization: null, request: null, said: null, until: null }
  switch (event.type) {
    case 'request.registered':
    case 'request.routed':
    case 'request.transferred':
      return { ...said, organization: event.organization ?? null }
    case 'request.assigned':
      return { ...said, organization: event.contractor ?? null }
    case 'request.deferred':
      return { ...said, said: event.reason ?? null, until: event.until ?? null }
    case 'request.closed':
      return { ...said, said: event.note ?? null }
    case 'request.refused':
      return { ...said, said: event.ground ?? null }
    case 'request.forwarded':
      return { ...said, said: event.body ?? null }
    case 'request.marked_duplicate':
    case 'request.repeat_linked':
      return { ...said, request: event.of ?? null }
    default:
      return said
  }
}

import {
  isRequestEvent,
  type Party,
  type Recorded,
  type RequestEvent,
} from '#server/contract/events.ts'
import {
  type ClosingReason,
  type Mark,
  marksOf,
  type Priority,
  type State,
} from '#server/contract/vocabulary.ts'
import type { EventWord } from '#server/contract/words/shape.ts'
import { voidedBy } from '#server/domain/corrections.ts'
import { inOrder } from '#server/domain/life-order.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { maskedText } from '#server/domain/personal.ts'

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
  /** Why the product itself closed it. */
  because: ClosingReason | null
  /** Until when it is put off. */
  until: number | null
  /** Whether the resident agreed that it is put off; null = not told. */
  consent: boolean | null
  priority: Priority | null
  category: string | null
  building: string | null
  /** It was wrong and counts for nothing; why, and since when we know. */
  corrected: { reason: string; recordedAt: number } | null
}

/** Events of one request in the order in which they happened. */
export function timelineOf(events: readonly Recorded[]): TimelineEvent[] {
  const lines: TimelineEvent[] = []
  const told = events.filter((event) => isRequestEvent(event))
  const corrections = voidedBy(inOrder(told))
  foldRequest(told, ({ event, before, after, marks }) => {
    const correction = corrections.get(event.id)
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
      corrected: correction
        ? { reason: maskedText(correction.reason), recordedAt: correction.recordedAt }
        : null,
    })
  })
  return lines
}

type Said = Pick<
  TimelineEvent,
  | 'organization'
  | 'request'
  | 'said'
  | 'because'
  | 'until'
  | 'consent'
  | 'priority'
  | 'category'
  | 'building'
>
const NOTHING: Said = {
  organization: null,
  request: null,
  said: null,
  because: null,
  until: null,
  consent: null,
  priority: null,
  category: null,
  building: null,
}

/** As everybody may read it: a source may have written somebody's phone into it. */
const shown = (text: string | undefined) => (text === undefined ? null : maskedText(text))

/** What an event says beside its type. Never the subject, the actor's id or a place. */
function saidBy(event: RequestEvent): Said {
  const said = NOTHING
  switch (event.type) {
    case 'request.registered':
      return {
        ...said,
        organization: event.organization ?? null,
        priority: event.priority,
        category: event.category ?? null,
        building: event.building ?? null,
      }
    case 'request.routed':
    case 'request.transferred':
      return { ...said, organization: event.organization ?? null }
    case 'request.assigned':
      return { ...said, organization: event.contractor ?? null }
    case 'request.deferred':
      return {
        ...said,
        said: shown(event.reason),
        until: event.until ?? null,
        consent: event.consent ?? null,
      }
    case 'request.closed':
      return { ...said, said: shown(event.note), because: event.because ?? null }
    case 'request.refused':
      return { ...said, said: shown(event.ground) }
    case 'request.forwarded':
      return { ...said, said: shown(event.body) }
    case 'request.marked_duplicate':
    case 'request.repeat_linked':
      return { ...said, request: event.of ?? null }
    case 'request.priority_changed':
      return { ...said, priority: event.priority }
    case 'request.category_changed':
      return { ...said, category: event.category }
    case 'request.address_resolved':
      return { ...said, building: event.building }
    case 'request.misdirected':
      return { ...said, organization: event.addressee ?? null }
    case 'request.joined':
      return { ...said, request: event.to }
    case 'request.corrected':
      return { ...said, said: shown(event.reason) }
    default:
      return said
  }
}

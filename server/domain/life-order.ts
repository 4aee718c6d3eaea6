import type { Recorded, RequestEvent, RequestEventType } from '#server/contract/events.ts'

/** Order of events of one instant: the order in which a request lives. */
export const LIFE: readonly RequestEventType[] = [
  'request.registered',
  'request.identity_verified',
  'request.address_resolved',
  'request.category_changed',
  'request.priority_changed',
  'request.misdirected',
  'request.addressee_confirmed',
  'request.routed',
  'request.acknowledged',
  'request.assigned',
  'request.work_order_issued',
  'request.arrived',
  'request.localised',
  'request.started',
  'request.deferred',
  'request.awaiting_resident',
  'request.awaiting_supplier',
  'request.transferred',
  'request.work_done',
  'request.returned_for_rework',
  'request.verified',
  'request.awaiting_confirmation',
  'request.closed',
  'request.closed_no_response',
  'request.confirmed',
  'request.refused',
  'request.cancelled',
  'request.marked_duplicate',
  'request.forwarded',
  'request.rejected_by_resident',
  'request.reopened',
  'request.repeat_linked',
  'request.joined',
  'request.split',
  'request.corrected',
]
const RANK = new Map(LIFE.map((type, rank) => [type, rank]))
const PLACED = LIFE.indexOf('request.joined')
RANK.set('request.split', PLACED)

/**
 * Each event once (by id), in the order of the life cycle: by instant, then by rank, then by id. Of what people say of its
 * incident at one instant the word recorded last stands.
 */
export function inOrder(events: readonly Recorded<RequestEvent>[]): Recorded<RequestEvent>[] {
  const once = new Map(events.map((event) => [event.id, event]))
  return [...once.values()].sort(
    (a, b) =>
      a.occurredAt - b.occurredAt ||
      (RANK.get(a.type) ?? 0) - (RANK.get(b.type) ?? 0) ||
      (RANK.get(a.type) === PLACED ? a.seq - b.seq : 0) ||
      (a.id < b.id ? -1 : 1),
  )
}

/** What had reached us by that instant. Whatever folds from it is what was known then. */
export const knownAt = <E extends { recordedAt: number }>(
  events: readonly E[],
  instant: number,
): E[] => events.filter((event) => event.recordedAt <= instant)

import type { Told } from './request-state.ts'

export type Correction = Extract<Told, { type: 'request.corrected' }>

/**
 * Which events of a request count for nothing, and by which correction: whatever the order in which they came. A correction
 * itself stands: what it took away is told again under a new id. Several of one event: the first in order is named.
 */
export function voidedBy(ordered: readonly Told[]): ReadonlyMap<string, Correction> {
  let voided: Map<string, Correction> | undefined
  for (const event of ordered) {
    if (event.type !== 'request.corrected') continue
    voided ??= new Map()
    if (!voided.has(event.event)) voided.set(event.event, event)
  }
  if (!voided) return NONE
  const known = new Map(ordered.map((event) => [event.id, event.type]))
  for (const id of voided.keys())
    if (known.get(id) === undefined || known.get(id) === 'request.corrected') voided.delete(id)
  return voided
}
const NONE: ReadonlyMap<string, Correction> = new Map()

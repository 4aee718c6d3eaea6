import type { NormEnd, NormPause, NormStart } from '#server/contract/norms.ts'
import { CLOSING_ENDS } from '#server/contract/norms.ts'
import type { Outcome } from '#server/contract/vocabulary.ts'
import type { Norm } from './pack-file.ts'

/** What the events of a request tell of the instants that clocks run between. UTC epoch milliseconds; null = not told. */
export interface Instants {
  registeredAt: number
  acknowledgedAt: number | null
  identifiedAt: number | null
  arrivedAt: number | null
  closedAt: number | null
  outcome: Outcome
}
/** A stretch in which the request waited; `end` null = it still does. */
export interface Pause {
  reason: NormPause
  start: number
  end: number | null
}

/** null = no event tells it, or not yet. */
export function startOf(start: NormStart, told: Instants): number | null {
  switch (start) {
    case 'registered':
      return told.registeredAt
    case 'acknowledged':
      return told.acknowledgedAt
    case 'identified':
      return told.identifiedAt
    default:
      return null
  }
}

function endOf(end: NormEnd, told: Instants): number | null {
  switch (end) {
    case 'acknowledged':
      return told.acknowledgedAt
    case 'arrived':
      return told.arrivedAt
    case 'redirected':
      return told.outcome === 'forwarded' ? told.closedAt : null
    default:
      return CLOSING_ENDS.includes(end) ? told.closedAt : null
  }
}

export type ClockState =
  | { kind: 'met'; at: number }
  /** Milliseconds past its due time, at `at` or, where that is null, still running. */
  | { kind: 'breached'; by: number; at: number | null }
  | { kind: 'running'; left: number }
  /** The request ended without what the norm asks for, or its beginning is not known to anybody. */
  | { kind: 'not_applicable'; why: 'start_unknown' | 'end_unknown' | 'ended' | 'not_redirected' }
  /** It was closed and its source never said when the step was made. */
  | { kind: 'untold' }

const UNTOLD: readonly NormEnd[] = [
  'call_answered',
  'called_back',
  'quality_checked',
  'informed',
  'restored',
  'stage_registered',
]
/** A request that ends so was never worked on. */
const WITHDRAWN: readonly Outcome[] = ['cancelled', 'duplicate', 'forwarded', 'refused']

/** How a clock stands at `now`. Reaching the due time exactly is in time. */
export function stateOf(
  norm: Pick<Norm, 'end'>,
  dueAt: number | null,
  told: Instants,
  now: number,
): ClockState {
  if (UNTOLD.includes(norm.end)) return { kind: 'not_applicable', why: 'end_unknown' }
  if (dueAt === null) return { kind: 'not_applicable', why: 'start_unknown' }
  const at = endOf(norm.end, told)
  if (norm.end === 'redirected' && at === null)
    return { kind: 'not_applicable', why: 'not_redirected' }
  if (at !== null)
    return at <= dueAt ? { kind: 'met', at } : { kind: 'breached', by: at - dueAt, at }
  if (told.closedAt !== null) {
    if (WITHDRAWN.includes(told.outcome)) return { kind: 'not_applicable', why: 'ended' }
    // Whatever was to happen first happened at the closing at the latest.
    return told.closedAt <= dueAt ? { kind: 'met', at: told.closedAt } : { kind: 'untold' }
  }
  return now <= dueAt
    ? { kind: 'running', left: dueAt - now }
    : { kind: 'breached', by: now - dueAt, at: null }
}

/** The pauses that the norm allows, cut to the time of its clock; overlapping ones count once. */
export function allowedPauses(
  norm: Pick<Norm, 'pauses'>,
  pauses: readonly Pause[],
  from: number,
  to: number,
): { reason: NormPause; start: number; end: number }[] {
  const allowed = pauses
    .filter(({ reason }) => norm.pauses.includes(reason))
    .map(({ reason, start, end }) => ({
      reason,
      start: Math.max(start, from),
      end: Math.min(end ?? to, to),
    }))
    .sort((a, b) => a.start - b.start)
  let over = Number.NEGATIVE_INFINITY
  return allowed.flatMap((pause) => {
    const start = Math.max(pause.start, over)
    if (start >= pause.end) return []
    over = pause.end
    return [{ ...pause, start }]
  })
}

import type { Due, NormBook, Situation } from '#server/domain/norm/book.ts'
import type { RequestState } from '#server/domain/request-state.ts'

/** The source itself set the time. */
export const BY_SOURCE = 'source'

export const situationOf = (state: RequestState): Situation => ({
  category: state.category,
  priority: state.priority,
  kind: state.kind,
  registeredAt: state.registeredAt,
  acknowledgedAt: state.acknowledgedAt,
  identifiedAt: state.appealAt,
  arrivedAt: state.arrivedAt,
  closedAt: state.closedAt,
  outcome: state.outcome,
})

/** The time that the source set stands; else that of the norm of closing. The other clocks are the norms' in either case. */
export function dueOf(state: RequestState, norms: NormBook | undefined): Due {
  const bySource = state.dueAt !== null
  const due = norms?.due(situationOf(state)) ?? { dueAt: null, basis: null, norms: null }
  if (!bySource) return due
  const others = due.norms?.replace(` ${due.basis} `, ' ') ?? null
  return { dueAt: state.dueAt, basis: BY_SOURCE, norms: others?.trim() ? others : null }
}

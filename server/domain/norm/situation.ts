import type { RequestState } from '#server/domain/request-state.ts'
import type { Situation } from './book.ts'

/** What the norms ask of a request. */
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

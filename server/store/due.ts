import type { Due, NormBook } from '#server/domain/norm/book.ts'
import { situationOf } from '#server/domain/norm/situation.ts'
import type { RequestState } from '#server/domain/request-state.ts'

/** The source itself set the time. */
const BY_SOURCE = 'source'

/** The time that the source set stands; else that of the norm of closing. The other clocks are the norms' in either case. */
export function dueOf(state: RequestState, norms: NormBook | undefined): Due {
  const due = norms?.due(situationOf(state)) ?? { dueAt: null, basis: null, norms: null }
  if (state.dueAt === null) return due
  const others = due.norms?.replace(` ${due.basis} `, ' ') ?? null
  return { dueAt: state.dueAt, basis: BY_SOURCE, norms: others?.trim() ? others : null }
}

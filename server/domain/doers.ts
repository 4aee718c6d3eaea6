import type { Doer } from '#server/contract/vocabulary.ts'
import type { Told } from './request-state.ts'

export const doerOf = (event: Told): Doer => event.actor?.party ?? 'unknown'

/** Whoever answers for the request, as far as the source says who acted: of anybody else it says so. */
export const isCompany = (by: Doer) =>
  by === 'organization' || by === 'contractor' || by === 'unknown'

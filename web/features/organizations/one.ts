import type { Filter } from '#server/contract/filter.ts'
import { requestsOf, type UnitKind } from '#server/contract/organizations.ts'
import type { Comparison } from './rows.ts'

/** What the panels of one page ask about. Of an organization the server knows whether it is judged as a contractor. */
export interface One {
  unit?: 'district'
  id: string
  filter: Filter
}

export interface Period {
  from: string
  to: string
}

/** Its requests of the period, to be opened; `more` narrows them. */
export const ownRows = (
  { filter, id }: One,
  unit: UnitKind,
  { from, to }: Period,
  more: Partial<Filter> = {},
): Filter => ({ ...requestsOf(filter, { unit, id }), from, to, ...more })

/** The same as they stood at the cut of what is judged. */
export const frozenRows = (
  one: One,
  unit: UnitKind,
  period: Comparison['period'],
  more: Partial<Filter> = {},
): Filter => ownRows(one, unit, period, { cut: new Date(period.cut).toISOString(), ...more })

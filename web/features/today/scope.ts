import * as z from 'zod/mini'
import { Filter } from '#server/contract/filter.ts'
import { isoOf } from '#web/lib/city-time.ts'

export const PARTS = ['category', 'district'] as const

/** What the page of the day is narrowed to, and by what its last panel divides it. */
export const TodaySearch = z.extend(z.pick(Filter, { district: true, category: true }), {
  by: z._default(z.enum(PARTS), 'category'),
})
export type TodaySearch = z.output<typeof TodaySearch>
export type Scope = Pick<TodaySearch, 'district' | 'category'>

export const scopeOf = ({ district, category }: TodaySearch): Scope => ({ district, category })

/** The rows behind a day of a scope. */
export const rowsOfDay = (scope: Scope, day: number) => ({
  ...scope,
  from: isoOf(day),
  to: isoOf(day + 1),
})

import * as z from 'zod/mini'
import { Filter } from './filter.ts'

/** Columns a list of buildings can be ordered by; each is also the title of its column. */
export const BUILDING_SORTS = [
  'address',
  'district',
  'answersNow',
  'year',
  'floors',
  'apartments',
  'open',
  'overdue',
  'emergency',
  'requestsYear',
  'per100',
  'ratio',
  'chance',
  'trend',
  'silence',
] as const
export type BuildingSort = (typeof BUILDING_SORTS)[number]
type Descending = `-${BuildingSort}`

const orders = BUILDING_SORTS.flatMap((sort): [BuildingSort, Descending] => [sort, `-${sort}`])
/** Those that need attention first. */
const MOST_OVERDUE = '-overdue'
export const BuildingOrder = z._default(z.enum(orders), MOST_OVERDUE)
export type BuildingOrder = z.output<typeof BuildingOrder>

/** Only buildings that weigh most, or only those from which less is heard than from their like. */
export const BUILDING_VIEWS = ['heavy', 'silent'] as const

export const BuildingsFilter = z.object({
  district: Filter.shape.district,
  organization: Filter.shape.organization,
  /** Parts of the address in any order and language. */
  q: z.optional(z.coerce.string().check(z.maxLength(200))),
  /** Also buildings that left their register. */
  gone: z._default(z.boolean(), false),
  only: z.catch(z.optional(z.enum(BUILDING_VIEWS)), undefined),
})
export type BuildingsFilter = z.output<typeof BuildingsFilter>

/** The filter and the order of rows, as an address of the page and of the export holds them. */
export const BuildingsSearch = z.extend(BuildingsFilter, { sort: BuildingOrder })
export type BuildingsSearch = z.output<typeof BuildingsSearch>

export const buildingSortOf = (order: BuildingOrder) => {
  const descending = order.startsWith('-')
  return { sort: (descending ? order.slice(1) : order) as BuildingSort, descending }
}

/** A building's year: so many whole weeks, the running one included. */
export const YEAR_WEEKS = 52

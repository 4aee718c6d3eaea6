import * as z from 'zod/mini'
import { Filter } from './filter.ts'

/** Columns a list of requests can be ordered by; each is also the title of its column. */
export const REQUEST_SORTS = [
  'registeredAt',
  'dueAt',
  'remaining',
  'closedAt',
  'address',
  'district',
  'category',
  'responsibleNow',
  'channel',
  'priority',
  'state',
  'reopenings',
] as const
export type RequestSort = (typeof REQUEST_SORTS)[number]
type Descending = `-${RequestSort}`

/** The newest first. */
const NEWEST = '-registeredAt'
const orders = REQUEST_SORTS.flatMap((sort): [RequestSort, Descending] => [sort, `-${sort}`])

/** `dueAt` or, from the largest down, `-dueAt`. */
export const RequestOrder = z._default(z.enum(orders), NEWEST)
export type RequestOrder = z.output<typeof RequestOrder>

/** The filter and the order of rows, as an address of the page and of the export holds them. */
export const RequestsSearch = z.extend(Filter, { sort: RequestOrder })
export type RequestsSearch = z.output<typeof RequestsSearch>

export const sortOf = (order: RequestOrder): { sort: RequestSort; descending: boolean } => {
  const descending = order.startsWith('-')
  return { sort: (descending ? order.slice(1) : order) as RequestSort, descending }
}

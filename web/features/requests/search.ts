import * as z from 'zod/mini'
import { type Filter, LIST_FIELDS } from '#server/contract/filter.ts'
import { RequestsSearch, sortOf } from '#server/contract/requests.ts'
import { writeAddress } from '#web/lib/address.ts'
import type { Order } from '#web/table/column.ts'

/** The address of the page: what the server filters and orders by, and which columns are shown. */
export const PageSearch = z.extend(RequestsSearch, { cols: z.optional(z.array(z.string())) })
export type PageSearch = z.output<typeof PageSearch>

export const filterOf = ({ sort: _, cols: __, ...filter }: PageSearch): Filter => filter

export const orderOf = ({ sort }: PageSearch): Order => {
  const { sort: id, descending } = sortOf(sort)
  return { id, descending }
}

/** The search part for the export: everything but the columns, for a file holds all of them. */
export const exportSearch = ({ cols: _, ...search }: PageSearch): string =>
  writeAddress(search).replace(/^\?/, '')

export interface Chip {
  field: keyof Filter
  value: string
  /** The filter without it. */
  rest: Partial<Filter>
}

/** One chip for each value of the filter, in the order of its fields. */
export function chipsOf(filter: Filter): Chip[] {
  const single = (['from', 'to', 'cut', 'test'] as const).flatMap((field): Chip[] => {
    const value = filter[field]
    return value === undefined ? [] : [{ field, value, rest: { [field]: undefined } }]
  })
  const lists = LIST_FIELDS.flatMap((field) =>
    ((filter[field] ?? []) as string[]).map((value): Chip => {
      const rest = (filter[field] as string[]).filter((other) => other !== value)
      return { field, value, rest: { [field]: rest } }
    }),
  )
  return [...single, ...lists]
}

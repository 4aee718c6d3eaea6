import * as z from 'zod/mini'
import {
  type BuildingsFilter,
  BuildingsSearch,
  buildingSortOf,
} from '#server/contract/buildings.ts'
import { writeAddress } from '#web/lib/address.ts'
import type { Order } from '#web/table/column.ts'

/** The address of the list: what the server filters and orders by, and which columns are shown. */
export const PageSearch = z.extend(BuildingsSearch, { cols: z.optional(z.array(z.string())) })
export type PageSearch = z.output<typeof PageSearch>

export const filterOf = ({ sort: _, cols: __, ...filter }: PageSearch): BuildingsFilter => filter

/** The columns that a view is about, and what it is ordered by. */
export const VIEWS = {
  heavy: {
    cols: ['district', 'answersNow', 'requestsYear', 'expected', 'ratio', 'chance', 'trend'],
    sort: '-chance',
  },
  silent: {
    cols: ['district', 'answersNow', 'apartments', 'requestsYear', 'expected', 'ratio', 'silence'],
    sort: 'silence',
  },
} as const satisfies Record<string, { cols: readonly string[]; sort: PageSearch['sort'] }>

/** The columns chosen, or else those of the view. */
export const columnsOf = ({ cols, only }: PageSearch): readonly string[] | undefined =>
  cols ?? (only ? VIEWS[only].cols : undefined)

export const orderOf = ({ sort }: PageSearch): Order => {
  const { sort: id, descending } = buildingSortOf(sort)
  return { id, descending }
}

/** The search part for the export: everything but the columns, for a file holds all of them. */
export const exportSearch = ({ cols: _, ...search }: PageSearch): string =>
  writeAddress(search).replace(/^\?/, '')

import * as z from 'zod/mini'
import { Filter } from '#server/contract/filter.ts'
import { MEASURES } from '#web/map/layers.ts'

/** A number of the address, or nothing where it is not one: a mistyped address shows the map, not an error. */
const number = (low: number, high: number) =>
  z.catch(z.optional(z.number().check(z.gte(low), z.lte(high))), undefined)

export const MapSearch = z.object({
  district: Filter.shape.district,
  category: Filter.shape.category,
  organization: Filter.shape.organization,
  lon: number(-180, 180),
  lat: number(-90, 90),
  z: number(0, 24),
  m: z.catch(z._default(z.enum(MEASURES), 'open'), 'open'),
  /** Id of the selected building. */
  b: z.catch(z.optional(z.coerce.string().check(z.maxLength(128))), undefined),
})
export type MapSearch = z.output<typeof MapSearch>

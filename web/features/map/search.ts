import * as z from 'zod/mini'
import { Filter } from '#server/contract/filter.ts'
import { COMPARED_DAYS } from '#server/contract/geometry.ts'
import { MEASURES } from '#web/map/layers.ts'

/** A number of the address, or nothing where it is not one: a mistyped address shows the map, not an error. */
const number = (low: number, high: number) =>
  z.catch(z.optional(z.number().check(z.gte(low), z.lte(high))), undefined)

/** What is drawn beside the measure. */
export const LAYERS = ['outages', 'flags', 'silence'] as const
export type Layer = (typeof LAYERS)[number]
/** Those that another instant than now has too. */
export const OF_THE_PAST: readonly Layer[] = ['outages']
const SHOWN_FIRST: readonly Layer[] = ['outages']

export const MapSearch = z.object({
  district: Filter.shape.district,
  category: Filter.shape.category,
  organization: Filter.shape.organization,
  lon: number(-180, 180),
  lat: number(-90, 90),
  z: number(0, 24),
  m: z.catch(z._default(z.enum(MEASURES), 'open'), 'open'),
  /** How many days back it compares with; nothing = it does not. */
  vs: z.catch(z.optional(z.literal(COMPARED_DAYS)), undefined),
  layers: z.catch(z._default(z.array(z.enum(LAYERS)), [...SHOWN_FIRST]), [...SHOWN_FIRST]),
  /** Id of the organization whose houses get an edge. */
  company: z.catch(z.optional(z.coerce.string().check(z.maxLength(128))), undefined),
  /** Id of the selected building. */
  b: z.catch(z.optional(z.coerce.string().check(z.maxLength(128))), undefined),
})
export type MapSearch = z.output<typeof MapSearch>

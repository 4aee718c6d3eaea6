import * as z from 'zod/mini'
import { EVERYTHING, Filter } from '#server/contract/filter.ts'
import { COUNTED, type Rows } from './counted.ts'
import { COUNTED_IDS, type CountedId, MEASURE_IDS, type MeasureId } from './shape.ts'

/** Measures that are rows of requests and nothing else: what two of them count can be laid beside each other. */
export const COMPARABLE = COUNTED_IDS.filter((id) => !COUNTED[id].counts && !COUNTED[id].per)

/** One of two numbers: the rows of a measure, or those it is a share of, within a filter. */
export const Side = z.object({
  measure: z.enum(COMPARABLE as [CountedId, ...CountedId[]]),
  part: z._default(z.enum(['rows', 'among']), 'rows'),
  filter: z._default(Filter, EVERYTHING),
})
export type Side = z.output<typeof Side>

/** A side as an address carries it: without what restricts nothing. */
const WrittenSide = z.object({
  measure: Side.shape.measure,
  part: z.optional(z.enum(['rows', 'among'])),
  filter: z.optional(z.pipe(Filter, z.transform(sparse))),
})
export type WrittenSide = z.output<typeof WrittenSide>

export const written = ({ measure, part, filter }: Side): WrittenSide => {
  const narrowed = sparse(filter)
  return {
    measure,
    ...(part === 'among' && { part }),
    ...(Object.keys(narrowed).length > 0 && { filter: narrowed }),
  }
}

/** Fields of a filter that say something. */
function sparse(filter: Filter): Partial<Filter> {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

export const SIDES = ['a', 'b'] as const
export type SideName = (typeof SIDES)[number]

export const rowsOf = ({ measure, part }: Pick<Side, 'measure' | 'part'>): Rows =>
  part === 'among' ? (COUNTED[measure].among ?? COUNTED[measure].rows) : COUNTED[measure].rows

/** The address of the dictionary: its scope, what is looked for, the measure that is open, and the two numbers that are compared. */
export const DictionarySearch = z.object({
  district: Filter.shape.district,
  from: Filter.shape.from,
  to: Filter.shape.to,
  q: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
  measure: z.catch(z.optional(z.enum(MEASURE_IDS as [MeasureId, ...MeasureId[]])), undefined),
  a: z.catch(z.optional(WrittenSide), undefined),
  b: z.catch(z.optional(WrittenSide), undefined),
  /** Whose own requests are listed, and from which on. */
  side: z.catch(z.optional(z.enum(SIDES)), undefined),
  offset: z.catch(z.optional(z.int().check(z.nonnegative(), z.maximum(1_000_000_000))), undefined),
})
export type DictionarySearch = z.output<typeof DictionarySearch>

/** Of the requests that one number counts and the other does not: those only in `side`. */
export const DifferenceSearch = z.object({ a: Side, b: Side, side: z.enum(SIDES) })
export type DifferenceSearch = z.output<typeof DifferenceSearch>

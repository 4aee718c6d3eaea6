import { z } from 'zod'
import { Filter } from '#server/contract/filter.ts'
import { DifferenceSearch, Side } from '#server/contract/measures/comparison.ts'
import { COUNTED_IDS, type CountedId } from '#server/contract/measures/shape.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { minuteOf } from '#server/store/within.ts'
import { procedure, router } from '#server/trpc.ts'
import { compare, differences } from './compare.ts'
import { sqlOf, unaddressedBySource, valuesOf } from './dictionary.ts'

const PAGE_ROWS = 200
const Sides = z.object({ a: Side, b: Side })
const Page = z.object({
  ...DifferenceSearch.shape,
  language: z.enum(LANGUAGES),
  offset: z.number().int().min(0).max(1_000_000_000),
  limit: z.number().int().min(1).max(PAGE_ROWS),
})
const counted = z.object({ measure: z.enum(COUNTED_IDS as [CountedId, ...CountedId[]]) })

export const metricsRouter = router({
  values: procedure.input(Filter).query(async ({ ctx, input }) => ({
    values: await valuesOf(ctx, input),
    now: minuteOf(ctx.now()),
  })),
  sql: procedure.input(counted).query(({ input }) => sqlOf(input.measure)),
  unaddressed: procedure.input(Filter).query(({ ctx, input }) => unaddressedBySource(ctx, input)),
  compare: procedure.input(Sides).query(({ ctx, input }) => compare(ctx, input)),
  differences: procedure.input(Page).query(({ ctx, input }) => differences(ctx, input)),
})

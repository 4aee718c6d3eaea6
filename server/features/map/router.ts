import { z } from 'zod'
import { Filter } from '#server/contract/filter.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { procedure, router } from '#server/trpc.ts'
import { mapBuilding } from './building.ts'
import { categories } from './categories.ts'
import { deviation } from './queries.ts'
import { mapState } from './state.ts'

export const mapRouter = router({
  state: procedure.input(Filter).query(({ ctx, input }) => mapState(ctx, input)),
  deviation: procedure.input(Filter).query(({ ctx, input }) => deviation(ctx, input)),
  categories: procedure
    .input(z.object({ language: z.enum(LANGUAGES) }))
    .query(({ ctx, input }) => categories(ctx, input.language)),
  building: procedure
    .input(z.object({ building: z.string().min(1).max(128) }))
    .query(({ ctx, input }) => mapBuilding(ctx, input.building)),
})

import { z } from 'zod'
import { Filter } from '#server/contract/filter.ts'
import { COMPARED_DAYS } from '#server/contract/geometry.ts'
import { Clocks } from '#server/contract/registry-search.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { procedure, router } from '#server/trpc.ts'
import { before } from './before.ts'
import { mapBuilding } from './building.ts'
import { categories } from './categories.ts'
import { change } from './change.ts'
import { flagsOnMap, holdersOnMap, territoryOnMap } from './overlays.ts'
import { deviation } from './queries.ts'
import { silence } from './silence.ts'
import { mapState } from './state.ts'

const NOW: Clocks = {}
const Compared = z.object({ filter: Filter, days: z.literal(COMPARED_DAYS) })

export const mapRouter = router({
  state: procedure.input(Filter).query(({ ctx, input }) => mapState(ctx, input)),
  deviation: procedure.input(Filter).query(({ ctx, input }) => deviation(ctx, input)),
  change: procedure
    .input(Compared)
    .query(({ ctx, input: { filter, days } }) => change(ctx, filter, days)),
  before: procedure
    .input(Compared)
    .query(({ ctx, input: { filter, days } }) => before(ctx, filter, days)),
  silence: procedure.query(({ ctx }) => silence(ctx)),
  flags: procedure.query(({ ctx }) => flagsOnMap(ctx)),
  holders: procedure
    .input(z.optional(Clocks))
    .query(({ ctx, input }) => holdersOnMap(ctx, input ?? NOW)),
  territory: procedure
    .input(z.object({ organization: z.string().min(1).max(128), clocks: z.optional(Clocks) }))
    .query(({ ctx, input }) => territoryOnMap(ctx, input.organization, input.clocks ?? NOW)),
  categories: procedure
    .input(z.object({ language: z.enum(LANGUAGES) }))
    .query(({ ctx, input }) => categories(ctx, input.language)),
  building: procedure
    .input(z.object({ building: z.string().min(1).max(128) }))
    .query(({ ctx, input }) => mapBuilding(ctx, input.building)),
})

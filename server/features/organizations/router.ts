import { z } from 'zod'
import { Filter } from '#server/contract/filter.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { monthsOf } from '#server/judgement/months.ts'
import { procedure, router } from '#server/trpc.ts'
import { comparison } from './compare.ts'
import { waitingOf } from './curves.ts'
import { heaviestBuildings, mixOf } from './mix.ts'
import { organizationBy, profile } from './profile.ts'
import { shares } from './shares.ts'
import { categoryWaits, responses } from './waits.ts'

const Measured = z.object({ measure: z.enum(JUDGED), filter: Filter })
const One = z.object({ organization: z.string().min(1).max(128), filter: Filter })
const OneMeasured = One.extend({ measure: z.enum(JUDGED) })

export const organizationsRouter = router({
  /** The funnel and the adjusted column: every organization against the city on its own mix. */
  comparison: procedure
    .input(Measured)
    .query(({ ctx, input }) => comparison(ctx, input.measure, input.filter)),
  shares: procedure.input(Filter).query(({ ctx, input }) => shares(ctx, input)),
  responses: procedure.input(Filter).query(({ ctx, input }) => responses(ctx, input)),
  categories: procedure.input(Filter).query(({ ctx, input }) => categoryWaits(ctx, input)),
  profile: procedure
    .input(One)
    .query(({ ctx, input }) => profile(ctx, input.organization, input.filter)),
  waiting: procedure
    .input(
      One.extend({
        clock: z.enum(['response', 'resolution']),
        norm: z.number().int().min(0).max(10_000_000).optional(),
      }),
    )
    .query(({ ctx, input }) => waitingOf(ctx, input.clock, input)),
  months: procedure.input(OneMeasured).query(({ ctx, input }) => {
    const unit = organizationBy(ctx, input.organization).key
    return monthsOf(ctx, input.measure, { unit, filter: input.filter })
  }),
  mix: procedure.input(OneMeasured).query(({ ctx, input }) => mixOf(ctx, input.measure, input)),
  buildings: procedure
    .input(OneMeasured)
    .query(({ ctx, input }) => heaviestBuildings(ctx, input.measure, input)),
})

import { ReplayInflow, ReplayInterval, ReplayOf } from '#server/contract/replay.ts'
import { procedure, router } from '#server/trpc.ts'
import { buildingThen } from './building.ts'
import { inflow } from './inflow.ts'
import { interval } from './interval.ts'
import { organizationsThen, organizationThen } from './organizations.ts'
import { outagesThen } from './outages.ts'
import { refuseFuture, spanOf } from './span.ts'
import { suspicionsThen } from './suspicions.ts'

export const replayRouter = router({
  span: procedure.query(({ ctx }) => spanOf(ctx)),
  interval: procedure.input(ReplayInterval).query(({ ctx, input }) => interval(ctx, input)),
  outages: procedure.input(ReplayInterval).query(({ ctx, input }) => {
    const { at, to = at, by } = input
    refuseFuture(ctx.now(), at, to, by)
    return outagesThen(ctx, { ...input, to })
  }),
  suspicions: procedure.input(ReplayInterval).query(({ ctx, input }) => suspicionsThen(ctx, input)),
  inflow: procedure.input(ReplayInflow).query(({ ctx, input }) => inflow(ctx, input)),
  organizations: procedure
    .input(ReplayInterval)
    .query(({ ctx, input }) => organizationsThen(ctx, input)),
  building: procedure.input(ReplayOf).query(({ ctx, input }) => buildingThen(ctx, input)),
  organization: procedure.input(ReplayOf).query(({ ctx, input }) => organizationThen(ctx, input)),
})

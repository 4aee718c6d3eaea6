import { z } from 'zod'
import { id } from '#server/contract/event-fields.ts'
import { procedure, router } from '#server/trpc.ts'
import { Declaration, Dismissal, declare, dismiss, end, promise, Revision } from './acts.ts'
import { clusters } from './clusters.ts'
import { outagesNow } from './list.ts'
import { suppliersOf } from './suppliers.ts'

export const outagesRouter = router({
  list: procedure.query(({ ctx }) => outagesNow(ctx)),
  clusters: procedure.query(({ ctx }) => clusters(ctx)),
  suppliers: procedure.query(({ ctx }) => suppliersOf(ctx)),
  dismiss: procedure.input(Dismissal).mutation(({ ctx, input }) => dismiss(ctx, input)),
  declare: procedure.input(Declaration).mutation(({ ctx, input }) => declare(ctx, input)),
  promise: procedure.input(Revision).mutation(({ ctx, input }) => promise(ctx, input)),
  end: procedure.input(z.object({ outage: id })).mutation(({ ctx, input }) => end(ctx, input)),
})

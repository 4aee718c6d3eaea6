import { z } from 'zod'
import { id, reason } from '#server/contract/event-fields.ts'
import { quarantineOf } from '#server/sources/quarantine.ts'
import { procedure, router } from '#server/trpc.ts'
import { completeness, DaysSearch } from './completeness.ts'
import { sourceList } from './list.ts'
import { oneSource } from './one.ts'
import { setTestMode } from './test-mode.ts'

export const sourcesRouter = router({
  list: procedure.query(({ ctx }) => sourceList(ctx)),
  one: procedure.input(z.object({ id })).query(({ ctx, input }) => oneSource(ctx, input.id)),
  completeness: procedure.input(DaysSearch).query(({ ctx, input }) => completeness(ctx, input)),
  quarantine: procedure.query(({ ctx }) => quarantineOf(ctx.engine, ctx.log)),
  setTestMode: procedure
    .input(z.object({ source: id, test: z.boolean(), reason }))
    .mutation(({ ctx, input }) => setTestMode(ctx, input)),
})

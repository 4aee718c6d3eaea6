import { z } from 'zod'
import { procedure, router } from '#server/trpc.ts'
import { flag, flags } from './flags.ts'

export const flagsRouter = router({
  list: procedure.query(({ ctx }) => flags(ctx)),
  one: procedure
    .input(z.object({ id: z.string().min(1).max(160) }))
    .query(({ ctx, input }) => flag(ctx, input.id)),
})

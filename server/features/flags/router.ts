import { z } from 'zod'
import { procedure, Refusal, router } from '#server/trpc.ts'
import { mayDecide } from './answers.ts'
import { flag, flags, raised } from './flags.ts'
import { evaluateMonths } from './run.ts'

export const flagsRouter = router({
  list: procedure.query(({ ctx }) => flags(ctx)),
  raised: procedure.query(({ ctx }) => raised(ctx)),
  one: procedure
    .input(z.object({ id: z.string().min(1).max(160) }))
    .query(({ ctx, input }) => flag(ctx, input.id)),
  /** The months that are due, now and not at night; those that were evaluated stay as they are. */
  evaluate: procedure.mutation(({ ctx }) => {
    if (!mayDecide(ctx.role))
      throw new Refusal(
        'FORBIDDEN',
        'only the city hall evaluates; it does so every night by itself',
      )
    return evaluateMonths(ctx)
  }),
})

import { z } from 'zod'
import { procedure, router } from '#server/trpc.ts'
import { freshness } from './freshness.ts'
import { place } from './place.ts'
import { search } from './search.ts'

export const shellRouter = router({
  place: procedure.query(({ ctx }) => place(ctx)),
  freshness: procedure.query(({ ctx }) => freshness(ctx)),
  search: procedure
    .input(
      z.object({
        text: z.string().trim().max(200),
        /** Only these, and more of them: one is to be chosen. */
        of: z.enum(['buildings', 'organizations']).optional(),
      }),
    )
    .query(({ ctx, input }) => search(ctx, input.text, input.of)),
})

import { z } from 'zod'
import { CONTACT_FIELDS } from '#server/contract/roles.ts'
import { procedure, router } from '#server/trpc.ts'
import { contactOf, reveal } from './contacts.ts'

const number = z.string().min(1).max(128)

export const contactsRouter = router({
  ofRequest: procedure
    .input(z.object({ number }))
    .query(({ ctx, input }) => contactOf(ctx, input.number)),
  /** A mutation, because it writes: each reading of a value is an entry. */
  reveal: procedure
    .input(
      z.object({
        number,
        field: z.enum(CONTACT_FIELDS),
        reason: z.string().trim().min(5).max(200),
      }),
    )
    .mutation(({ ctx, input }) => reveal(ctx, input)),
})

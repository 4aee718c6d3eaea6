import { z } from 'zod'
import { RuleDraft } from '#server/contract/notices.ts'
import { preview } from '#server/notices/preview.ts'
import { procedure as anybody, Refusal, router } from '#server/trpc.ts'
import {
  Acknowledged,
  acknowledge,
  dropRecipient,
  dropRule,
  muteRule,
  pauseRule,
  RecipientSaved,
  Removed,
  RuleMuted,
  RuleSaved,
  RuleTurned,
  saveRecipient,
  saveRule,
  sendAgain,
  testRecipient,
} from './acts.ts'
import { bell, deliveries, recipients, rules, standing } from './lists.ts'

/** A wall is looked at by everybody who passes; it neither sees nor says anything here. */
const procedure = anybody.use(({ ctx, next }) => {
  if (ctx.role === 'wall') throw new Refusal('FORBIDDEN', 'a wall is shown no notices')
  return next()
})

export const noticesRouter = router({
  bell: procedure.query(({ ctx }) => bell(ctx)),
  list: procedure
    .input(z.object({ before: z.number().nullable() }))
    .query(({ ctx, input }) => standing(ctx, input.before)),
  acknowledge: procedure.input(Acknowledged).mutation(({ ctx, input }) => acknowledge(ctx, input)),
  rules: procedure.query(({ ctx }) => rules(ctx)),
  preview: procedure.input(RuleDraft).query(({ ctx, input }) => preview(ctx, input)),
  saveRule: procedure.input(RuleSaved).mutation(({ ctx, input }) => saveRule(ctx, input)),
  pauseRule: procedure.input(RuleTurned).mutation(({ ctx, input }) => pauseRule(ctx, input)),
  muteRule: procedure.input(RuleMuted).mutation(({ ctx, input }) => muteRule(ctx, input)),
  dropRule: procedure.input(Removed).mutation(({ ctx, input }) => dropRule(ctx, input)),
  recipients: procedure.query(({ ctx }) => recipients(ctx)),
  saveRecipient: procedure
    .input(RecipientSaved)
    .mutation(({ ctx, input }) => saveRecipient(ctx, input)),
  dropRecipient: procedure.input(Removed).mutation(({ ctx, input }) => dropRecipient(ctx, input)),
  testRecipient: procedure.input(Removed).mutation(({ ctx, input }) => testRecipient(ctx, input)),
  deliveries: procedure.query(({ ctx }) => deliveries(ctx)),
  sendAgain: procedure.input(Removed).mutation(({ ctx, input }) => sendAgain(ctx, input)),
})

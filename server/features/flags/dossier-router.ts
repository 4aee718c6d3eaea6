import { z } from 'zod'
import { FLAG_DECISIONS, REPLY_MAX } from '#server/contract/flags.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { procedure, router } from '#server/trpc.ts'
import { decide, mayDecide, reply } from './answers.ts'
import { courseOf, isStanding } from './course.ts'
import { servedDossier, toldSince } from './dossier-serve.ts'
import { toldOf } from './told.ts'

const flag = z.string().min(3).max(160)

export const dossierRouter = router({
  /** The document without its lists of numbers, which the file holds. */
  one: procedure
    .input(z.object({ flag, language: z.enum(LANGUAGES) }))
    .query(async ({ ctx, input }) => {
      const { dossier, course: _, ...served } = await servedDossier(ctx, input.flag, input.language)
      const sections = dossier.sections.map((section) => ({
        ...section,
        blocks: section.blocks.filter(({ kind }) => kind !== 'numbers'),
      }))
      return { ...served, dossier: { ...dossier, sections } }
    }),
  course: procedure.input(z.object({ flag })).query(({ ctx, input }) => {
    const steps = courseOf(ctx, input.flag)
    return { steps, standing: isStanding(steps), mayDecide: mayDecide(ctx.role) }
  }),
  /** Beside the queue: what was answered, and what was withdrawn. */
  told: procedure.query(({ ctx }) => toldOf(ctx)),
  since: procedure.input(z.object({ flag })).query(({ ctx, input }) => toldSince(ctx, input.flag)),
  reply: procedure
    .input(z.object({ flag, text: z.string().trim().min(5).max(REPLY_MAX) }))
    .mutation(({ ctx, input }) => reply(ctx, input)),
  decide: procedure
    .input(
      z.object({
        flag,
        decision: z.enum(FLAG_DECISIONS),
        reason: z.string().trim().min(5).max(300),
        seen: z.int().nonnegative(),
      }),
    )
    .mutation(({ ctx, input }) => decide(ctx, input)),
})

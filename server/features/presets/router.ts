import { z } from 'zod'
import { reason } from '#server/contract/event-fields.ts'
import { procedure, router } from '#server/trpc.ts'
import { activate, activeOf, deactivate, presetById } from './activation.ts'
import { definitionsOf } from './definitions.ts'
import { indexOf } from './overview-index.ts'
import { presetHash } from './preset-hash.ts'
import { previewOf } from './preview.ts'

const preset = z.string().min(2).max(40)
const choice = z.object({ preset, reason: reason.min(5) })

export const presetsRouter = router({
  list: procedure.query(({ ctx }) => ({
    mayChoose: ctx.role === 'official' || ctx.role === 'inspector',
    presets: ctx.judging.presets.map((one) => ({
      ...one,
      hash: presetHash(one),
      active: activeOf(ctx, one).active,
    })),
  })),
  preview: procedure
    .input(z.object({ preset, months: z.number().int().min(1).max(36).optional() }))
    .query(({ ctx, input }) => previewOf(ctx, presetById(ctx, input.preset), input.months)),
  /** How the level of one organization changes over the definitions; for its own page. */
  definitions: procedure
    .input(z.object({ organization: z.string().min(1).max(128) }))
    .query(({ ctx, input }) => definitionsOf(ctx, input.organization)),
  /** The index of an overview, beside the definitions: presentation only. */
  index: procedure
    .input(z.object({ organization: z.string().min(1).max(128) }))
    .query(({ ctx, input }) => indexOf(ctx, input.organization)),
  activate: procedure.input(choice).mutation(({ ctx, input }) => activate(ctx, input)),
  deactivate: procedure.input(choice).mutation(({ ctx, input }) => deactivate(ctx, input)),
})

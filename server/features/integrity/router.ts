import { z } from 'zod'
import { INDICATORS } from '#server/contract/integrity.ts'
import { procedure, router } from '#server/trpc.ts'
import { evidence } from './evidence.ts'
import { ofOrganization, overview } from './integrity.ts'

const organization = z.string().min(1).max(128)

export const integrityRouter = router({
  overview: procedure.query(({ ctx }) => overview(ctx)),
  ofOrganization: procedure
    .input(z.object({ organization }))
    .query(({ ctx, input }) => ofOrganization(ctx, input.organization)),
  evidence: procedure
    .input(z.object({ organization, indicator: z.enum(INDICATORS) }))
    .query(({ ctx, input }) => evidence(ctx, input)),
})

import { z } from 'zod'
import { named } from '#server/contract/measures/named.ts'
import { dayNumbers } from '#server/today/day.ts'
import { procedure, router } from '#server/trpc.ts'
import { ahead } from './ahead.ts'
import { PARTS, parts } from './parts.ts'

const ids = z.array(z.string().max(128)).max(200).default([])
const Scope = z.object({ district: ids, category: ids })

export const todayRouter = router({
  day: procedure.input(Scope).query(async ({ ctx, input }) => ({
    ...(await dayNumbers(ctx, input)),
    measures: named('registered'),
  })),
  ahead: procedure.input(Scope).query(({ ctx, input }) => ahead(ctx, input)),
  parts: procedure
    .input(Scope.extend({ part: z.enum(PARTS) }))
    .query(({ ctx, input }) => parts(ctx, input)),
})

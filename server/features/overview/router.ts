import { z } from 'zod'
import { named } from '#server/contract/measures/named.ts'
import { procedure, router } from '#server/trpc.ts'
import { recent } from './recent.ts'
import { running } from './running.ts'
import { overviewState } from './state.ts'

/** The overview is always now; it can be narrowed to districts. */
const Scope = z.object({ district: z.array(z.string().max(128)).max(200).default([]) })

export const overviewRouter = router({
  state: procedure.input(Scope).query(async ({ ctx, input }) => ({
    ...(await overviewState(ctx, input)),
    measures: named('registered', 'open', 'overdue', 'emergencyOpen', 'confirmed', 'reopened'),
  })),
  recent: procedure.input(Scope).query(({ ctx, input }) => recent(ctx, input)),
  running: procedure.input(Scope).query(({ ctx, input }) => running(ctx, input)),
})

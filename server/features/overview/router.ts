import { z } from 'zod'
import { procedure, router } from '#server/trpc.ts'
import { recent } from './recent.ts'
import { running } from './running.ts'
import { overviewState } from './state.ts'

/** The overview is always now; it can be narrowed to districts. */
const Scope = z.object({ district: z.array(z.string().max(128)).max(200).default([]) })

export const overviewRouter = router({
  state: procedure.input(Scope).query(({ ctx, input }) => overviewState(ctx, input)),
  recent: procedure.input(Scope).query(({ ctx, input }) => recent(ctx, input)),
  running: procedure.input(Scope).query(({ ctx, input }) => running(ctx, input)),
})

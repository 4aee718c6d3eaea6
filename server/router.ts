import { shellRouter } from './features/shell/router.ts'
import { router } from './trpc.ts'

/** One line per feature. */
export const appRouter = router({
  shell: shellRouter,
})
export type AppRouter = typeof appRouter

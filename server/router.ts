import { mapRouter } from './features/map/router.ts'
import { overviewRouter } from './features/overview/router.ts'
import { requestsRouter } from './features/requests/router.ts'
import { shellRouter } from './features/shell/router.ts'
import { router } from './trpc.ts'

/** One line per feature. */
export const appRouter = router({
  overview: overviewRouter,
  map: mapRouter,
  requests: requestsRouter,
  shell: shellRouter,
})
export type AppRouter = typeof appRouter

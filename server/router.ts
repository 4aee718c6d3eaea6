import { router } from './trpc.ts'

/** One line per feature. */
export const appRouter = router({})
export type AppRouter = typeof appRouter

import { createRouter } from '@tanstack/react-router'
import { queryClient } from './api.ts'
import { parseAddress, writeAddress } from './lib/address.ts'
import { routeTree } from './routeTree.gen.ts'

/** `wallClock` is the machine's, UTC epoch milliseconds; only a wall without its server reads it. */
export const createAppRouter = (wallClock: () => number) =>
  createRouter({
    routeTree,
    context: { queryClient, wallClock },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: parseAddress,
    stringifySearch: writeAddress,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

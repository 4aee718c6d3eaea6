import { createRouter } from '@tanstack/react-router'
import { queryClient } from './api.ts'
import { parseAddress, writeAddress } from './lib/address.ts'
import { routeTree } from './routeTree.gen.ts'

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

import { QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { inferRouterOutputs } from '@trpc/server'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#server/router.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, refetchOnWindowFocus: false, networkMode: 'always' },
  },
})

const client = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/trpc', maxURLLength: 6000 })],
})

/** The server's procedures as query options: `api.requests.page.queryOptions(filter)`. The same object prefetches and reads. */
export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

/** What each procedure answers: `Answer['shell']['place']`. */
export type Answer = inferRouterOutputs<AppRouter>

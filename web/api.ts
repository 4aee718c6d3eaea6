import { QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, splitLink } from '@trpc/client'
import type { inferRouterOutputs } from '@trpc/server'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { QUESTIONS_AT_ONCE } from '#server/contract/batch.ts'
import type { AppRouter } from '#server/router.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, refetchOnWindowFocus: false, networkMode: 'always' },
  },
})

const LONGEST = 5000

const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      // Servers and proxies refuse long addresses: a filter of a thousand houses travels in the body.
      condition: ({ input }) => encodeURIComponent(JSON.stringify(input) ?? '').length > LONGEST,
      true: httpBatchLink({ url: '/trpc', methodOverride: 'POST', maxItems: QUESTIONS_AT_ONCE }),
      false: splitLink({
        // A scene of a wall, or a frame of the past, must not wait for the slowest of others.
        condition: ({ path }) => path.startsWith('wall.') || path.startsWith('replay.'),
        true: httpBatchLink({ url: '/trpc', maxItems: 1 }),
        false: httpBatchLink({
          url: '/trpc',
          maxURLLength: LONGEST + 1000,
          maxItems: QUESTIONS_AT_ONCE,
        }),
      }),
    }),
  ],
})

/** The server's procedures as query options: `api.requests.page.queryOptions(filter)`. The same object prefetches and reads. */
export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

/** What each procedure answers: `Answer['shell']['place']`. */
export type Answer = inferRouterOutputs<AppRouter>

import { createFileRoute } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { DESK_QUEUES } from '#server/contract/desk.ts'
import { api } from '#web/api.ts'
import { DeskPage } from '#web/features/intake/desk-page.tsx'

const Search = z.object({
  queue: z.catch(z._default(z.enum(DESK_QUEUES), 'complaints'), 'complaints'),
})

export const Route = createFileRoute('/desk')({
  validateSearch: Search,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => {
    void queryClient.prefetchQuery(api.intake.counts.queryOptions())
    void queryClient.prefetchQuery(api.intake.queue.queryOptions(deps))
  },
  component: Page,
})

function Page() {
  const { queue } = Route.useSearch()
  return <DeskPage queue={queue} />
}

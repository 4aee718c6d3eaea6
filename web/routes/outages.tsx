import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { OutagesPage } from '#web/features/outages/outages-page.tsx'

export const Route = createFileRoute('/outages')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.outages.list.queryOptions())
    void context.queryClient.prefetchQuery(api.outages.clusters.queryOptions())
  },
  component: OutagesPage,
})

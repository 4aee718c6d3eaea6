import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { FlagsPage } from '#web/features/flags/flags-page.tsx'

export const Route = createFileRoute('/flags/')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.flags.list.queryOptions())
  },
  component: FlagsPage,
})

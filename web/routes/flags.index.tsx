import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { FlagsPage } from '#web/features/flags/flags-page.tsx'
import { FlagsSearch } from '#web/features/flags/search.ts'

export const Route = createFileRoute('/flags/')({
  validateSearch: FlagsSearch,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.flags.list.queryOptions())
  },
  component: Page,
})

function Page() {
  return <FlagsPage search={Route.useSearch()} />
}

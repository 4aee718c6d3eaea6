import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { NormsPage } from '#web/features/norms/norms-page.tsx'
import { NormsSearch } from '#web/features/norms/search.ts'

export const Route = createFileRoute('/norms')({
  validateSearch: NormsSearch,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.norms.list.queryOptions())
  },
  component: Page,
})

function Page() {
  return <NormsPage search={Route.useSearch()} />
}

import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { SourcesSearch } from '#web/features/sources/search.ts'
import { SourcesPage } from '#web/features/sources/sources-page.tsx'

export const Route = createFileRoute('/sources/')({
  validateSearch: SourcesSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => {
    void queryClient.prefetchQuery(api.sources.list.queryOptions())
    void queryClient.prefetchQuery(api.sources.completeness.queryOptions(deps))
  },
  component: Page,
})

function Page() {
  return <SourcesPage days={Route.useSearch().days} />
}

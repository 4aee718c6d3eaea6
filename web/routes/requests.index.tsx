import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { RequestsPage } from '#web/features/requests/requests-page.tsx'
import { filterOf, PageSearch } from '#web/features/requests/search.ts'

export const Route = createFileRoute('/requests/')({
  validateSearch: PageSearch,
  search: { middlewares: [stripSearchParams({ sort: '-registeredAt' })] },
  loaderDeps: ({ search }) => filterOf(search),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(api.requests.summary.queryOptions(deps))
  },
  staticData: { scope: true, period: { kind: 'range', usual: 'all' } },
  component: Page,
})

function Page() {
  return <RequestsPage search={Route.useSearch()} />
}

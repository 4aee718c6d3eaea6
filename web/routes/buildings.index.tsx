import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { BuildingsPage } from '#web/features/buildings/buildings-page.tsx'
import { filterOf, PageSearch } from '#web/features/buildings/search.ts'

export const Route = createFileRoute('/buildings/')({
  validateSearch: PageSearch,
  search: { middlewares: [stripSearchParams({ sort: '-overdue', gone: false })] },
  loaderDeps: ({ search }) => filterOf(search),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(api.buildings.summary.queryOptions(deps))
  },
  staticData: { scope: true },
  component: () => <BuildingsPage search={Route.useSearch()} />,
})

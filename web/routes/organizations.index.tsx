import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { OrganizationsSearch, scopeOf } from '#server/contract/organizations.ts'
import { api } from '#web/api.ts'
import { OrganizationsPage } from '#web/features/organizations/organizations-page.tsx'

const USUAL: Partial<OrganizationsSearch> = {
  measure: 'reopened',
  unit: 'organization',
  sort: 'lower',
  kinds: [],
  houses: [],
}

export const Route = createFileRoute('/organizations/')({
  validateSearch: OrganizationsSearch,
  search: { middlewares: [stripSearchParams(USUAL)] },
  loaderDeps: ({ search }) => ({
    measure: search.measure,
    unit: search.unit,
    filter: scopeOf(search),
  }),
  loader: ({ context: { queryClient }, deps: { measure, ...deps } }) => {
    void queryClient.prefetchQuery(api.organizations.comparison.queryOptions({ ...deps, measure }))
    void queryClient.prefetchQuery(api.organizations.shares.queryOptions(deps))
    void queryClient.prefetchQuery(api.organizations.responses.queryOptions(deps))
    if (deps.unit === 'organization')
      void queryClient.prefetchQuery(api.organizations.categories.queryOptions(deps.filter))
  },
  staticData: { scope: true, period: { kind: 'range', usual: 'mature' } },
  component: Page,
})

function Page() {
  return <OrganizationsPage search={Route.useSearch()} />
}

import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { OrganizationSearch, scopeOf } from '#server/contract/organizations.ts'
import { api } from '#web/api.ts'
import { OrganizationPage } from '#web/features/organizations/organization-page.tsx'

export const Route = createFileRoute('/districts/$district')({
  validateSearch: OrganizationSearch,
  search: { middlewares: [stripSearchParams({ measure: 'reopened' })] },
  loaderDeps: ({ search }) => ({ filter: scopeOf(search) }),
  loader: ({ context: { queryClient }, params: { district }, deps: { filter } }) => {
    const one = { unit: 'district' as const, id: district, filter }
    void queryClient.prefetchQuery(api.organizations.profile.queryOptions(one))
  },
  staticData: { period: { kind: 'range', usual: 'mature' } },
  component: Page,
})

function Page() {
  const { district } = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <OrganizationPage
      unit="district"
      id={district}
      search={search}
      onSearch={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  )
}

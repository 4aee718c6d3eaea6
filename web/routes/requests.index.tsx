import { createFileRoute, SearchParamError, stripSearchParams } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { RequestsPage } from '#web/features/requests/requests-page.tsx'
import { filterOf, PageSearch } from '#web/features/requests/search.ts'
import { faultOf, WrongAddress } from '#web/features/requests/wrong-address.tsx'
import { PageError } from '#web/features/shell/page-error.tsx'

export const Route = createFileRoute('/requests/')({
  validateSearch: PageSearch,
  search: { middlewares: [stripSearchParams({ sort: '-registeredAt' })] },
  loaderDeps: ({ search }) => filterOf(search),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(api.requests.summary.queryOptions(deps))
  },
  staticData: { scope: true, period: { kind: 'range', usual: 'all' } },
  component: Page,
  errorComponent: (props) =>
    props.error instanceof SearchParamError ? (
      <WrongAddress fault={faultOf(props.error)} />
    ) : (
      <PageError {...props} />
    ),
})

function Page() {
  return <RequestsPage search={Route.useSearch()} />
}

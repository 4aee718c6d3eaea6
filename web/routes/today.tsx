import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { scopeOf, TodaySearch } from '#web/features/today/scope.ts'
import { TodayPage } from '#web/features/today/today-page.tsx'

/** Always now; narrowed to districts and categories. */
export const Route = createFileRoute('/today')({
  validateSearch: TodaySearch,
  search: { middlewares: [stripSearchParams({ by: 'category' })] },
  staticData: { scope: true, period: { kind: 'now' } },
  loaderDeps: ({ search }) => ({ scope: scopeOf(search), by: search.by }),
  // Not awaited: the page has its own skeletons of the final size.
  loader: ({ context: { queryClient }, deps: { scope, by } }) => {
    void queryClient.prefetchQuery(api.today.day.queryOptions(scope))
    void queryClient.prefetchQuery(api.today.ahead.queryOptions(scope))
    void queryClient.prefetchQuery(api.today.parts.queryOptions({ ...scope, part: by }))
  },
  component: Page,
})

function Page() {
  const navigate = Route.useNavigate()
  return (
    <TodayPage
      search={Route.useSearch()}
      onSearch={(next) =>
        void navigate({
          search: (known) => ({ ...known, ...next }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  )
}

import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { NoticesPage } from '#web/features/notices/notices-page.tsx'
import { NoticesSearch } from '#web/features/notices/search.ts'

export const Route = createFileRoute('/notices')({
  validateSearch: NoticesSearch,
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(api.notices.bell.queryOptions())
    void queryClient.prefetchQuery(api.notices.deliveries.queryOptions())
  },
  component: Page,
})

function Page() {
  return <NoticesPage search={Route.useSearch()} />
}

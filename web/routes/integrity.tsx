import { createFileRoute } from '@tanstack/react-router'
import { IntegritySearch } from '#server/contract/integrity.ts'
import { api } from '#web/api.ts'
import { IntegrityPage } from '#web/features/integrity/integrity-page.tsx'

export const Route = createFileRoute('/integrity')({
  validateSearch: IntegritySearch,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.integrity.overview.queryOptions())
  },
  component: Page,
})

function Page() {
  return <IntegrityPage search={Route.useSearch()} />
}

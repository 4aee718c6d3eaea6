import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { RegistrySearch } from '#server/contract/registry-search.ts'
import { RegistryPage } from '#web/features/registry/registry-page.tsx'

export const Route = createFileRoute('/registry')({
  validateSearch: RegistrySearch,
  search: { middlewares: [stripSearchParams({ tab: 'buildings', stale: false })] },
  component: () => <RegistryPage search={Route.useSearch()} />,
})

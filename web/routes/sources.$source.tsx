import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { SourcesSearch } from '#web/features/sources/search.ts'
import { SourcePage } from '#web/features/sources/source-page.tsx'

export const Route = createFileRoute('/sources/$source')({
  validateSearch: SourcesSearch,
  loader: ({ context: { queryClient }, params }) => {
    void queryClient.prefetchQuery(api.sources.one.queryOptions({ id: params.source }))
  },
  component: Page,
})

function Page() {
  return <SourcePage id={Route.useParams().source} days={Route.useSearch().days} />
}

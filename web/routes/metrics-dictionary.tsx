import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import { DictionarySearch } from '#server/contract/measures/comparison.ts'
import { api } from '#web/api.ts'
import { DictionaryPage } from '#web/features/metrics/dictionary-page.tsx'
import { scopeOf } from '#web/features/metrics/search.ts'

export const Route = createFileRoute('/metrics-dictionary')({
  validateSearch: DictionarySearch,
  search: { middlewares: [stripSearchParams({ district: [] })] },
  loaderDeps: ({ search }) => scopeOf(search),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(api.metrics.values.queryOptions(deps))
  },
  staticData: { scope: true, period: { kind: 'range', usual: 'all' } },
  component: Page,
})

function Page() {
  return <DictionaryPage search={Route.useSearch()} />
}

import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { PresetsPage } from '#web/features/presets/presets-page.tsx'
import { PresetsSearch } from '#web/features/presets/search.ts'

export const Route = createFileRoute('/presets')({
  validateSearch: PresetsSearch,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.presets.list.queryOptions())
  },
  component: Page,
})

function Page() {
  const { preset, months } = Route.useSearch()
  return <PresetsPage preset={preset} months={months} />
}

import { createFileRoute } from '@tanstack/react-router'
import { useCallback } from 'react'
import { EVERYTHING } from '#server/contract/filter.ts'
import { api } from '#web/api.ts'
import { MapPage } from '#web/features/map/map-page.tsx'
import { MapSearch } from '#web/features/map/search.ts'
import { cityQuery } from '#web/map/ask-city.ts'

export const Route = createFileRoute('/map')({
  validateSearch: MapSearch,
  staticData: { scope: true },
  loaderDeps: ({ search: { district, category, organization } }) => ({
    district,
    category,
    organization,
  }),
  // Not awaited: the page has its own skeletons, and asks for both at once.
  loader: ({ context: { queryClient }, deps }) => {
    void queryClient.prefetchQuery(cityQuery)
    void queryClient.prefetchQuery(api.map.state.queryOptions({ ...EVERYTHING, ...deps }))
  },
  component: Page,
})

function Page() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const write = useCallback(
    (change: Partial<MapSearch>, replace: boolean) =>
      navigate({ search: (known) => ({ ...known, ...change }), replace, resetScroll: false }),
    [navigate],
  )
  return <MapPage search={search} onSearch={write} />
}

import { createFileRoute } from '@tanstack/react-router'
import i18next from 'i18next'
import { useCallback, useMemo } from 'react'
import * as z from 'zod/mini'
import { EVERYTHING } from '#server/contract/filter.ts'
import type { Clocks } from '#server/contract/registry-search.ts'
import { ReplayAddress } from '#server/contract/replay.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { MapPage } from '#web/features/map/map-page.tsx'
import { MapSearch } from '#web/features/map/search.ts'
import { MapTimeline } from '#web/features/replay/map-timeline.tsx'
import { NothingThen, PastBanner } from '#web/features/replay/past-banner.tsx'
import { PastHouse } from '#web/features/replay/past-panels.tsx'
import { useOutagesThen } from '#web/features/replay/use-outages-then.ts'
import { useReplay } from '#web/features/replay/use-replay.ts'
import { namesQuery } from '#web/map/ask-city.ts'
import { askEarly } from '#web/map/early.ts'

export const Route = createFileRoute('/map')({
  validateSearch: z.extend(MapSearch, ReplayAddress.shape),
  staticData: { scope: true },
  loaderDeps: ({ search: { district, category, organization } }) => ({
    district,
    category,
    organization,
  }),
  // Not awaited: the page has its own skeletons, and asks for all at once.
  loader: ({ context: { queryClient }, deps }) => {
    askEarly(queryClient)
    void queryClient.prefetchQuery(namesQuery(i18next.language as Language))
    void queryClient.prefetchQuery(api.map.state.queryOptions({ ...EVERYTHING, ...deps }))
  },
  component: Page,
})

function Page() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const write = useCallback(
    (change: Partial<MapSearch & ReplayAddress>, replace: boolean) =>
      void navigate({ search: (known) => ({ ...known, ...change }), replace, resetScroll: false }),
    [navigate],
  )
  const replay = useReplay(search, write)
  const outages = useOutagesThen(replay)
  const { at, clock, by } = search
  const clocks = useMemo(
    (): Clocks => ({ asOf: at, knownAt: clock === 'known' ? (by ?? at) : undefined }),
    [at, clock, by],
  )
  return (
    <MapPage
      search={search}
      onSearch={write}
      clocks={clocks}
      past={replay.at === null ? null : (replay.frame?.counts ?? NOTHING_YET)}
      pastAreas={outages.areas}
      notice={<PastBanner head={replay} />}
      sentence={replay.nothing ? <NothingThen nothing={replay.nothing} /> : undefined}
      timeline={(shown) => <MapTimeline replay={replay} shown={shown} />}
      pastBuilding={(id, onClose) => <PastHouse id={id} head={replay} onClose={onClose} />}
    />
  )
}

const NOTHING_YET = { at: 0, buildings: new Map(), waiting: true as const }

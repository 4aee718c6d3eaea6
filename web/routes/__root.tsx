import type { QueryClient } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  type ErrorComponentProps,
  Outlet,
  useLocation,
} from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { api } from '#web/api.ts'
import { setServerTime } from '#web/clock.ts'
import { LiveBanner } from '#web/features/shell/live-banner.tsx'
import { NotFound, PageError } from '#web/features/shell/page-error.tsx'
import { usePageFrame } from '#web/features/shell/page-frame.ts'
import { usePageTopic } from '#web/features/shell/page-topic.ts'
import { CityFormat, Shell } from '#web/features/shell/shell.tsx'
import { allWords } from '#web/i18n/start.ts'
import { useLiveTopic } from '#web/live.ts'
import { lazily } from '#web/ui/lazily.tsx'

export const Route = createRootRouteWithContext<{
  queryClient: QueryClient
  wallClock: () => number
}>()({
  beforeLoad: async ({ context, location }) => {
    if (location.pathname === '/wall') {
      const { startWall } = await import('#web/features/wall/start.ts')
      startWall(context.queryClient, context.wallClock())
    }
    if (location.pathname !== '/') await allWords()
  },
  loader: async ({ context }) => {
    const place = await context.queryClient.ensureQueryData(api.shell.place.queryOptions())
    setServerTime(place.now, place.pinned)
  },
  component: Root,
  errorComponent: RootError,
  notFoundComponent: () => <NotFound />,
  staleTime: Number.POSITIVE_INFINITY,
})

/** The bell comes behind the first page, with its words. */
const Bell = lazily(async () => {
  await allWords()
  return import('#web/features/notices/bell.tsx')
})

const NewVersion = lazily(async () => ({
  default: (await import('#web/features/shell/new-version.tsx')).NewVersion,
}))

/** Nobody can press a button before a wall. */
const WallFailed = lazily(async () => ({
  default: (await import('#web/features/wall/wall-failed.tsx')).WallFailed,
}))

function RootError(props: ErrorComponentProps) {
  const { pathname } = useLocation()
  if (pathname !== '/wall') return <PageError {...props} />
  return (
    <Suspense>
      <WallFailed />
    </Suspense>
  )
}

function Root() {
  const { frame } = usePageFrame()
  useLiveTopic(usePageTopic())
  useEffect(() => {
    // Should it fail, the next page asks again and says so.
    allWords().catch(() => {})
  }, [])
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const { data: flags } = useQuery(
    api.flags.raised.queryOptions(undefined, {
      enabled: frame !== 'none',
      staleTime: 600_000,
      meta: { live: false },
      select: ({ inspect }) => inspect,
    }),
  )
  const { data: desk } = useQuery(
    api.intake.counts.queryOptions(undefined, {
      enabled: frame !== 'none',
      select: ({ complaints, addresses, messages, misdirected }) =>
        complaints + addresses + messages + misdirected,
    }),
  )
  const tallies = {
    ...(place && { organizations: place.organizations, buildings: place.buildings }),
    ...(desk !== undefined && { desk }),
    ...(flags !== undefined && { flags }),
  }
  return (
    <CityFormat>
      {frame === 'none' ? (
        <Outlet />
      ) : (
        <Shell
          tallies={tallies}
          banner={
            <>
              <LiveBanner />
              <Suspense>
                <NewVersion />
              </Suspense>
            </>
          }
          bell={
            <Suspense>
              <Bell />
            </Suspense>
          }
        >
          <Outlet />
        </Shell>
      )}
    </CityFormat>
  )
}

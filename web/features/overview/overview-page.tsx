import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { allWords } from '#web/i18n/start.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive } from '#web/live.ts'
import { lazily } from '#web/ui/lazily.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import type { State } from './answers.ts'
import { AsOf } from './as-of.tsx'
import { BacklogPanel } from './backlog-panel.tsx'
import { EventsPanel } from './events-panel.tsx'
import { FlagsPanel } from './flags-panel.tsx'
import { InflowPanel } from './inflow-panel.tsx'
import { InflowTile } from './inflow-tile.tsx'
import styles from './overview-page.module.css'
import { OverviewSentence } from './overview-sentence.tsx'
import { ShareTiles } from './share-tiles.tsx'
import { StandingTiles } from './standing-tiles.tsx'
import { withFrame } from './with-frame.ts'

/** Behind the first load, with their words. */
const DeviationPanel = lazily(async () => {
  const [{ DeviationPanel }] = await Promise.all([import('./deviation-panel.tsx'), allWords()])
  return { default: DeviationPanel }
})
const RunningPanel = lazily(async () => {
  const [{ RunningPanel }] = await Promise.all([import('./running-panel.tsx'), allWords()])
  return { default: RunningPanel }
})

interface OverviewPageProps {
  district: string[]
}

/** `above`: what cannot wait stands over the page, and the page keeps to the window. */
export function OverviewPage({ district, above }: OverviewPageProps & { above?: ReactNode }) {
  return (
    <div className={styles.frame}>
      {above}
      <Answered district={district} />
    </div>
  )
}

function Answered({ district }: OverviewPageProps) {
  const { t } = useTranslation('shell')
  const query = useQuery(api.overview.state.queryOptions({ district }))
  if (query.data) return <Overview state={query.data} district={district} />
  if (query.isError)
    return (
      <div className={styles.failed}>
        <ErrorState
          what={t('error.panel')}
          todo={t('error.panelTodo')}
          retry={{ label: t('error.retry'), run: () => void query.refetch() }}
        />
      </div>
    )
  return <OverviewSkeleton />
}

function Overview({ state: answered, district }: OverviewPageProps & { state: State }) {
  const format = useFormat()
  const frame = useLive((live) => live.frame)
  const topic = district.length === 0 ? 'city' : `district:${district}`
  const state =
    frame?.topic === topic
      ? withFrame(answered, frame, cityTime(frame.at, format.zone).day)
      : answered
  const { hour: wholeHour, minute } = cityTime(state.now, format.zone)
  const hour = wholeHour + minute / 60
  return (
    <div className={styles.page}>
      <div className={styles.sentence}>
        <OverviewSentence state={state} district={district} />
      </div>
      <AsOf state={state} />
      <div className={styles.standing}>
        <StandingTiles state={state} district={district} />
      </div>
      <div className={styles.registered}>
        <InflowTile state={state} hour={hour} district={district} />
      </div>
      <div className={styles.shares}>
        <ShareTiles state={state} district={district} />
      </div>
      <div className={styles.today}>
        <InflowPanel state={state} hour={hour} />
        <BacklogPanel state={state} district={district} />
      </div>
      <div className={styles.map}>
        <Suspense fallback={<Skeleton height="100%" />}>
          <DeviationPanel state={state} district={district} />
        </Suspense>
      </div>
      <div className={styles.running}>
        <Suspense fallback={<Skeleton height="100%" />}>
          <RunningPanel state={state} district={district} />
        </Suspense>
      </div>
      <div className={styles.flags}>
        <FlagsPanel />
      </div>
      <EventsPanel state={state} district={district} />
    </div>
  )
}

function OverviewSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.sentence}>
        <Skeleton height={30} width="80%" />
      </div>
      <div className={styles.asOf} />
      {(
        ['standing', 'registered', 'shares', 'today', 'map', 'running', 'flags', 'events'] as const
      ).map((area) => (
        <div key={area} className={styles[area]}>
          <Skeleton height="100%" />
        </div>
      ))}
    </div>
  )
}

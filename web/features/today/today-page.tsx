import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { AsOf } from './as-of.tsx'
import { ClearingPanel } from './clearing-panel.tsx'
import { DayTiles } from './day-tiles.tsx'
import { DaysPanel } from './days-panel.tsx'
import { HoursPanel } from './hours-panel.tsx'
import { Method } from './method.tsx'
import { PartsPanel } from './parts-panel.tsx'
import { QueueTiles } from './queue-tiles.tsx'
import { scopeOf, type TodaySearch } from './scope.ts'
import { SumPanel } from './sum-panel.tsx'
import styles from './today-page.module.css'
import { TodaySentence } from './today-sentence.tsx'
import { TrustPanel } from './trust-panel.tsx'
import { useAhead } from './use-ahead.ts'
import { useDay } from './use-day.ts'
import { WeekTiles } from './week-tiles.tsx'

interface TodayPageProps {
  search: TodaySearch
  onSearch: (next: Partial<TodaySearch>) => void
}

/** The day against days like it, its end, the next two weeks, and the queue. */
export function TodayPage({ search, onSearch }: TodayPageProps) {
  const { t } = useTranslation('shell')
  const scope = scopeOf(search)
  const [method, setMethod] = useState(false)
  const query = useQuery({
    ...api.today.day.queryOptions(scope),
    placeholderData: keepPreviousData,
  })
  const day = useDay(query.data, scope)
  const ahead = useAhead(scope)
  if (!day && query.isError)
    return (
      <div className={styles.failed}>
        <ErrorState
          what={t('error.panel')}
          todo={t('error.panelTodo')}
          retry={{ label: t('error.retry'), run: () => void query.refetch() }}
        />
      </div>
    )
  if (!day) return <TodaySkeleton />
  return (
    <div className={styles.page}>
      <div className={styles.sentence}>
        <TodaySentence day={day} ahead={ahead.data} scope={scope} />
      </div>
      <AsOf day={day} scope={scope} onSearch={onSearch} onMethod={() => setMethod(true)} />
      <div className={styles.day}>
        <DayTiles day={day} scope={scope} />
      </div>
      <div className={styles.weeks}>
        <WeekTiles ahead={ahead} />
      </div>
      <div className={styles.queue}>
        <QueueTiles ahead={ahead} scope={scope} />
      </div>
      <div className={styles.hours}>
        <HoursPanel day={day} scope={scope} />
      </div>
      <div className={styles.sum}>
        <SumPanel day={day} />
      </div>
      <div className={styles.days}>
        <DaysPanel day={day} ahead={ahead} scope={scope} />
      </div>
      <div className={styles.trust}>
        <TrustPanel day={day} ahead={ahead} />
      </div>
      <div className={styles.clearing}>
        <ClearingPanel ahead={ahead} today={day.today} onMethod={() => setMethod(true)} />
      </div>
      <div className={styles.parts}>
        <PartsPanel day={day} search={search} onSearch={onSearch} />
      </div>
      {method ? <Method day={day} ahead={ahead.data} onClose={() => setMethod(false)} /> : null}
    </div>
  )
}

const AREAS = [
  ...(['day', 'weeks', 'queue', 'hours', 'sum'] as const),
  ...(['days', 'trust', 'clearing', 'parts'] as const),
]

function TodaySkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.sentence}>
        <Skeleton height={30} width="80%" />
      </div>
      <div className={styles.asOf} />
      {AREAS.map((area) => (
        <div key={area} className={styles[area]}>
          <Skeleton height="100%" />
        </div>
      ))}
    </div>
  )
}

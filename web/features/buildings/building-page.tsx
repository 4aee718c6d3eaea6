import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useNarrow } from '#web/table/use-narrow.ts'
import { AnswersPanel } from './answers-panel.tsx'
import styles from './building.module.css'
import { BuildingFacts } from './building-facts.tsx'
import { BuildingSentence } from './building-sentence.tsx'
import { ExpectationPanel } from './expectation-panel.tsx'
import { CallTargets, DangerBox } from './first-aid.tsx'
import { IntensityPanel } from './intensity-panel.tsx'
import { ClosedLately, OpenRequests } from './request-tables.tsx'
import { YearPanel } from './year-panel.tsx'

/** Closed requests shown before more are asked for, and how few lines leave room for a panel. */
const SHOWN_CLOSED = 5
const FEW = 5

interface BuildingPageProps {
  id: string
  /** Monday of the chosen week, days since 1970-01-01. */
  week: number | undefined
  /** Who answered, by both clocks. */
  history: ReactNode
  /** The house at an instant of the past. */
  past?: ReactNode
}

/** One building: what is wrong now, who answered for it when, and how its year compares. */
export function BuildingPage({ id, week, history, past }: BuildingPageProps) {
  const { data: card } = useSuspenseQuery(api.buildings.one.queryOptions({ building: id }))
  const narrow = useNarrow()
  // Under long lists it would be far below; beside short ones the column beside is the longer.
  const aside = narrow || card.openCount + Math.min(card.closedLately.length, SHOWN_CLOSED) > FEW
  const year = <YearPanel card={card} week={week} />
  return (
    <article className={styles.page}>
      <BuildingFacts card={card} />
      {narrow ? (
        <>
          <DangerBox card={card} />
          <CallTargets card={card} />
        </>
      ) : null}
      <BuildingSentence card={card} />
      {past}
      {narrow ? null : year}
      <div className={styles.columns}>
        <div className={styles.main}>
          <OpenRequests card={card} />
          {narrow ? year : null}
          {card.closedLately.length > 0 ? <ClosedLately card={card} /> : null}
          {aside ? null : <ExpectationPanel card={card} />}
        </div>
        <div className={styles.side}>
          <IntensityPanel card={card} />
          {aside ? <ExpectationPanel card={card} /> : null}
          <AnswersPanel card={card} />
        </div>
      </div>
      {history}
      <BuildingActions card={card} className={styles.footer ?? ''} />
    </article>
  )
}

/** Where to go from here; on a phone they stay at the bottom. */
export function BuildingActions({
  card,
  className,
}: {
  card: { building: { id: string }; placed: boolean }
  className: string
}) {
  const { t } = useTranslation('buildings')
  const { id } = card.building
  return (
    <nav className={className} aria-label={t('title')}>
      <Link to="/requests" search={{ building: [id] }} className={styles.primary}>
        {t('one.requests')}
      </Link>
      {card.placed ? (
        <Link to="/map" search={{ b: id }} className={styles.secondary}>
          {t('one.onMap')}
        </Link>
      ) : null}
    </nav>
  )
}

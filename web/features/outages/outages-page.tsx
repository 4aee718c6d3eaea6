import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Area } from '#web/map/areas.ts'
import { NO_CLASSES } from '#web/map/classes.ts'
import { CityMap } from '#web/map/map.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import type { Line, Outages } from './answers.ts'
import { ClustersSection } from './clusters-section.tsx'
import { EndedTable } from './ended-table.tsx'
import { OutageCard } from './outage-card.tsx'
import styles from './outages.module.css'
import { PageSentence } from './page-sentence.tsx'

const STATES = ['suspected', 'in_force', 'ahead'] as const
const WHILE_READING_MS = 2000

/** What is off now, by announcement and by what residents tell. */
export function OutagesPage() {
  const { t } = useTranslation('outages')
  const answer = useQuery(
    api.outages.list.queryOptions(undefined, {
      refetchInterval: (query) => (query.state.data?.ready === false ? WHILE_READING_MS : false),
    }),
  )
  if (answer.isError && !answer.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  if (!answer.data)
    return (
      <div className={styles.page} aria-busy="true">
        <Skeleton width="min(720px, 100%)" height={72} />
        <Skeleton height={420} />
      </div>
    )
  return <Shown outages={answer.data} />
}

function Shown({ outages }: { outages: Outages }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { lines, now, ready, threshold } = outages
  const areas = useMemo(() => areasOf(lines), [lines])
  const around = useMemo(
    () => lines.filter(isNow).flatMap(({ houses }) => houses.map(({ key }) => key)),
    [lines],
  )
  const over = lines.filter(({ state }) => state === 'ended' || state === 'dismissed')
  return (
    <div className={styles.page}>
      <Sentence>
        <PageSentence outages={outages} />
      </Sentence>
      {ready ? (
        <p className={styles.note}>{t('note', { threshold: format.number(threshold, 1) })}</p>
      ) : null}
      <div className={styles.body}>
        <div className={styles.groups}>
          {STATES.map((state) => (
            <Group
              key={state}
              state={state}
              lines={lines.filter((line) => line.state === state)}
              now={now}
            />
          ))}
          {over.length > 0 ? <EndedTable lines={over} now={now} /> : null}
          <ClustersSection />
        </div>
        {areas.length > 0 ? (
          <figure className={styles.map}>
            <CityMap
              measure="open"
              states={NO_CLASSES}
              label={t('mapLabel')}
              areas={areas}
              around={around}
            />
          </figure>
        ) : null}
      </div>
    </div>
  )
}

const isNow = ({ state }: Line) => state === 'suspected' || state === 'in_force'
const areasOf = (lines: readonly Line[]): Area[] =>
  lines.flatMap(({ state, outline }, id) =>
    outline && (state === 'suspected' || state === 'in_force')
      ? [{ id, suspected: state === 'suspected', outline }]
      : [],
  )

interface GroupProps {
  state: (typeof STATES)[number]
  lines: readonly Line[]
  now: number
}

function Group({ state, lines, now }: GroupProps) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  if (lines.length === 0 && state === 'ahead') return null
  const id = `outages-${state}`
  return (
    <section className={styles.group} aria-labelledby={id} id={state}>
      <header>
        {state === 'suspected' ? <StatusShape kind="watch" size={13} /> : null}
        <h2 id={id}>
          {t(`group.${state}`)} <span>{format.number(lines.length)}</span>
        </h2>
      </header>
      {lines.length === 0 && state !== 'ahead' ? (
        <p className={styles.nothing}>{t(`empty.${state}`)}</p>
      ) : (
        <ul className={styles.cards}>
          {lines.map((line) => (
            <OutageCard key={line.id} line={line} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

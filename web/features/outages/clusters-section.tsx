import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import type { Clusters } from './answers.ts'
import styles from './outages.module.css'
import { usePlace } from './use-words.ts'

const WHILE_READING_MS = 2000

/** Where and when calls crowded in four weeks, looked at afterwards: what the watch of the day may have missed. */
export function ClustersSection() {
  const { t } = useTranslation('outages')
  const answer = useQuery(
    api.outages.clusters.queryOptions(undefined, {
      refetchInterval: (query) => (query.state.data?.ready === false ? WHILE_READING_MS : false),
    }),
  )
  return (
    <section className={styles.group} aria-labelledby="outages-clusters" id="clusters">
      <header>
        <h2 id="outages-clusters">{t('clusters.title')}</h2>
      </header>
      {answer.data ? (
        <Found clusters={answer.data} />
      ) : answer.isError ? (
        <ErrorState
          what={t('clusters.failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      ) : (
        <div aria-busy="true">
          <Skeleton height={120} />
        </div>
      )}
    </section>
  )
}

function Found({ clusters: { from, to, calls, lines } }: { clusters: Clusters }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  return (
    <>
      <p className={styles.note}>{t('clusters.note', { days: format.days(from, to - 1) })}</p>
      {lines.length === 0 ? (
        <EmptyState
          what={t('clusters.empty')}
          todo={t('clusters.emptyTodo', { n: format.number(calls) })}
        />
      ) : (
        <ul className={styles.ended}>
          {lines.map((line) => (
            <ClusterRow
              key={`${line.resource} ${line.from} ${line.rows.building?.[0]}`}
              line={line}
            />
          ))}
        </ul>
      )}
    </>
  )
}

function ClusterRow({ line }: { line: Clusters['lines'][number] }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { resource, from, to, houses, observed, expected, ofThousand, known, rows, point } = line
  const place = usePlace({ place: line.place, count: houses })
  return (
    <li>
      <span className={styles.endedDay}>{format.days(from, to - 1)}</span>
      <span>
        <b>{t(`resource.${resource}`)}</b> {known ? <em>{t(`clusters.known.${known}`)}</em> : null}
        <br />
        {t('houses', { count: houses, n: format.number(houses) })}
        {place ? `, ${place}` : ''}
      </span>
      <span>
        <b>{t('clusters.calls', { count: observed, n: format.number(observed) })}</b>,{' '}
        {t('clusters.expected', { n: format.number(expected, expected < 10 ? 1 : 0) })}
        <br />
        {t('clusters.rare', { n: format.number(ofThousand) })}
        <br />
        <Link to="/requests" search={rows} className={styles.rowLink}>
          {t('clusters.rows')}
        </Link>{' '}
        {point ? (
          <Link
            to="/map"
            search={{ lon: point[0], lat: point[1], z: 15 }}
            className={styles.rowLink}
          >
            {t('onMap')}
          </Link>
        ) : null}
      </span>
    </li>
  )
}

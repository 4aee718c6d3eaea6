import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton, StaleBanner } from '#web/ui/states.tsx'
import { CompletenessPanel } from './completeness-panel.tsx'
import { RefusalsPanel } from './evidence.tsx'
import { FilePanel } from './file-panel.tsx'
import type { DAYS } from './search.ts'
import styles from './sources.module.css'
import { type Source, StateMark, useTrouble } from './state-mark.tsx'
import { useSourceName } from './use-source-name.ts'

const AGAIN_MS = 60_000

/** Who tells the city of itself, how each of them is doing, and what became of what they sent. */
export function SourcesPage({ days }: { days: (typeof DAYS)[number] }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const nameOf = useSourceName()
  const list = useQuery(api.sources.list.queryOptions(undefined, { refetchInterval: AGAIN_MS }))
  const completeness = useQuery(
    api.sources.completeness.queryOptions({ days }, { refetchInterval: AGAIN_MS }),
  )
  const failed = list.isError && !list.data
  if (failed)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void list.refetch() }}
        />
      </div>
    )
  if (!list.data)
    return (
      <div className={styles.page}>
        <Skeleton width="min(640px, 100%)" height={36} />
        <Skeleton height={260} />
        <Skeleton height={320} />
      </div>
    )
  const { sources, now, unread, settingsFault } = list.data
  const called = new Map(sources.map((source) => [source.id, nameOf(source)]))
  const amiss = sources.filter(({ state }) => ['failing', 'silent', 'clock'].includes(state))
  return (
    <div className={styles.page}>
      {list.isError ? (
        <StaleBanner>{t('stale', { time: format.clock(list.dataUpdatedAt) })}</StaleBanner>
      ) : null}
      <Sentence>
        {amiss.length === 0
          ? t('sentence.well', { count: sources.length, n: format.number(sources.length) })
          : t('sentence.amiss', {
              count: amiss.length,
              n: format.number(amiss.length),
              all: format.number(sources.length),
            })}
      </Sentence>
      {settingsFault ? (
        <p className={styles.fault} role="alert">
          {t('settingsFault', { why: settingsFault })}
        </p>
      ) : null}
      {sources.length === 0 ? (
        <EmptyState what={t('empty')} todo={t('emptyTodo')} />
      ) : (
        <List sources={sources} now={now} />
      )}
      {completeness.data ? (
        <CompletenessPanel
          answer={completeness.data}
          days={days}
          nameOf={(id) => called.get(id) ?? id}
        />
      ) : completeness.isError ? (
        <ErrorState
          what={t('completeness.failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void completeness.refetch() }}
        />
      ) : (
        <Skeleton height={320} />
      )}
      {unread.length > 0 ? (
        <RefusalsPanel refusals={unread} now={now} title={t('refusals.unread')} />
      ) : null}
      <FilePanel />
    </div>
  )
}

function List({ sources, now }: { sources: readonly Source[]; now: number }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const nameOf = useSourceName()
  const troubleOf = useTrouble()
  return (
    <table className={`${styles.table} ${styles.list}`}>
      <thead>
        <tr>
          <th scope="col">{t('column.source')}</th>
          <th scope="col">{t('column.state')}</th>
          <th scope="col" className={styles.wide}>
            {t('column.kind')}
          </th>
          <th scope="col" className={styles.phoneless}>
            {t('column.heard')}
          </th>
          <th scope="col" className={styles.wide}>
            {t('column.newest')}
          </th>
          <th scope="col" className={`${styles.right} ${styles.wide}`}>
            {t('column.lag')}
          </th>
          <th scope="col" className={styles.right}>
            {t('column.today')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => {
          const trouble = troubleOf(source, now)
          const { id, kind, state, heardAt, newestAt, clock, today, usualToday } = source
          return (
            <tr key={id}>
              <th scope="row">
                <Link to="/sources/$source" params={{ source: id }}>
                  {nameOf(source)}
                </Link>
                {trouble ? <small>{trouble}</small> : null}
              </th>
              <td>
                <StateMark state={state} />
              </td>
              <td className={styles.wide}>{t(`kind.${kind}`)}</td>
              <td className={styles.phoneless}>
                {heardAt === null ? '—' : format.when(heardAt, now)}
              </td>
              <td className={styles.wide}>
                {newestAt === null ? '—' : format.when(newestAt, now)}
              </td>
              <td className={`${styles.right} ${styles.wide}`}>
                {clock.median === null || clock.median < 0
                  ? '—'
                  : format.duration(clock.median / 1000)}
              </td>
              <td className={styles.right}>
                {format.number(today)}
                <small>
                  {usualToday === null
                    ? t('usualUnknown')
                    : t('usual', { n: format.number(usualToday) })}
                </small>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

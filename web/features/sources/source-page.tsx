import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '#web/api.ts'
import { useNamed } from '#web/lib/page-name.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { ErrorState, Skeleton, StaleBanner } from '#web/ui/states.tsx'
import { DayTable } from './day-table.tsx'
import { FilesPanel, RefusalsPanel } from './evidence.tsx'
import type { DAYS } from './search.ts'
import styles from './sources.module.css'
import { StateMark, useTrouble } from './state-mark.tsx'
import { TestModePanel } from './test-mode-panel.tsx'
import { useSourceName } from './use-source-name.ts'

type One = Answer['sources']['one']
const AGAIN_MS = 60_000
/** Of the table of days, with the strip above it. */
const HEAD = 96
const ROW = 33

interface SourcePageProps {
  id: string
  days: (typeof DAYS)[number]
}

/** One source: how it is doing, its days, what was not taken, its clock, its tests, and how it is connected. */
export function SourcePage({ id, days }: SourcePageProps) {
  const { t } = useTranslation(['sources', 'words'])
  const format = useFormat()
  const nameOf = useSourceName()
  const troubleOf = useTrouble()
  const one = useQuery(
    api.sources.one.queryOptions({ id }, { retry: false, refetchInterval: AGAIN_MS }),
  )
  const completeness = useQuery(
    api.sources.completeness.queryOptions({ days, source: id }, { refetchInterval: AGAIN_MS }),
  )
  useNamed(one.data && nameOf(one.data.source))
  if (one.isError && !one.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t(isUnknown(one.error) ? 'unknown' : 'failed')}
          todo={t(isUnknown(one.error) ? 'unknownTodo' : 'failedTodo')}
          retry={{ label: t('retry'), run: () => void one.refetch() }}
        />
        <p>
          <Link to="/sources">{t('back')}</Link>
        </p>
      </div>
    )
  if (!one.data)
    return (
      <div className={styles.page}>
        <Skeleton width="min(640px, 100%)" height={72} />
        <Skeleton height={420} />
      </div>
    )
  const { source, now } = one.data
  const trouble = troubleOf(source, now)
  return (
    <div className={styles.page}>
      {one.isError ? (
        <StaleBanner>{t('stale', { time: format.clock(one.dataUpdatedAt) })}</StaleBanner>
      ) : null}
      <p className={styles.path}>
        <Link to="/sources">{t('back')}</Link>
        <StateMark state={source.state} />
        <span>{t(`kind.${source.kind}`)}</span>
      </p>
      <Sentence>
        {nameOf(source)}: {trouble ?? t('trouble.none')}
      </Sentence>
      <div className={styles.sheet}>
        <div className={styles.column}>
          <Panel
            title={t('days.title')}
            finding={t('words:intakeRule')}
            actions={
              <ExportLinks
                table="completeness"
                search={`days=${days}&source=${encodeURIComponent(id)}`}
              />
            }
          >
            {completeness.data ? (
              <DayTable answer={completeness.data} />
            ) : completeness.isError ? (
              <p className={styles.fault} role="alert">
                {t('completeness.failed')}
              </p>
            ) : (
              <Skeleton height={HEAD + ROW * days} />
            )}
          </Panel>
          <FilesPanel one={one.data} />
          <RefusalsPanel refusals={one.data.refusals} now={now} />
        </div>
        <div className={styles.column}>
          <Facts one={one.data} />
          <TestModePanel one={one.data} />
          <ConnectPanel one={one.data} />
        </div>
      </div>
    </div>
  )
}

function Facts({ one: { source, now } }: { one: One }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { clock, heardAt, newestAt, today, usualToday, id } = source
  const median = clock.median === null ? null : format.duration(Math.abs(clock.median) / 1000)
  const clockWords = {
    right: t('clock.right', { by: median ?? '' }),
    ahead: t('clock.ahead', { by: median ?? '', share: format.percent(clock.future) }),
    behind: t('clock.behind', { by: median ?? '' }),
    unknown: t('clock.unknown', { n: format.number(clock.n) }),
  }[clock.is]
  const facts = [
    [t('fact.id'), id],
    [t('column.heard'), heardAt === null ? '—' : format.when(heardAt, now)],
    [t('column.newest'), newestAt === null ? '—' : format.when(newestAt, now)],
    [
      t('column.today'),
      `${format.number(today)}, ${usualToday === null ? t('usualUnknown') : t('usual', { n: format.number(usualToday) })}`,
    ],
    [t('fact.clock'), clockWords],
  ] as const
  return (
    <Panel title={t('fact.title')}>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function ConnectPanel({ one: { source, connect } }: { one: One }) {
  const { t } = useTranslation('sources')
  return (
    <Panel title={t('connect.title')}>
      <p className={styles.words}>{t(`connect.${source.kind}`)}</p>
      {connect.address ? (
        <dl className={styles.facts}>
          <div>
            <dt>{t('connect.address')}</dt>
            <dd>
              <code>{connect.address}</code>
            </dd>
          </div>
          <div>
            <dt>{t('connect.key')}</dt>
            <dd>
              <code>{connect.key}</code>
            </dd>
          </div>
        </dl>
      ) : null}
    </Panel>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import type { OutageLine, Running, State } from './answers.ts'
import { RunningClock } from './running-clock.tsx'
import styles from './running-panel.module.css'
import { type RunningBar, type RunningView, runningView } from './running-view.ts'
import { type Trouble, troublesOf } from './troubles.ts'
import { useOutages } from './use-outages.ts'

const ROWS = 4

/** Clocks that run: outages and emergencies, or where a city knows neither, what is overdue longest. */
export function RunningPanel({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation(['outages', 'overview'])
  const format = useFormat()
  const { data } = useQuery(api.overview.running.queryOptions({ district }))
  const outages = useOutages(district)
  if (!data)
    return (
      <Panel title={t('panel.title')}>
        <Skeleton height={140} />
      </Panel>
    )
  const { emergency, overdue } = state
  const standing = outages.filter(({ state: is }) => is === 'in_force' || is === 'suspected')
  const known = data.kind === 'emergency' || standing.length > 0 || data.rows.length === 0
  const emergencies = data.kind === 'emergency' || !known ? data.rows : []
  const rows = troublesOf(outages, emergencies, state.now, ROWS)
  return (
    <Panel
      title={t(known ? 'panel.title' : 'panel.overdueTitle')}
      note={
        known
          ? t('panel.note', {
              outages: format.number(standing.length),
              emergencies: format.number(emergency.value),
            })
          : t('panel.overdueNote', {
              shown: format.number(rows.length),
              n: format.number(overdue?.value ?? 0),
            })
      }
      actions={
        standing.length > 0 ? (
          <Link to="/outages">{t('overview:all')}</Link>
        ) : (
          <Link
            to="/requests"
            search={
              known
                ? { district, priority: ['emergency'], is: ['open'] }
                : { district, is: ['overdue'] }
            }
          >
            {t('overview:all')}
          </Link>
        )
      }
    >
      {rows.length === 0 ? (
        <EmptyState what={t('panel.none')} todo={t('panel.noneTodo')} />
      ) : (
        <RunningList rows={rows} now={state.now} />
      )}
    </Panel>
  )
}

function RunningList({ rows, now }: { rows: readonly Trouble[]; now: number }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const view = runningView(rows, now)
  return (
    <div className={styles.list}>
      <div className={styles.axis} aria-hidden="true">
        <span className={styles.ends}>
          <span className={view.nowAt < 0.5 ? styles.near : undefined}>
            {t('panel.before', { time: format.duration(view.before / 1000) })}
          </span>
          <strong style={{ left: `${view.nowAt * 100}%` }}>{format.clock(now)}</strong>
        </span>
        <span>{t('panel.columns')}</span>
      </div>
      <ul>
        {rows.map((row, at) => (
          <RunningRow key={row.key} row={row} now={now} view={view} bar={view.bars[at]} />
        ))}
      </ul>
    </div>
  )
}

interface RunningRowProps {
  row: Trouble
  now: number
  view: RunningView
  bar: RunningBar | undefined
}

function RunningRow({ row, now, view, bar }: RunningRowProps) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const due = row.dueAt
  const late = due !== null && due < now
  const left =
    due === null
      ? t(row.outage ? 'notPromised' : 'panel.noDue')
      : late
        ? t('panel.late', { time: format.duration((now - due) / 1000) })
        : t('panel.left', { time: format.duration((due - now) / 1000) })
  return (
    <li className={styles.row}>
      {row.outage ? (
        <OutageName outage={row.outage} />
      ) : (
        <EmergencyName emergency={row.emergency} late={late} />
      )}
      <RunningClock bar={bar} nowAt={view.nowAt} suspected={row.outage?.state === 'suspected'} />
      <span className={styles.time}>
        <strong>{format.duration((now - row.registeredAt) / 1000)}</strong>
        <DueLink row={row} text={left} late={late} />
      </span>
    </li>
  )
}

function DueLink({ row, text, late }: { row: Trouble; text: string; late: boolean }) {
  const { t } = useTranslation('shell')
  if (row.outage || row.dueAt === null)
    return <span className={late ? styles.late : undefined}>{text}</span>
  return (
    <Link
      to="/requests/$request"
      params={{ request: row.emergency.number }}
      hash="basis"
      title={t('restsOn')}
      className={late ? styles.late : undefined}
    >
      {text}
    </Link>
  )
}

function OutageName({ outage }: { outage: OutageLine }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { announced, calls, count, place, resource, state } = outage
  const where = place.heatingPoint ?? (place.address && inLanguage(place.address, format.language))
  const calling = calls
    ? t('panel.calls', { count: calls.requests.length, n: format.number(calls.requests.length) })
    : null
  const houses = t('houses', { count, n: format.number(count) })
  // A heating point is told first where nobody announced the outage: it says where, and has room.
  const short = !announced && place.heatingPoint !== null
  return (
    <Link
      to="/outages"
      hash={state}
      className={styles.name}
      title={[t(`resource.${resource}`), where, houses, calling].filter(Boolean).join(', ')}
    >
      <strong>
        {announced ? null : <StatusShape kind="watch" size={12} />} {t(`resource.${resource}`)},{' '}
        {short ? place.heatingPoint : houses}
      </strong>
      <span>
        {[
          announced ? t(announced.planned ? 'kind.planned' : 'kind.accident') : t('kind.suspected'),
          short ? houses : announced ? where : (calling ?? where),
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </Link>
  )
}

function EmergencyName({
  emergency: { number, category, building, organization },
  late,
}: {
  emergency: Running['rows'][number]
  late: boolean
}) {
  const { t } = useTranslation('overview')
  const { language } = useFormat()
  return (
    <Link to="/requests/$request" params={{ request: number }} className={styles.name}>
      <strong>
        {late ? <StatusShape kind="danger" size={12} /> : null}{' '}
        {category ? inLanguage(category, language) : number}
      </strong>
      <span>
        {building ? inLanguage(building.address, language) : t('noAddress')}
        {organization ? <em> {t('quoted', { name: organization.name })}</em> : null}
      </span>
    </Link>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { useSize } from '#web/ui/use-size.ts'
import type { Running, State } from './answers.ts'
import styles from './running-panel.module.css'
import { type RunningBar, type RunningView, runningView } from './running-view.ts'

const ROWS = 4

/** Clocks that run: emergencies, or where a city tells none apart, what is overdue longest. */
export function RunningPanel({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { data } = useQuery(api.overview.running.queryOptions({ district }))
  if (!data)
    return (
      <Panel title={t('running.emergency')}>
        <Skeleton height={140} />
      </Panel>
    )
  const rows = data.rows.slice(0, ROWS)
  const isEmergency = data.kind === 'emergency'
  const { emergency, overdue } = state
  return (
    <Panel
      title={t(`running.${data.kind}`)}
      note={
        isEmergency
          ? t('running.emergencyNote', {
              shown: format.number(rows.length),
              n: format.number(emergency.value),
              late: format.number(emergency.overdue),
            })
          : t('running.overdueNote', {
              shown: format.number(rows.length),
              n: format.number(overdue?.value ?? 0),
            })
      }
      actions={
        <Link
          to="/requests"
          search={
            isEmergency
              ? { district, priority: ['emergency'], is: ['open'] }
              : { district, is: ['overdue'] }
          }
        >
          {t('all')}
        </Link>
      }
    >
      {rows.length === 0 ? (
        <EmptyState what={t('running.none')} todo={t('running.noneTodo')} />
      ) : (
        <RunningList rows={rows} now={state.now} />
      )}
    </Panel>
  )
}

function RunningList({ rows, now }: { rows: Running['rows']; now: number }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const view = runningView(rows, now)
  return (
    <div className={styles.list}>
      <div className={styles.axis} aria-hidden="true">
        <span className={styles.ends}>
          <span className={view.nowAt < 0.5 ? styles.near : undefined}>
            {t('running.before', { time: format.duration(view.before / 1000) })}
          </span>
          <strong style={{ left: `${view.nowAt * 100}%` }}>{format.clock(now)}</strong>
        </span>
        <span>{t('running.columns')}</span>
      </div>
      <ul>
        {rows.map((row, at) => (
          <RunningRow key={row.number} row={row} now={now} view={view} bar={view.bars[at]} />
        ))}
      </ul>
    </div>
  )
}

interface RunningRowProps {
  row: Running['rows'][number]
  now: number
  view: RunningView
  bar: RunningBar | undefined
}

function RunningRow({ row, now, view, bar }: RunningRowProps) {
  const { t } = useTranslation('overview')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const late = row.dueAt !== null && row.dueAt < now
  const what = row.category ? inLanguage(row.category, format.language) : row.number
  const where = row.building ? inLanguage(row.building.address, format.language) : t('noAddress')
  const due = row.dueAt
  return (
    <li className={styles.row}>
      <Link to="/requests/$request" params={{ request: row.number }} className={styles.name}>
        <strong>{what}</strong>
        <span>
          {where}
          {row.organization ? <em> «{row.organization.name}»</em> : null}
        </span>
      </Link>
      <Clock bar={bar} nowAt={view.nowAt} />
      <span className={styles.time}>
        <strong>{format.duration((now - row.registeredAt) / 1000)}</strong>
        {due === null ? (
          <span>{t('running.noDue')}</span>
        ) : (
          <Link
            to="/requests/$request"
            params={{ request: row.number }}
            hash="basis"
            title={shell('restsOn')}
            className={late ? styles.late : undefined}
          >
            {late
              ? t('running.late', { time: format.duration((now - due) / 1000) })
              : t('running.left', { time: format.duration((due - now) / 1000) })}
          </Link>
        )}
      </span>
    </li>
  )
}

/** Ink while within the limit, orange past it, an outline for what is promised. */
function Clock({ bar, nowAt }: { bar: RunningBar | undefined; nowAt: number }) {
  const [ref, { width, height }] = useSize<HTMLSpanElement>()
  if (!bar) return <span />
  const x = (share: number) => share * width
  const middle = height / 2
  const end = bar.due !== null && bar.due < bar.now ? bar.due : bar.now
  return (
    <span className={styles.clock} ref={ref} aria-hidden="true">
      {width > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
          {[0, 0.4, 0.8, 1].map((share) => (
            <path
              key={share}
              className={share === 0.8 ? styles.now : styles.grid}
              d={`M${Math.min(width - 0.5, Math.round(x(share === 0.8 ? nowAt : share)) + 0.5)} 0V${height}`}
            />
          ))}
          <rect
            className={styles.elapsed}
            x={x(bar.from)}
            width={Math.max(1, x(end) - x(bar.from))}
            y={middle - 5}
            height={10}
          />
          {bar.cut ? (
            <path className={styles.notch} d={`M3 ${middle - 6}L-1 ${middle}L3 ${middle + 6}`} />
          ) : null}
          {bar.due !== null && bar.due < bar.now ? (
            <rect
              className={styles.over}
              x={x(bar.due)}
              width={Math.max(1, x(bar.now) - x(bar.due))}
              y={middle - 5}
              height={10}
            />
          ) : null}
          {bar.due !== null && bar.due > bar.now ? (
            <path
              className={styles.promised}
              d={`M${x(bar.now)} ${middle - 4.5}H${x(bar.due)}M${x(bar.now)} ${middle + 4.5}H${x(bar.due)}`}
            />
          ) : null}
          {bar.due === null ? null : (
            <rect
              className={styles.due}
              x={x(bar.due) - 0.75}
              width="1.5"
              y={middle - 8}
              height="16"
            />
          )}
        </svg>
      ) : null}
    </span>
  )
}

import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inflowChange } from '#web/chart/inflow-change.ts'
import { InflowChart } from '#web/chart/inflow-chart.tsx'
import { InflowTable } from '#web/chart/inflow-table.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { AsTable } from '#web/ui/states.tsx'
import type { Day } from './answers.ts'
import { rowsOfDay, type Scope } from './scope.ts'
import styles from './today-page.module.css'

/** Hour by hour over the band of comparable days; each hour opens its rows. */
export function HoursPanel({ day, scope }: { day: Day; scope: Scope }) {
  const { t } = useTranslation('overview')
  const { t: today } = useTranslation('today')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const [table, setTable] = useState(false)
  const { inflow, hour, now } = day
  const rows = (h: number) => ({ ...rowsOfDay(scope, day.today), hour: [String(h)] })
  const opens = (h: number) =>
    today('hours.open', { hours: `${h}–${h + 1}`, n: format.number(inflow.today[h] ?? 0) })
  return (
    <Panel
      title={t('inflow.title')}
      note={t('inflow.note')}
      finding={<Finding day={day} />}
      actions={
        <AsTable
          pressed={table}
          onToggle={() => setTable(!table)}
          label={shell(table ? 'asChart' : 'asTable')}
        />
      }
    >
      <div className={styles.room}>
        {table ? (
          <InflowTable
            inflow={inflow}
            hour={hour}
            link={(h, text) => (
              <Link to="/requests" search={rows(h)}>
                {text}
              </Link>
            )}
          />
        ) : (
          <InflowChart
            inflow={inflow}
            now={now}
            hour={hour}
            link={(h) => (
              <Link
                to="/requests"
                search={rows(h)}
                title={opens(h)}
                aria-label={opens(h)}
                tabIndex={-1}
              />
            )}
          />
        )}
      </div>
    </Panel>
  )
}

function Finding({ day: { inflow, hour, ended, span } }: { day: Day }) {
  const { t } = useTranslation('overview')
  const { t: today } = useTranslation('today')
  const format = useFormat()
  const { usual } = inflow
  const change = inflowChange(inflow)
  if (ended && span) return t('noNewSince', { day: format.dayShort(span.last) })
  if (!usual) return t('inflow.findingLittle', { n: format.number(inflow.days) })
  const found =
    usual.above.hours > 0
      ? t('inflow.findingAbove', {
          count: usual.above.hours,
          hours: format.number(usual.above.hours),
          of: format.number(Math.floor(hour)),
          requests: format.number(usual.above.requests),
          median: format.number(usual.above.median),
        })
      : change?.outside
        ? t(change.share < 0 ? 'inflow.findingLess' : 'inflow.findingMore', {
            change: format.percent(Math.abs(change.share)),
          })
        : t('inflow.findingUsual', { day: format.weekdayFor(inflow.alike) })
  if (usual.massDays === 0) return found
  return `${found}. ${today('hours.mass', {
    count: usual.massDays,
    n: format.number(usual.massDays),
    all: format.number(inflow.days),
  })}`
}

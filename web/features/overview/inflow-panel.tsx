import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { AsTable } from '#web/ui/states.tsx'
import type { State } from './answers.ts'
import { inflowChange } from './inflow-change.ts'
import { InflowChart } from './inflow-chart.tsx'
import styles from './inflow-panel.module.css'
import { useNoComparison } from './use-no-comparison.ts'

interface InflowPanelProps {
  state: State
  hour: number
  weekday: number
}

export function InflowPanel({ state, hour, weekday }: InflowPanelProps) {
  const { t } = useTranslation('overview')
  const { t: shell } = useTranslation('shell')
  const [table, setTable] = useState(false)
  return (
    <Panel
      title={t('inflow.title')}
      note={t('inflow.note')}
      finding={<Finding state={state} weekday={weekday} />}
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
          <InflowTable state={state} hour={hour} />
        ) : (
          <InflowChart inflow={state.inflow} now={state.now} hour={hour} weekday={weekday} />
        )}
      </div>
    </Panel>
  )
}

/** What the chart shows, in words. */
function Finding({ state, weekday }: { state: State; weekday: number }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { inflow } = state
  const { usual } = inflow
  const change = inflowChange(inflow)
  const noComparison = useNoComparison(state)
  if (state.ended) return noComparison
  if (!usual) return t('inflow.findingLittle', { n: format.number(inflow.days) })
  if (usual.above.hours > 0)
    return t('inflow.findingAbove', {
      count: usual.above.hours,
      hours: format.number(usual.above.hours),
      requests: format.number(usual.above.requests),
      median: format.number(usual.above.median),
    })
  if (change?.outside)
    return t(change.share < 0 ? 'inflow.findingLess' : 'inflow.findingMore', {
      change: format.percent(Math.abs(change.share)),
    })
  return t('inflow.findingUsual', { day: format.weekdayFor(weekday) })
}

function InflowTable({ state, hour }: { state: State; hour: number }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { today, usual } = state.inflow
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('inflow.hour')}</th>
            <th scope="col">{t('inflow.came')}</th>
            <th scope="col">{t('inflow.median')}</th>
            <th scope="col">{t('inflow.band')}</th>
            <th scope="col">{t('inflow.forecast')}</th>
          </tr>
        </thead>
        <tbody>
          {today.map((came, h) => {
            const expected = usual?.hours[h]
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour
              <tr key={h}>
                <th scope="row">{`${h}–${h + 1}`}</th>
                <td>{h < hour ? format.number(came) : '–'}</td>
                <td>{expected ? format.number(expected.median) : '–'}</td>
                <td>{expected ? format.range(expected.low, expected.high) : '–'}</td>
                <td>{expected?.forecast ? format.number(expected.forecast.mid) : '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

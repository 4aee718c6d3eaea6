import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inflowChange } from '#web/chart/inflow-change.ts'
import { InflowChart } from '#web/chart/inflow-chart.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { lazily } from '#web/ui/lazily.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { AsTable } from '#web/ui/states.tsx'
import type { State } from './answers.ts'
import styles from './inflow-panel.module.css'
import { useNoComparison } from './use-no-comparison.ts'

/** Behind the first load. */
const InflowTable = lazily(async () => ({
  default: (await import('#web/chart/inflow-table.tsx')).InflowTable,
}))

interface InflowPanelProps {
  state: State
  hour: number
}

export function InflowPanel({ state, hour }: InflowPanelProps) {
  const { t } = useTranslation('overview')
  const { t: shell } = useTranslation('shell')
  const [table, setTable] = useState(false)
  return (
    <Panel
      title={t('inflow.title')}
      note={t('inflow.note')}
      finding={<Finding state={state} hour={hour} />}
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
          <Suspense>
            <InflowTable inflow={state.inflow} hour={hour} />
          </Suspense>
        ) : (
          <InflowChart inflow={state.inflow} now={state.now} hour={hour} />
        )}
      </div>
    </Panel>
  )
}

/** What the chart shows, in words. */
function Finding({ state, hour }: InflowPanelProps) {
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
      of: format.number(Math.floor(hour)),
      requests: format.number(usual.above.requests),
      median: format.number(usual.above.median),
    })
  if (change?.outside)
    return t(change.share < 0 ? 'inflow.findingLess' : 'inflow.findingMore', {
      change: format.percent(Math.abs(change.share)),
    })
  return t('inflow.findingUsual', { day: format.weekdayFor(inflow.alike) })
}

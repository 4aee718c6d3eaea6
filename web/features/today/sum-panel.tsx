import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CumulativeChart } from '#web/chart/cumulative-chart.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { AsTable } from '#web/ui/states.tsx'
import type { Day } from './answers.ts'
import { Scroll } from './scroll.tsx'
import styles from './today-page.module.css'

/** What has come by each hour, and the end of the day. */
export function SumPanel({ day }: { day: Day }) {
  const { t } = useTranslation('today')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const [table, setTable] = useState(false)
  const { inflow, hour } = day
  const measured = inflow.usual?.forecast.measured
  return (
    <Panel
      title={t('sum.title')}
      finding={
        measured
          ? t('sum.measured', {
              hour: `${Math.floor(hour)}:00`,
              within: format.number(measured.within80),
              n: format.number(measured.days),
              share: format.percent(measured.within80 / measured.days),
            })
          : t('sum.notMeasured')
      }
      actions={
        <AsTable
          pressed={table}
          onToggle={() => setTable(!table)}
          label={shell(table ? 'asChart' : 'asTable')}
        />
      }
    >
      <div className={styles.room}>
        {table ? <SumTable day={day} /> : <CumulativeChart inflow={inflow} hour={hour} />}
      </div>
    </Panel>
  )
}

function SumTable({ day: { inflow, hour } }: { day: Day }) {
  const { t } = useTranslation('today')
  const { t: overview } = useTranslation('overview')
  const format = useFormat()
  const { today, usual } = inflow
  const came = (until: number) => today.slice(0, until).reduce((sum, value) => sum + value, 0)
  return (
    <Scroll label={t('sum.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('sum.until')}</th>
            <th scope="col">{overview('inflow.came')}</th>
            <th scope="col">{overview('inflow.median')}</th>
            <th scope="col">{overview('inflow.band')}</th>
          </tr>
        </thead>
        <tbody>
          {today.map((_, h) => {
            const expected = usual?.cumulative[h + 1]
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour
              <tr key={h}>
                <th scope="row">{`${h + 1}:00`}</th>
                <td>{h + 1 <= hour ? format.number(came(h + 1)) : '–'}</td>
                <td>{expected ? format.number(expected.median) : '–'}</td>
                <td>{expected ? format.range(expected.low, expected.high) : '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroll>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './inflow-table.module.css'
import type { Inflow } from './inflow-view.ts'

interface InflowTableProps {
  inflow: Inflow
  /** Local hour with fraction. */
  hour: number
  /** Opens what came in an hour. */
  link?: (hour: number, text: string) => ReactNode
}

/** The hour that runs is told up to now: its count is not that of a whole one. */
const timeOf = (hour: number) =>
  `${Math.floor(hour)}:${String(Math.floor((hour % 1) * 60 + 1e-6)).padStart(2, '0')}`

/** The chart of a day's hours as numbers. */
export function InflowTable({ inflow, hour, link }: InflowTableProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { today, usual } = inflow
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
                <th scope="row">{`${h}–${h < hour && hour < h + 1 ? timeOf(hour) : h + 1}`}</th>
                <td>{h < hour ? (link?.(h, format.number(came)) ?? format.number(came)) : '–'}</td>
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

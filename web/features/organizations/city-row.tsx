import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Comparison } from './rows.ts'
import { inUnit, type TimeUnit } from './scales.ts'
import styles from './table.module.css'

export interface CityFigures {
  shares: Answer['organizations']['shares']['city'] | undefined
  responses: Answer['organizations']['responses']['city'] | undefined
  resolutions: Answer['organizations']['resolutions']['city'] | undefined
}

interface CityRowProps {
  comparison: Comparison
  city: CityFigures
  unit: TimeUnit
  /** Of the resolution, where the pace is compared. */
  slow: TimeUnit
}

/** The city: what was observed is what was expected, which is the check that the comparison adds up. */
export function CityRow({ comparison, city, unit, slow }: CityRowProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { units, nobody, measure } = comparison
  const buildings = units.reduce((sum, unit) => sum + unit.buildings, 0)
  const expected = units.reduce((sum, unit) => sum + unit.expected, nobody?.expected ?? 0)
  const median = city.responses?.median?.value ?? null
  const resolution = city.resolutions?.median?.value ?? null
  return (
    <tfoot>
      <tr>
        <td className={styles.check} />
        <th scope="row" className={styles.name}>
          {t('table.city')} {buildings > 0 ? <span>{format.number(buildings)}</span> : null}
        </th>
        <td className={styles.ground} />
        <td className={styles.n}>{format.number(comparison.city.n)}</td>
        <td colSpan={2} className={styles.balance}>
          {t(`table.balance.${measure}`, {
            observed: format.number(comparison.city.observed),
            expected: format.number(expected),
          })}
          {nobody ? (
            <small>{t('table.nobody', { count: nobody.n, n: format.number(nobody.n) })}</small>
          ) : null}
        </td>
        <td className={styles.wide} />
        <td className={`${styles.wide} ${styles.figure}`}>
          {measure === 'pace'
            ? resolution === null
              ? ''
              : inUnit(format, resolution, slow)
            : comparison.city.share
              ? format.percent(comparison.city.share.share, 1)
              : ''}
        </td>
        <td className={styles.wide} />
        <td className={`${styles.wide} ${styles.figure}`}>
          {median === null ? '' : inUnit(format, median, unit)}
        </td>
        <td className={styles.wide} />
        <td className={`${styles.wide} ${styles.figure}`}>
          {city.shares?.withinNorm ? format.percent(city.shares.withinNorm.share) : ''}
        </td>
        <td className={styles.wide} />
        <td className={`${styles.wide} ${styles.figure}`}>
          {city.shares?.confirmed ? format.percent(city.shares.confirmed.share) : ''}
        </td>
      </tr>
    </tfoot>
  )
}

import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './organizations.module.css'
import { heightAt, type Waiting } from './survival-curves.ts'

/** The curves as numbers, at the marks of the axis. */
export function SurvivalTable({
  waiting,
  tick,
}: {
  waiting: Waiting
  tick: (seconds: number) => string
}) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const bandAt = (seconds: number) => {
    const vertex = waiting.curve.findLast(([time]) => time <= seconds)
    return vertex && vertex[2] !== null && vertex[3] !== null
      ? format.percentRange(vertex[2], vertex[3])
      : ''
  }
  return (
    <table className={styles.plain}>
      <thead>
        <tr>
          <th scope="col">{t('survival.columns.time')}</th>
          {(['own', 'interval', 'city', 'atRisk'] as const).map((column) => (
            <th key={column} scope="col" className={styles.right}>
              {t(`survival.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {waiting.atRisk.map(({ seconds, n }) => (
          <tr key={seconds}>
            <th scope="row">{tick(seconds)}</th>
            <td className={styles.right}>{format.percent(heightAt(waiting.curve, seconds))}</td>
            <td className={styles.right}>{bandAt(seconds)}</td>
            <td className={styles.right}>
              {format.percent(heightAt(waiting.city.curve, seconds))}
            </td>
            <td className={styles.right}>{format.number(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Card } from './card.ts'
import styles from './request-tables.module.css'
import { ScrollBox } from './scroll-box.tsx'
import { useTenureWords } from './tenure-words.ts'

/** The year in rows, the latest week first. */
export function YearTable({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const managed = useTenureWords(card)
  const { usual } = card.year
  const rows = card.year.weeks.map((week, index) => ({ ...week, index })).toReversed()
  return (
    <ScrollBox label={t('year.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('year.week')}</th>
            <th scope="col" className={styles.end}>
              {t('year.requests')}
            </th>
            <th scope="col" className={styles.end}>
              {t('year.returned')}
            </th>
            {usual ? (
              <th scope="col" className={styles.end}>
                {t('year.usualShort')}
              </th>
            ) : null}
            <th scope="col" className={styles.last}>
              {t('year.managed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ week, requests, returned, index }) => (
            <tr key={week}>
              <td>{format.days(week, week + 6)}</td>
              <td className={styles.end}>{format.number(requests)}</td>
              <td className={styles.end}>{format.number(returned)}</td>
              {usual ? (
                <td className={styles.end}>
                  {format.range(usual.low[index] ?? 0, usual.high[index] ?? 0)}
                </td>
              ) : null}
              <td className={styles.last}>
                {managed(week)
                  .map(({ name }) => name)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

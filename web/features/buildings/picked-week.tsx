import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import text from '#web/ui/text.module.css'
import styles from './building.module.css'
import type { Card } from './card.ts'
import { useTenureWords } from './tenure-words.ts'

interface PickedWeekProps {
  card: Card
  week: number
  onClear: () => void
}

/** One week: its requests, and who managed the building then. */
export function PickedWeek({ card, week, onClear }: PickedWeekProps) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const managed = useTenureWords(card)
  const index = card.year.weeks.findIndex((known) => known.week === week)
  const counted = card.year.weeks[index]
  if (!counted) return null
  const { usual } = card.year
  return (
    <div className={styles.picked} aria-live="polite">
      <p>
        <strong>{format.days(week, week + 6)}</strong>:{' '}
        {t('year.pickedRequests', { count: counted.requests, n: format.number(counted.requests) })}
        {counted.returned > 0
          ? `, ${t('year.pickedReturned', { n: format.number(counted.returned) })}`
          : null}
        {usual
          ? `, ${t('year.pickedUsual', {
              low: format.number(usual.low[index] ?? 0),
              high: format.number(usual.high[index] ?? 0),
            })}`
          : null}
        .
      </p>
      <ul>
        {managed(week).map(({ tenure, name, span }) => (
          <li key={tenure.start}>
            {tenure.organization ? (
              <Link
                to="/organizations/$organization"
                params={{ organization: tenure.organization.id }}
                className={styles.who}
              >
                {name}
              </Link>
            ) : (
              <strong>{name}</strong>
            )}
            <span className={text.quiet}> {span}</span>
          </li>
        ))}
      </ul>
      <Link
        to="/requests"
        search={{ building: [card.building.id], from: isoOf(week), to: isoOf(week + 7) }}
        className={text.link}
      >
        {t('year.rows')}
      </Link>
      <button type="button" className={text.link} onClick={onClear}>
        {t('year.clear')}
      </button>
    </div>
  )
}

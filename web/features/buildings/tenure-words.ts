import { useTranslation } from 'react-i18next'
import { dayOfInstant } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Card } from './card.ts'

/** Who managed the building in a week that begins on a day, in order; two where it changed within the week. */
export function useTenureWords(card: Card) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  return (week: number) =>
    card.tenures
      .filter(
        ({ start, end }) =>
          dayOfInstant(start, format.zone) < week + 7 &&
          (end === null || dayOfInstant(end, format.zone) > week),
      )
      .map((tenure) => ({
        tenure,
        name: tenure.organization?.name ?? t('year.nobody'),
        span:
          tenure.end === null
            ? t('year.since', { date: format.date(tenure.start) })
            : t('year.span', { from: format.date(tenure.start), to: format.date(tenure.end) }),
      }))
}

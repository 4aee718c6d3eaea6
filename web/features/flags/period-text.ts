import type { useTranslation } from 'react-i18next'
import { dayOfIso } from '#web/lib/city-time.ts'
import type { Format } from '#web/lib/format.ts'

type T = ReturnType<typeof useTranslation<'flags'>>['t']

/** What was evaluated, as of when, and from which state of the data. */
export function periodText(
  t: T,
  format: Format,
  of: { period: { from: string; to: string; cut: number }; revision: number },
): string {
  const { from, to, cut } = of.period
  return t('sheet.frozen', {
    period: format.days(dayOfIso(from), dayOfIso(to) - 1),
    cut: format.dateTime(cut),
    revision: String(of.revision),
  })
}

import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Queue } from './answers.ts'

/** When a queue clears, as short words: never a bare date. */
export function useQueueWords(form: 'long' | 'short' = 'long') {
  const { t } = useTranslation('today')
  const format = useFormat()
  const days = (from: number | null, to: number | null) => {
    const last = to ?? from ?? 0
    return t('queue.days', {
      count: last,
      range: from === null || from === last ? format.number(last) : format.range(from, last),
    })
  }
  const key = form === 'long' ? 'queue' : 'tiles'
  return ({ outcome, sooner, later }: Queue) =>
    outcome === 'clears'
      ? t(`${key}.clears`, { days: days(sooner, later) })
      : outcome === 'maybe'
        ? t(`${key}.maybe`, { days: days(sooner, null) })
        : t(`${key}.${outcome}`)
}

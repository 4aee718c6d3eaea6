import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { State } from './answers.ts'

/** Why nothing is said of what is usual. */
export function useNoComparison({ span, ended }: State): string {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return span && ended ? t('noNewSince', { day: format.dayShort(span.last) }) : t('littleHistory')
}

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'

/** 5 мин, 2 ч, 3 д, 2 нед: one unit, whole. */
export function useTick(): (seconds: number) => string {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  return useCallback(
    (seconds: number) => {
      if (seconds % 604_800 === 0)
        return t('survival.weeks', { n: format.number(seconds / 604_800) })
      if (seconds % 86_400 === 0 || seconds > 14 * 86_400)
        return t('survival.days', { n: format.number(Math.round(seconds / 86_400)) })
      return format.age(seconds)
    },
    [t, format],
  )
}

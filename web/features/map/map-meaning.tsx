import { useTranslation } from 'react-i18next'
import { type ComparedDays, WINDOW_OF } from '#server/contract/geometry.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Scale } from '#web/map/layers.ts'
import { COMPARED } from './compared.ts'
import { CHANGE_DAYS } from './use-map-rows.ts'

/** What a colour means, in a sentence. */
export function MapMeaning({ scale, days }: { scale: Scale; days: ComparedDays | undefined }) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { instant, period } = COMPARED[days ?? CHANGE_DAYS]
  if (scale === 'change') {
    const length = WINDOW_OF[days ?? CHANGE_DAYS]
    return t('meaning.change', {
      days: t('vs.length', { count: length, n: number(length) }),
      past: t(period),
    })
  }
  if (scale === 'difference' || scale === 'rateDifference')
    return t(`meaning.${scale}`, { past: t(instant) })
  return t(`meaning.${scale}`)
}

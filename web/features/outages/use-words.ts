import { useTranslation } from 'react-i18next'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Line } from './answers.ts'

/** «ЦТП-3», «ул. Абая, 12 и рядом»; empty where nothing is known. */
export function usePlace(line: {
  place: { heatingPoint: string | null; address: Words | null; district: Words | null }
  count: number
}): string {
  const { t } = useTranslation('outages')
  const { language } = useFormat()
  const { heatingPoint, address, district } = line.place
  const where = address && inLanguage(address, language)
  const near = where && (line.count > 1 ? t('near', { address: where }) : where)
  return [heatingPoint, near, district && inLanguage(district, language)].filter(Boolean).join(', ')
}

/** «11 квартир за 40 минут, обычно 0,4»: the numbers that made the suspicion, at their strongest. */
export function useWhy() {
  const { t } = useTranslation('outages')
  const format = useFormat()
  return ({ evidence }: NonNullable<Line['calls']>) => {
    const { apartments, windowMin, radiusKm, expected } = evidence
    return t('why', {
      count: apartments,
      n: format.number(apartments),
      window: format.duration(windowMin * 60),
      radius: t('km', { n: format.number(radiusKm, 1) }),
      usual:
        expected < 0.1
          ? t('lessThan', { n: format.number(0.1, 1) })
          : format.number(expected, expected < 10 ? 1 : 0),
    })
  }
}

import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { OutageRow } from './answers.ts'

/** «Жылу жоқ сияқты»; «ЦТП-2, 14 үй». A row has room for few words; the sentence above says what it looks like. */
export function useOutageNames(row: OutageRow): { title: string; where: string } {
  const { t } = useTranslation('outages')
  const { language, number } = useFormat()
  const { kind, resource, category, address, district, heatingPoint, houses } = row
  const here = address && inLanguage(address, language)
  if (!resource)
    return {
      title: category ? inLanguage(category, language) : '',
      where: here ?? (district ? inLanguage(district, language) : ''),
    }
  const what = t(`gone.${resource}`)
  const title =
    kind === 'suspected'
      ? t('asked', { what })
      : `${what}: ${t(kind === 'planned' ? 'kind.planned' : 'kind.accident')}`
  const place = heatingPoint ?? here ?? (district && inLanguage(district, language))
  const count = t('houses', { count: houses, n: number(houses) })
  return { title, where: place ? `${place}, ${count}` : count }
}

import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Phrase } from '#web/ui/phrase.tsx'
import { NumberLink } from '#web/ui/sentence.tsx'
import { useOutages } from './use-outages.ts'

/** «Похоже на отключение тепла: 14 домов у ЦТП-2.» Nothing where nothing is suspected. */
export function SuspicionClause({ district }: { district: readonly string[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const suspected = useOutages(district).filter(({ state }) => state === 'suspected')
  const [first] = suspected
  if (!first) return null
  const { resource, count, place } = first
  const where = place.district ?? place.address
  const near = where && inLanguage(where, format.language)
  const text =
    suspected.length > 1
      ? t('sentence.suspected.several', { n: format.number(suspected.length) })
      : t(`sentence.suspected.${resource as 'heating'}`, {
          houses: t('sentence.houses', { count, n: format.number(count) }),
          place: place.heatingPoint
            ? t('sentence.at', { place: place.heatingPoint })
            : near
              ? t('sentence.near', { place: near })
              : '',
        })
  const link = (words: string) => (
    <NumberLink to="/outages" hash="suspected">
      {words}
    </NumberLink>
  )
  return <Phrase text={text} links={[link]} />
}

import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { isOfAnInstant, type Measure } from '#web/map/layers.ts'
import { SentenceSkeleton } from '#web/ui/sentence.tsx'
import { COMPARED } from './compared.ts'
import type { MapSearch } from './search.ts'

/** Numbers of about the length of those that come: requests are many, houses that are not as usual few. */
const MANY = 1000
const FEW = 5

/** Holds the room of the sentence while its numbers are on their way, so that the map does not move when they come. */
export function SentenceAwaited({ measure, vs }: { measure: Measure; vs: MapSearch['vs'] }) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const n = number(FEW)
  const numbers = { count: FEW, n, all: number(MANY), chance: n }
  const some = { count: MANY, n: number(MANY) }
  const requests = t('sentence.open', some)
  const compared = vs && `: ${t('sentence.more', { n, past: t(COMPARED[vs].instant) })}`
  const words = {
    change: () => t('sentence.changed', numbers),
    deviation: () => t('sentence.deviating', numbers),
    silence: () => t('sentence.silent', numbers),
    intensity: () => t('sentence.intensity', { requests, rate: n }),
    counted: () => t('sentence.openIn', { requests, buildings: t('sentence.inBuildings', some) }),
    compared: () => t('sentence.nowOpen', { requests }) + compared,
  }
  const isCounted = measure === 'open' || measure === 'overdue' || measure === 'emergency'
  const kind = compared && isOfAnInstant(measure) ? 'compared' : isCounted ? 'counted' : measure
  return <SentenceSkeleton like={words[kind]().replaceAll(/<\/?\w>/g, '')} />
}

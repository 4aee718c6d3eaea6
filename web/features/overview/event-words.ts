import { useTranslation } from 'react-i18next'
import type { LiveEvent } from '#server/contract/live.ts'
import words from '#server/contract/words/ru.ts'

type Known = keyof typeof words.event
const isKnown = (type: string): type is Known => type in words.event

/** The word of an event and how loud it is: new and reopened loud, closings quiet. */
export function useEventWords() {
  const { t } = useTranslation('overview')
  const { t: domain } = useTranslation('words')
  return ({ type, priority }: LiveEvent): { word: string; weight: 'loud' | 'quiet' } => {
    const name = type.replace(/^request\./, '')
    if (name === 'registered')
      return {
        word: t(priority === 'emergency' ? 'events.emergency' : 'events.new'),
        weight: 'loud',
      }
    const word = isKnown(name) ? domain(`event.${name}`) : name
    return {
      word,
      weight: name === 'reopened' || name === 'rejected_by_resident' ? 'loud' : 'quiet',
    }
  }
}

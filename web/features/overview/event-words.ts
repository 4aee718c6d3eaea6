import { useTranslation } from 'react-i18next'
import type { LiveEvent } from '#server/contract/live.ts'
import ru from '#web/i18n/ru/overview.ts'

type Word = keyof typeof ru.events.words
const nameOf = ({ type }: LiveEvent) => type.replace(/^request\./, '')
const isWord = (name: string): name is Word => name in ru.events.words

/** Steps inside an organization are not told here; beginnings, endings and returns are. */
export const isTelling = (event: LiveEvent) => isWord(nameOf(event))

const LOUD: ReadonlySet<string> = new Set<Word>(['registered', 'reopened', 'rejected_by_resident'])

/** The word of an event and how loud it is: new and returned loud, closings quiet. */
export function useEventWords() {
  const { t } = useTranslation('overview')
  return (event: LiveEvent): { word: string; weight: 'loud' | 'quiet' } => {
    const name = nameOf(event)
    if (name === 'registered' && event.priority === 'emergency')
      return { word: t('events.emergency'), weight: 'loud' }
    const word = isWord(name) ? t(`events.words.${name}`) : name
    return { word, weight: LOUD.has(name) ? 'loud' : 'quiet' }
  }
}

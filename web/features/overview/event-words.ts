import { useTranslation } from 'react-i18next'
import type { LiveEvent } from '#server/contract/live.ts'

/** Steps inside an organization are not told here; beginnings, endings and returns are. */
const WORDS = [
  'registered',
  'localised',
  'deferred',
  'returned_for_rework',
  'confirmed',
  'closed_no_response',
  'closed',
  'rejected_by_resident',
  'reopened',
  'refused',
  'cancelled',
  'marked_duplicate',
  'forwarded',
  'transferred',
  'repeat_linked',
] as const
const LOUD: readonly string[] = ['registered', 'reopened', 'rejected_by_resident']

const wordOf = ({ type }: Pick<LiveEvent, 'type'>) =>
  WORDS.find((word) => type === `request.${word}`)

export const isTelling = (event: Pick<LiveEvent, 'type'>) => wordOf(event) !== undefined

/** The word of an event and how loud it is: new and returned loud, closings quiet. */
export function useEventWords() {
  const { t } = useTranslation('overview')
  return (
    event: Pick<LiveEvent, 'type' | 'priority'>,
  ): { word: string; weight: 'loud' | 'quiet' } => {
    const known = wordOf(event)
    if (known === 'registered' && event.priority === 'emergency')
      return { word: t('events.emergency'), weight: 'loud' }
    const word = known ? t(`events.words.${known}`) : event.type
    return { word, weight: known && LOUD.includes(known) ? 'loud' : 'quiet' }
  }
}

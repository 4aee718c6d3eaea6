import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import {
  CHANNELS,
  inLanguage,
  KINDS,
  MARKS,
  OUTCOMES,
  PRIORITIES,
  STATES,
} from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import { Option } from '#web/ui/option.tsx'
import type { ChoiceField } from './choice-fields.ts'
import styles from './requests.module.css'

interface Choice {
  id: string
  name: string
}

const WORDS = {
  is: [
    'open',
    'overdue',
    'late',
    'closed',
    'reopened',
    'marked',
    'transferred',
    'appeal',
    'message',
    'unaddressed',
    'hiddenRepeat',
    'duplicate',
    'misdirected',
    'downgraded',
    'incidentHead',
  ],
  test: ['with', 'only'],
  priority: PRIORITIES,
  state: STATES,
  outcome: OUTCOMES,
  channel: CHANNELS,
  kind: KINDS,
  mark: MARKS,
} as const satisfies Partial<Record<keyof Filter, readonly string[]>>
const isWords = (field: ChoiceField): field is keyof typeof WORDS => field in WORDS

/** A longer list gets a field to search in, and shows at most so many at a time. */
const SEARCHED = 14
const SHOWN = 60

interface ChoiceListProps {
  field: ChoiceField
  chosen: readonly string[]
  onChoose: (chosen: string[]) => void
}

/** What a field can be narrowed to; several may be chosen. */
export default function ChoiceList({ field, chosen, onChoose }: ChoiceListProps) {
  const { t } = useTranslation(['requests', 'words'])
  const format = useFormat()
  const [text, setText] = useState('')
  const choices = useChoices(field)
  const wanted = text.trim().toLocaleLowerCase('ru')
  const found = choices.filter((choice) => choice.name.toLocaleLowerCase('ru').includes(wanted))
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <div className={styles.choices}>
      {choices.length > SEARCHED ? (
        <input
          type="search"
          className={styles.find}
          placeholder={t('find')}
          aria-label={t('find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      <div className={styles.choiceRows}>
        {found.slice(0, SHOWN).map((choice) => (
          <Option
            key={choice.id}
            chosen={chosen.includes(choice.id)}
            onChoose={() => toggle(choice.id)}
          >
            {choice.name}
          </Option>
        ))}
      </div>
      {found.length > SHOWN ? (
        <p className={styles.hint}>
          {t('moreChoices', { n: format.number(found.length - SHOWN) })}
        </p>
      ) : null}
      {found.length === 0 && choices.length > 0 ? (
        <p className={styles.hint}>{t('noChoice')}</p>
      ) : null}
    </div>
  )
}

function useChoices(field: ChoiceField): Choice[] {
  const { t } = useTranslation('words')
  const { language } = useFormat()
  const sourceName = useSourceName()
  const { data } = useQuery(
    api.requests.choices.queryOptions(undefined, {
      enabled: !isWords(field),
      staleTime: 300_000,
      meta: { live: false },
    }),
  )
  if (isWords(field))
    return WORDS[field].map((id) => ({ id, name: t(`${field}.${id}` as 'is.open') }))
  const named =
    field === 'category'
      ? data?.category.map(({ id, name }) => ({ id, name: inLanguage(name, language) }))
      : field === 'source'
        ? data?.source.map((id) => ({ id, name: sourceName(id) }))
        : data?.organization
  return (named ?? []).toSorted((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true }))
}

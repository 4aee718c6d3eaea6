import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import { Icon } from '#web/ui/icon.tsx'
import styles from './requests.module.css'
import { type Chip, chipsOf, filterOf, type PageSearch } from './search.ts'

type Names = Answer['requests']['named']

/** What the list is narrowed by; a click takes it away. */
export function Chips({ search, names }: { search: PageSearch; names: Names | undefined }) {
  const { t } = useTranslation(['requests', 'words'])
  const say = useChipWords(names)
  const chips = chipsOf(filterOf(search))
  if (chips.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={t('filters')}>
      {chips.map((chip) => {
        const value = say(chip)
        return (
          <li key={`${chip.field} ${chip.value}`}>
            <Link
              to="/requests"
              search={{ ...search, ...chip.rest }}
              replace
              className={styles.chip}
            >
              <span className="visually-hidden">{t('remove')}</span>
              <span className={styles.chipField}>{t(`words:field.${chip.field}`)}</span>
              {value}
              <Icon name="close" size={12} />
            </Link>
          </li>
        )
      })}
      {chips.length > 1 ? (
        <li>
          <Link
            to="/requests"
            search={{ sort: search.sort, cols: search.cols }}
            className={styles.clear}
          >
            {t('clear')}
          </Link>
        </li>
      ) : null}
    </ul>
  )
}

/** The value of a chip as the reader knows it; an id that nobody knows is shown as it is. */
function useChipWords(names: Names | undefined) {
  const { t } = useTranslation('words')
  const format = useFormat()
  const sourceName = useSourceName()
  const name = (found: Words | string | null | undefined, id: string) =>
    (typeof found === 'string' ? found : found && inLanguage(found, format.language)) || id
  return ({ field, value }: Chip): string => {
    switch (field) {
      case 'from':
      case 'to':
        return format.dayShort(dayOfIso(value))
      case 'source':
        return sourceName(value)
      case 'hour':
        return `${value}–${Number(value) + 1}`
      case 'closedIn':
        return format.dateTime(Date.parse(value.split('/')[0] ?? ''))
      case 'cut':
        return format.dateTime(Date.parse(value))
      case 'district':
      case 'organization':
      case 'contractor':
      case 'about':
      case 'building':
      case 'category':
      case 'norm':
        return name(names?.[field][value], value)
      case 'account':
      case 'scan':
      case 'closedMinute':
        return value
      default:
        return t(`${field}.${value}` as 'is.open')
    }
  }
}

import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { useNarrow } from '#web/table/use-narrow.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { lazily } from '#web/ui/lazily.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { CHOICE_FIELDS, type ChoiceField, RARE_FIELDS } from './choice-fields.ts'
import styles from './requests.module.css'
import type { PageSearch } from './search.ts'

const ChoiceList = lazily(() => import('./choice-list.tsx'))

/** One button for each field of the filter; what can be chosen is loaded when it is opened. */
export function FilterBar({ search }: { search: PageSearch }) {
  const { t } = useTranslation(['requests', 'words'])
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const [all, setAll] = useState(false)
  const shown = CHOICE_FIELDS.filter(
    (field) => all || !RARE_FIELDS.includes(field) || chosenOf(search, field).length > 0,
  )
  const chosen = CHOICE_FIELDS.reduce((sum, field) => sum + chosenOf(search, field).length, 0)
  return (
    <div className={styles.filters}>
      {narrow ? (
        <button
          type="button"
          className={styles.filterButton}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('filters')}
          {chosen > 0 ? <strong>{chosen}</strong> : null}
          <Icon name="down" size={12} />
        </button>
      ) : null}
      {!narrow || open ? (
        <>
          {shown.map((field) => (
            <FieldButton key={field} field={field} search={search} />
          ))}
          <button
            type="button"
            className={styles.moreButton}
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {t(all ? 'fewerFilters' : 'moreFilters')}
          </button>
        </>
      ) : null}
    </div>
  )
}

/** Tests are left out unless somebody asks for them. */
const chosenOf = (search: PageSearch, field: ChoiceField): readonly string[] =>
  field === 'test' ? (search.test ? [search.test] : []) : search[field]

function FieldButton({ field, search }: { field: ChoiceField; search: PageSearch }) {
  const { t } = useTranslation(['requests', 'words'])
  const navigate = useNavigate({ from: '/requests/' })
  const chosen = chosenOf(search, field)
  const choose = (values: string[]) =>
    void navigate({
      search: {
        ...search,
        [field]: field === 'test' ? values.at(-1) : values,
      } as Filter & PageSearch,
      replace: true,
    })
  return (
    <Dropdown
      className={styles.filterButton ?? ''}
      face={
        <>
          {t(`words:field.${field}`)}
          {chosen.length > 0 ? <strong>{chosen.length}</strong> : null}
          <Icon name="down" size={12} />
        </>
      }
    >
      {() => (
        <Suspense fallback={<Skeleton width={220} height={180} />}>
          <ChoiceList field={field} chosen={chosen} onChoose={choose} />
        </Suspense>
      )}
    </Dropdown>
  )
}

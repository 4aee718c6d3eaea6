import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import { usePageFrame, useScopeSearch } from './page-frame.ts'
import styles from './top-bar.module.css'
import { useChangeScope } from './use-change-scope.ts'

/** City and districts. A page that cannot be narrowed shows the city alone. */
export function ScopeMenu() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { scope } = usePageFrame()
  const { district: chosen = [] } = useScopeSearch()
  const change = useChangeScope()
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const nameOf = (words: Parameters<typeof inLanguage>[0]) => inLanguage(words, format.language)
  const city = place ? nameOf(place.name) : ''
  const districts = place?.districts ?? []
  const [only] = chosen.length === 1 ? districts.filter(({ id }) => id === chosen[0]) : []
  const label = only
    ? nameOf(only.name)
    : chosen.length === 0
      ? t('scope.all')
      : t('scope.some', { count: chosen.length, n: format.number(chosen.length) })

  if (!scope || districts.length === 0)
    return (
      <div className={styles.field}>
        <span className={styles.label}>{t('scope.label')}</span>
        <span className={styles.value}>
          <strong>{city}</strong>
        </span>
      </div>
    )

  const toggle = (id: string) =>
    change({
      district: chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id],
    })
  return (
    <Dropdown
      className={styles.field ?? ''}
      face={
        <>
          <span className={styles.label}>{t('scope.label')}</span>
          <span className={styles.value}>
            <span className={styles.city}>{city}</span>
            <svg className={styles.then} width="5" height="8" viewBox="0 0 5 8" aria-hidden="true">
              <path d="M.7.7 4 4 .7 7.3" fill="none" stroke="currentColor" strokeWidth="1.2" />
            </svg>
            <strong>{label}</strong>
            <Icon name="down" size={14} />
          </span>
        </>
      }
    >
      {(close) => (
        <>
          <Option
            chosen={chosen.length === 0}
            onChoose={() => {
              change({ district: undefined })
              close()
            }}
          >
            {t('scope.whole')}
          </Option>
          {districts.map(({ id, name }) => (
            <Option key={id} chosen={chosen.includes(id)} onChoose={() => toggle(id)}>
              {nameOf(name)}
            </Option>
          ))}
        </>
      )}
    </Dropdown>
  )
}

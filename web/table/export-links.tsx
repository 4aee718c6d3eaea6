import { useTranslation } from 'react-i18next'
import styles from './toolbar.module.css'

/** Links that save the table as it stands. `search` is the search part of the page's address, without its question mark. */
export function ExportLinks({ table, search }: { table: string; search: string }) {
  const { t, i18n } = useTranslation('table')
  const parameters = new URLSearchParams(search)
  parameters.set('lang', i18n.language)
  return (
    <span className={styles.links}>
      <span className={styles.quiet}>{t('save')}</span>
      {(['csv', 'xlsx'] as const).map((format) => (
        <a
          key={format}
          href={`/export/${table}.${format}?${parameters}`}
          download
          aria-label={t('saveAs', { format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  )
}

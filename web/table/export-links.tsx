import { useTranslation } from 'react-i18next'
import styles from './toolbar.module.css'

/** Servers and proxies refuse longer addresses: a filter of hundreds of houses travels as a form. */
const LONGEST = 5000

/** Links that save the table as it stands. `search` is the search part of the page's address, without its question mark. */
export function ExportLinks({ table, search }: { table: string; search: string }) {
  const { t, i18n } = useTranslation('table')
  const parameters = new URLSearchParams(search)
  parameters.set('lang', i18n.language)
  const fields = [...parameters]
  const long = parameters.toString().length > LONGEST
  return (
    <span className={styles.links}>
      <span className={styles.quiet}>{t('save')}</span>
      {(['csv', 'xlsx'] as const).map((format) =>
        long ? (
          <form key={format} method="post" action={`/export/${table}.${format}`}>
            {fields.map(([name, value]) => (
              <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
            ))}
            <button type="submit" aria-label={t('saveAs', { format: format.toUpperCase() })}>
              {format.toUpperCase()}
            </button>
          </form>
        ) : (
          <a
            key={format}
            href={`/export/${table}.${format}?${parameters}`}
            download
            aria-label={t('saveAs', { format: format.toUpperCase() })}
          >
            {format.toUpperCase()}
          </a>
        ),
      )}
    </span>
  )
}

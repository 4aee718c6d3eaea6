import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FAULT_MARKS } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './sources.module.css'

/** What `domovoi totals` calls quarantined, in its two parts. */
export function QuarantineLine() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { data } = useQuery(api.sources.quarantine.queryOptions())
  if (!data) return null
  const { rows, records } = data
  return (
    <p className={styles.quiet}>
      {t('quarantine.sum', { n: format.number(rows + records) })}{' '}
      {t('quarantine.rows', { n: format.number(rows) })}{' '}
      <Link to="/requests" search={{ mark: [...FAULT_MARKS] }} className={styles.underlined}>
        {t('quarantine.records', { n: format.number(records) })}
      </Link>
      .
    </p>
  )
}

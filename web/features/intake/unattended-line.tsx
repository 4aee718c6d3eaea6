import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './desk.module.css'

/** On the overview, and only while somebody's complaint about a company waits for the authority. */
export function UnattendedLine() {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { data } = useQuery(api.intake.counts.queryOptions())
  if (!data || data.unattended === 0) return null
  return (
    <p className={styles.line}>
      <Link to="/desk" search={{ queue: 'complaints' }}>
        {t('unattended', {
          count: data.unattended,
          n: format.number(data.unattended),
        })}
      </Link>
    </p>
  )
}

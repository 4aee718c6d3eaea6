import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './organizations.module.css'

type WaitOf = Pick<Answer['organizations']['waiting'], 'n' | 'events' | 'median'>

/** A median with its interval; "not reached" is said, and so is that there are too few. */
export function Wait({ wait, interval = true }: { wait: WaitOf; interval?: boolean }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { median, n, events } = wait
  if (!median) return <span className={styles.quiet}>{t('waits.few')}</span>
  if (median.value === null)
    return (
      <>
        <span className={styles.notReached}>{t('waits.notReached')}</span>{' '}
        <span className={styles.quiet}>
          {t('waits.served', { events: format.number(events), n: format.number(n) })}
        </span>
      </>
    )
  return (
    <>
      {format.duration(median.value)}
      {interval && median.lower !== null ? (
        <span className={styles.quiet}>
          {' '}
          ({format.duration(median.lower)} –{' '}
          {median.upper === null ? '…' : format.duration(median.upper)})
        </span>
      ) : null}
    </>
  )
}

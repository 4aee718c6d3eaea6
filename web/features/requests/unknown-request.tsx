import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#web/ui/states.tsx'
import styles from './request.module.css'

export function UnknownRequest({ number }: { number: string }) {
  const { t } = useTranslation('requests')
  return (
    <div className={styles.page}>
      <EmptyState what={t('one.unknown')} todo={t('one.unknownTodo', { number })} />
      <Link to="/requests">{t('everything')}</Link>
    </div>
  )
}

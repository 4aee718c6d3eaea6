import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#web/ui/states.tsx'
import styles from './building.module.css'

export function UnknownBuilding({ id }: { id: string }) {
  const { t } = useTranslation('buildings')
  return (
    <div className={styles.page}>
      <EmptyState what={t('one.unknown')} todo={t('one.unknownTodo', { id })} />
      <Link to="/buildings">{t('everything')}</Link>
    </div>
  )
}

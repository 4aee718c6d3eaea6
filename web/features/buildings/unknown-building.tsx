import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Sentence } from '#web/ui/sentence.tsx'
import styles from './building.module.css'

export function UnknownBuilding({ id }: { id: string }) {
  const { t } = useTranslation('buildings')
  return (
    <div className={styles.page}>
      <Sentence>{t('one.unknown')}</Sentence>
      <p>{t('one.unknownTodo', { id })}</p>
      <Link to="/buildings">{t('everything')}</Link>
    </div>
  )
}

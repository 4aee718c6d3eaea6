import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Sentence } from '#web/ui/sentence.tsx'
import styles from './request.module.css'

export function UnknownRequest({ number }: { number: string }) {
  const { t } = useTranslation('requests')
  return (
    <div className={styles.page}>
      <Sentence>{t('one.unknown')}</Sentence>
      <p>{t('one.unknownTodo', { number })}</p>
      <Link to="/requests">{t('everything')}</Link>
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Sentence } from '#web/ui/sentence.tsx'
import styles from './request.module.css'

/** The address holds a word that no filter knows; nothing is guessed. */
export function WrongAddress({ fault }: { fault: string }) {
  const { t } = useTranslation('requests')
  return (
    <div className={styles.page}>
      <Sentence>{t('wrong')}</Sentence>
      <p>{t('wrongTodo', { fault })}</p>
      <Link to="/requests">{t('everything')}</Link>
    </div>
  )
}

/** The fields that validation names: `state, is`. */
export function faultOf(error: Error): string {
  try {
    const issues: unknown = JSON.parse(error.message)
    if (!Array.isArray(issues)) return error.message
    const names = issues.flatMap((issue: { path?: unknown[] }) => String(issue.path?.[0] ?? ''))
    return [...new Set(names)].join(', ')
  } catch {
    return error.message
  }
}

import { useTranslation } from 'react-i18next'
import { dueState } from '#web/lib/due.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './due.module.css'
import { StatusShape } from './status-shape.tsx'

interface DueProps {
  dueAt: number | null
  closedAt: number | null
  /** UTC ms; records whose times are at fault are shown without a judgement. */
  now: number
  /** Red is for people in danger: an emergency past its limit, and nothing else. */
  emergency: boolean
  faulty?: boolean
}

/** How a request stands to its due time, in words and, for an emergency past its limit, with the shape of danger. */
export function Due({ dueAt, closedAt, now, emergency, faulty = false }: DueProps) {
  const { t } = useTranslation('due')
  const format = useFormat()
  const state = dueState({ dueAt, closedAt }, now)
  if (faulty && closedAt !== null) return <span className={styles.quiet}>{t('unknown')}</span>
  if (state.kind === 'none' || state.kind === 'inTime')
    return <span className={styles.quiet}>{t(state.kind)}</span>
  const danger = state.kind === 'overdue' && emergency
  return (
    <span className={styles[danger ? 'danger' : state.kind]}>
      {danger ? <StatusShape kind="danger" size={13} /> : null}
      {t(state.kind, { time: format.duration(state.seconds) })}
    </span>
  )
}

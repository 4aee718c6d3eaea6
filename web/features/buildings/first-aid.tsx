import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useNow } from '#web/clock.ts'
import { dueState } from '#web/lib/due.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Due } from '#web/ui/due.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import type { Card, Line } from './card.ts'
import styles from './first-aid.module.css'

const isDanger = (line: Line, now: number) =>
  line.priority === 'emergency' && dueState(line, now).kind === 'overdue'

/** Emergencies past their limit: on a phone they come before everything. */
export function DangerBox({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const now = useNow(60_000)
  const dangers = card.open.filter((line) => isDanger(line, now))
  return dangers.map((line) => (
    <Link
      key={line.number}
      to="/requests/$request"
      params={{ request: line.number }}
      className={styles.danger}
    >
      <StatusShape kind="danger" size={16} />
      <span className={styles.dangerWhat}>
        {line.category ? inLanguage(line.category, format.language) : line.number}
        {line.entrance ? `, ${t('open.entrance', { n: line.entrance })}` : null}
      </span>
      <span className={styles.dangerNumber}>{line.number}</span>
      <span className={styles.dangerDue}>
        <Due dueAt={line.dueAt} closedAt={null} now={now} emergency={false} />
      </span>
    </Link>
  ))
}

/** Whom to call, large enough for a thumb. */
export function CallTargets({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const { answers } = card
  if (!answers?.phone) return null
  return (
    <a href={`tel:${answers.phone.replaceAll(/[^+\d]/g, '')}`} className={styles.call}>
      <span className="visually-hidden">{t('answers.call')}</span>
      <strong>{answers.name}</strong>
      <span>{answers.phone}</span>
    </a>
  )
}

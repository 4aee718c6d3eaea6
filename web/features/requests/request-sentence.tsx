import { useTranslation } from 'react-i18next'
import { useNow } from '#web/clock.ts'
import { dueState } from '#web/lib/due.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { isFaulty } from './columns.tsx'
import styles from './request.module.css'
import type { Card } from './request-facts.tsx'

/** How it stands and who answers, in words. */
export function RequestSentence({ card }: { card: Card }) {
  const { t } = useTranslation(['requests', 'words'])
  const { line } = card
  const stands = useStanding(card)
  const name = line.responsible?.name
  const answers = !name
    ? t('one.nobody')
    : line.closedAt === null
      ? t('one.answers', { name })
      : t('one.answered', { name })
  return (
    <p className={styles.sentence}>
      {stands} {answers}
    </p>
  )
}

function useStanding({ line, knownAt }: Card): string {
  const { t } = useTranslation(['requests', 'words'])
  const format = useFormat()
  const today = useNow(60_000)
  const now = knownAt ?? today
  const outcome =
    line.outcome === 'closed' ? t('one.residentUnknown') : t(`words:outcome.${line.outcome}`)
  if (line.closedAt !== null && isFaulty(line)) return t('one.closedFaulty', { outcome })
  const age = format.duration(((line.closedAt ?? now) - line.registeredAt) / 1000)
  const due = dueState(line, now)
  switch (due.kind) {
    case 'overdue':
      return t('one.openOverdue', { age, time: format.duration(due.seconds) })
    case 'left':
      return t('one.openInTime', { age, time: format.duration(due.seconds) })
    case 'late':
      return t('one.closedLate', { age, outcome, time: format.duration(due.seconds) })
    case 'inTime':
      return t('one.closedInTime', { age, outcome })
    case 'none':
      return line.closedAt === null ? t('one.open', { age }) : t('one.closedIn', { age, outcome })
  }
}

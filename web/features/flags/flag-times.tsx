import { useTranslation } from 'react-i18next'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Flag } from './flag-figures.tsx'
import styles from './flag-times.module.css'

/** When a flag was proposed, until when the organization may reply, when it is judged again. */
export function FlagTimes({ times }: { times: NonNullable<Flag['times']> }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const day = (iso: string) => format.dayWithoutYear(dayOfIso(iso))
  const { proposedOn, replyUntil, issuedOn, nextOn } = times
  const steps = [
    ...(proposedOn === issuedOn
      ? []
      : [{ when: day(proposedOn), what: t('sheet.times.proposed') }]),
    ...(issuedOn ? [{ when: day(issuedOn), what: t('sheet.times.issued') }] : []),
    ...(replyUntil
      ? [{ when: t('sheet.times.until', { date: day(replyUntil) }), what: t('sheet.times.reply') }]
      : []),
    { when: day(nextOn), what: t('sheet.times.next') },
  ]
  const reached = issuedOn && proposedOn !== issuedOn ? 2 : 1
  return (
    <ol className={styles.times} aria-label={t('sheet.times.title')}>
      {steps.map(({ when, what }, i) => (
        <li key={what} data-reached={i < reached}>
          <strong>{when}</strong>
          {what}
        </li>
      ))}
    </ol>
  )
}

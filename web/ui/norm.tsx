import { useTranslation } from 'react-i18next'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './norm.module.css'
import { StatusShape } from './status-shape.tsx'

interface Duration {
  amount: number
  unit: 'minute' | 'hour' | 'day'
}

/** Words of a norm that need the reader's language. */
export function useNormWords() {
  const { t } = useTranslation('norms')
  const format = useFormat()
  /** Two days of hours and more are told in days of the clock. */
  const term = ({ amount, unit }: Duration, calendar: 'calendar' | 'working') => {
    if (calendar === 'working')
      return t(
        `unit.${({ minute: 'workingMinute', hour: 'workingHour', day: 'workingDay' } as const)[unit]}`,
        { n: format.number(amount) },
      )
    const days = unit === 'hour' && amount > 24 && amount % 24 === 0
    return t(`unit.${days ? 'day' : unit}`, { n: format.number(days ? amount / 24 : amount) })
  }
  const timeOfDay = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return { term, timeOfDay }
}

interface Verification {
  by: string
  on: string
}

/** Whether a lawyer has signed the norm off. */
export function Verified({ verified }: { verified: Verification | null }) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  if (verified)
    return (
      <span className={styles.verified}>
        {t('verified', { by: verified.by, on: format.dayShort(dayOfIso(verified.on)) })}
      </span>
    )
  return (
    <span className={styles.unverified}>
      <StatusShape kind="watch" size={11} />
      {t('unverified')}
    </span>
  )
}

interface Cited {
  title: Words
  paragraph?: string | undefined
  link?: string | undefined
  seen: 'source' | 'secondary' | 'nowhere'
  where?: string | undefined
}

/** The acts that a norm rests on, and where their words were read. */
export function Citations({ citations }: { citations: readonly Cited[] }) {
  const { t } = useTranslation('norms')
  const { language } = useFormat()
  return (
    <ul className={styles.citations}>
      {citations.map((citation) => {
        const title = inLanguage(citation.title, language)
        return (
          <li key={`${title} ${citation.paragraph ?? ''} ${citation.where ?? ''}`}>
            {title}
            {citation.paragraph ? `, ${citation.paragraph}` : null}
            <span className={styles.seen}>
              {t(`seen.${citation.seen}`)}
              {citation.where ? `: ${citation.where}` : null}
            </span>
            {citation.link ? (
              <a href={citation.link} rel="noreferrer noopener" target="_blank">
                {t('open')}
              </a>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

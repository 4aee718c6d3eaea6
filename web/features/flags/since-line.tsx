import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './flags.module.css'

interface SinceLineProps {
  flag: Answer['flags']['list']['flags'][number]
  answered: Answer['dossier']['told']['answered'][number] | undefined
}

/** Where the story of a flag stands, since which monthly evaluation, and what was answered. */
export function SinceLine({ flag, answered }: SinceLineProps) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const month = (text: string) => {
    const [year = '', number = ''] = text.split('-')
    return format.month(Number(year) * 12 + Number(number) - 1)
  }
  function endedText() {
    const { status, withdrawn, level } = flag
    if (status !== null) return null
    const date = withdrawn ? format.date(withdrawn.at) : ''
    if (withdrawn?.by === 'inspector')
      return t('statusSince.byInspector', { date, reason: withdrawn.reason ?? '' })
    if (level !== 'inspect') return null
    return withdrawn ? t('statusSince.again', { date }) : t('statusSince.tonight')
  }
  const parts = [
    flag.status === null
      ? null
      : t(`statusSince.${flag.status}`, { month: month(flag.issued ?? flag.proposed ?? '') }),
    endedText(),
    flag.level === 'watch' && flag.warned?.week ? t('warned.signal') : null,
    flag.level === 'watch' && flag.warned?.doubts.length ? t('warned.doubts') : null,
    flag.driven ? t(`driven.${flag.driven}`) : null,
    answered?.decided && answered.decided.decision !== 'withdrawn'
      ? t(`course.decided.${answered.decided.decision}`)
      : answered?.replied
        ? t('course.replied')
        : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : <small className={styles.status}>{parts.join('; ')}</small>
}

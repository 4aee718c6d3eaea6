import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { type Line, LineDue, LineMark } from './columns.tsx'
import styles from './requests.module.css'

/** A request in the list of a phone. */
export function RequestRowCard({ line }: { line: Line }) {
  const { t } = useTranslation(['requests', 'words'])
  const format = useFormat()
  const now = useNow(60_000)
  const where = line.building ? inLanguage(line.building.address, format.language) : line.place
  return (
    <div className={styles.card}>
      <div className={styles.cardTop}>
        <Link
          to="/requests/$request"
          params={{ request: line.number }}
          className={styles.cardTitle}
        >
          {line.category ? inLanguage(line.category, format.language) : line.number}
        </Link>
        <LineDue line={line} />
      </div>
      <div className={styles.cardLine}>{where ?? t('noPlace')}</div>
      <div className={styles.cardLine}>
        <span>
          {line.number}, {format.when(line.registeredAt, now)} <LineMark line={line} />
        </span>
        <span>{t(`words:state.${line.state}`)}</span>
      </div>
    </div>
  )
}

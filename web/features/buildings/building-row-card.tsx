import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './buildings.module.css'
import type { Row } from './columns.tsx'

/** A building in the list of a phone. */
export function BuildingRowCard({ row }: { row: Row }) {
  const { t } = useTranslation(['buildings', 'words'])
  const format = useFormat()
  return (
    <div className={styles.card}>
      <div className={styles.cardTop}>
        <Link to="/buildings/$building" params={{ building: row.id }} className={styles.cardTitle}>
          {inLanguage(row.address, format.language)}
        </Link>
        <span>
          {t('words:column.open')} <strong>{format.number(row.open)}</strong>
        </span>
      </div>
      <div className={styles.cardLine}>
        <span>{row.answersNow?.name ?? t('nobody')}</span>
        {row.overdue > 0 ? (
          <strong className={styles.overdue}>
            {t('words:column.overdue')} {format.number(row.overdue)}
          </strong>
        ) : (
          <span>
            {t('words:column.requestsYear')} {format.number(row.requestsYear)}
          </span>
        )}
      </div>
    </div>
  )
}

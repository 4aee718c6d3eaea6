import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './buildings.module.css'
import { useChance } from './chance.ts'
import type { Row } from './columns.tsx'
import type { PageSearch } from './search.ts'

/** A building in the list of a phone. */
export function BuildingRowCard({ row, only }: { row: Row; only: PageSearch['only'] }) {
  const { t } = useTranslation(['buildings', 'words'])
  const format = useFormat()
  const chance = useChance()
  const p = only === 'silent' ? row.silence : row.chance
  return (
    <div className={styles.card}>
      <div className={styles.cardTop}>
        <Link to="/buildings/$building" params={{ building: row.id }} className={styles.cardTitle}>
          {inLanguage(row.address, format.language)}
        </Link>
        <span>
          {only && row.ratio !== null ? (
            t('column.row', { ratio: format.number(row.ratio, 2) })
          ) : (
            <>
              {t('words:column.open')} <strong>{format.number(row.open)}</strong>
            </>
          )}
        </span>
      </div>
      <div className={styles.cardLine}>
        <span>{row.answersNow?.name ?? t('nobody')}</span>
        {only ? (
          <span>
            {t(only === 'silent' ? 'column.silence' : 'column.chance')}{' '}
            {p === null ? '' : chance(p)}
          </span>
        ) : row.overdue > 0 ? (
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

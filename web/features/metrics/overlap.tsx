import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './compare.module.css'

/** Two bars on one scale: what both numbers count lies under each other, what only one counts sticks out. */
export function Overlap({ counts }: { counts: Answer['metrics']['compare'] }) {
  const { t } = useTranslation('dictionary')
  const format = useFormat()
  const { a, b, both, onlyA, onlyB } = counts
  const all = both + onlyA + onlyB
  if (all === 0) return null
  const part = (count: number) => `${(count / all) * 100}%`
  return (
    <div
      className={styles.overlap}
      role="img"
      aria-label={t('compare.overlap', {
        both: format.number(both),
        onlyA: format.number(onlyA),
        onlyB: format.number(onlyB),
      })}
    >
      <div aria-hidden="true">
        <span>
          A <b>{format.number(a.count)}</b>
        </span>
        <span className={styles.track}>
          <i className={styles.only} style={{ width: part(onlyA) }} />
          <i className={styles.both} style={{ left: part(onlyA), width: part(both) }} />
        </span>
      </div>
      <div aria-hidden="true">
        <span>
          B <b>{format.number(b.count)}</b>
        </span>
        <span className={styles.track}>
          <i className={styles.both} style={{ left: part(onlyA), width: part(both) }} />
          <i className={styles.only} style={{ left: part(onlyA + both), width: part(onlyB) }} />
        </span>
      </div>
    </div>
  )
}

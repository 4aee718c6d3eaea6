import type { Column } from './column.ts'
import styles from './grid.module.css'

interface HeadCellProps<Row> {
  column: Column<Row>
  sorted: false | 'asc' | 'desc'
  onSort: (() => void) | undefined
}

export function GridHeadCell<Row>({ column, sorted, onSort }: HeadCellProps<Row>) {
  const title = (
    <>
      <span className={styles.titleLine}>
        <span className={styles.title}>{column.title}</span>
        {sorted ? <Arrow down={sorted === 'desc'} /> : null}
      </span>
      {column.note === undefined ? null : <span className={styles.note}>{column.note}</span>}
    </>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is a grid of placed rows
    // biome-ignore lint/a11y/useFocusableInteractive: its button is focused
    <div
      role="columnheader"
      className={styles.headCell}
      data-align={column.align}
      aria-sort={onSort ? SORTS[sorted || 'none'] : undefined}
    >
      {onSort ? (
        <button type="button" className={styles.sort} onClick={onSort}>
          {title}
        </button>
      ) : (
        title
      )}
    </div>
  )
}

const SORTS = { none: 'none', asc: 'ascending', desc: 'descending' } as const

const Arrow = ({ down }: { down: boolean }) => (
  <svg width="8" height="10" viewBox="0 0 8 10" aria-hidden="true" className={styles.arrow}>
    <path
      d={down ? 'M4 0.5V9M0.8 5.8 4 9l3.2-3.2' : 'M4 9.5V1M0.8 4.2 4 1l3.2 3.2'}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
    />
  </svg>
)

import type { CSSProperties, HTMLAttributes, ReactNode } from 'react'
import styles from './grid.module.css'

/** Parts of a grid whose rows are placed one by one, which table elements cannot be. Focus stays on the grid, which points at the active row. */
interface RowProps extends HTMLAttributes<HTMLDivElement> {
  /** From 1, the header included. */
  position: number
}

export function GridRow({ position, children, ...rest }: RowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
    <div role="row" aria-rowindex={position} {...rest}>
      {children}
    </div>
  )
}

interface CellProps {
  align?: 'start' | 'end' | undefined
  className?: string | undefined
  children: ReactNode
}

export function GridCell({ align, className, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
    <div role="gridcell" className={className ?? styles.cell} data-align={align}>
      {children}
    </div>
  )
}

/** Bars where the words will be, of the final height. */
export function SkeletonCells({ columns }: { columns: number }) {
  return Array.from({ length: columns }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
    <GridCell key={index}>
      <span
        className={styles.bar}
        style={{ '--share': `${44 + ((index * 29) % 42)}%` } as CSSProperties}
        aria-hidden="true"
      />
    </GridCell>
  ))
}

import type { ReactNode } from 'react'
import styles from './figure.module.css'

interface FigureProps {
  value: ReactNode
  unit?: string
  /** More than six characters: set smaller, so that it stays whole. */
  long?: boolean
}

/** A large number; the caller says what it counts beside it. `unit` is set smaller: `%`. */
export function Figure({ value, unit, long }: FigureProps) {
  return (
    <span className={styles.figure} data-long={long}>
      {value}
      {unit ? <span className={styles.unit}>{unit}</span> : null}
    </span>
  )
}

import type { ReactNode } from 'react'
import styles from './figure.module.css'

/** A large number; the caller says what it counts beside it. `unit` is set smaller: `%`. */
export function Figure({ value, unit }: { value: ReactNode; unit?: string }) {
  return (
    <span className={styles.figure}>
      {value}
      {unit ? <span className={styles.unit}>{unit}</span> : null}
    </span>
  )
}

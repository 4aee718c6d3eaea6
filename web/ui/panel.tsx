import { type ReactNode, useId } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  title: ReactNode
  /** Beside the title: unit, period, n. */
  note?: ReactNode
  /** Second line: what the panel found, in words. */
  finding?: ReactNode
  actions?: ReactNode
  /** The body reaches the edges of the panel (maps, tables). */
  flush?: boolean
  className?: string
  children?: ReactNode
}

export function Panel({ title, note, finding, actions, flush, className, children }: PanelProps) {
  const id = useId()
  return (
    <section className={`${styles.panel} ${className ?? ''}`} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 className={styles.title} id={id}>
          {title}
        </h2>
        {note ? <span className={styles.note}>{note}</span> : null}
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </header>
      {finding ? <p className={styles.finding}>{finding}</p> : null}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  )
}

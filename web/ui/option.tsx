import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import styles from './option.module.css'

interface OptionProps {
  chosen: boolean
  onChoose: () => void
  /** On the right: a count. */
  note?: ReactNode
  children: ReactNode
}

/** A row of a dropdown. */
export function Option({ chosen, onChoose, note, children }: OptionProps) {
  return (
    <button
      type="button"
      className={styles.option}
      aria-pressed={chosen}
      data-first={chosen || undefined}
      onClick={onChoose}
    >
      <span className={styles.check}>{chosen ? <Icon name="check" size={14} /> : null}</span>
      <span>{children}</span>
      {note ? <span className={styles.note}>{note}</span> : null}
    </button>
  )
}

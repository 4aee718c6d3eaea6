import type { CSSProperties, ReactNode } from 'react'
import styles from './states.module.css'
import { StatusShape } from './status-shape.tsx'

/** Stands where something will be, at its final size. */
export function Skeleton({
  width = '100%',
  height,
}: {
  width?: CSSProperties['width']
  height: CSSProperties['height']
}) {
  return <div className={styles.skeleton} style={{ width, height }} aria-hidden="true" />
}

/** Nothing to show, and why; `todo` says what would change that. */
export function EmptyState({ what, todo }: { what: ReactNode; todo?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p className={styles.what}>{what}</p>
      {todo ? <p className={styles.todo}>{todo}</p> : null}
    </div>
  )
}

interface ErrorStateProps {
  /** What could not be shown. */
  what: ReactNode
  /** What the reader can do about it. */
  todo: ReactNode
  retry?: { label: string; run: () => void }
}

export function ErrorState({ what, todo, retry }: ErrorStateProps) {
  return (
    <div className={styles.state} role="alert">
      <p className={styles.what}>{what}</p>
      <p className={styles.todo}>{todo}</p>
      {retry ? (
        <button type="button" className={styles.retry} onClick={retry.run}>
          {retry.label}
        </button>
      ) : null}
    </div>
  )
}

/** The data on the screen is older than it should be; the words say how old and what is being done. */
export function StaleBanner({ children }: { children: ReactNode }) {
  return (
    <div className={styles.banner} role="status">
      <StatusShape kind="watch" size={13} />
      <span>{children}</span>
    </div>
  )
}

/** Button in a panel's actions that shows its chart as a table and back. */
export function AsTable({
  pressed,
  onToggle,
  label,
}: {
  pressed: boolean
  onToggle: () => void
  label: string
}) {
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      onClick={onToggle}
    >
      <svg
        width="14"
        height="12"
        viewBox="0 0 14 12"
        fill="none"
        stroke="currentColor"
        aria-hidden="true"
      >
        <path d="M.5.5H13.5V11.5H.5ZM.5 4.2H13.5M.5 7.9H13.5M4.5.5V11.5" />
      </svg>
    </button>
  )
}

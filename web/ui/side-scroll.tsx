import type { ReactNode } from 'react'
import styles from './side-scroll.module.css'

/** A table wider than its place: arrows scroll it, and a shadow at its edge says that it goes on. */
export function SideScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus the keyboard cannot scroll it
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

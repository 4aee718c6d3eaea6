import { type ReactNode, useCallback, useState } from 'react'
import styles from './side-scroll.module.css'

/** A table that may be wider than its place: then arrows scroll it, and a shadow at its edge says that it goes on. */
export function SideScroll({ label, children }: { label: string; children: ReactNode }) {
  const [wider, setWider] = useState(false)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const tables = [...element.getElementsByTagName('table')]
    const measure = () =>
      setWider(tables.some(({ offsetWidth }) => offsetWidth > element.clientWidth))
    measure()
    const observer = new ResizeObserver(measure)
    for (const part of [element, ...tables]) observer.observe(part)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={ref}
      className={`${styles.place} ${wider ? styles.scroll : ''}`}
      {...(wider && { 'aria-label': label, tabIndex: 0 })}
    >
      {children}
    </section>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './today-page.module.css'

/** A table in a panel; the box takes focus so that arrows scroll it. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  const { t } = useTranslation('shell')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus the keyboard cannot scroll it
    <section className={styles.scroll} aria-label={`${label}: ${t('asTable')}`} tabIndex={0}>
      {children}
    </section>
  )
}

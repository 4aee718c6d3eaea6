import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './sentence.module.css'

/** The sentence a page begins with; it is the page's heading. */
export function Sentence({ children }: { children: ReactNode }) {
  return <h1 className={styles.sentence}>{children}</h1>
}

/** The room of a sentence that has not come yet; `like`: words of about its length. */
export function SentenceSkeleton({ like }: { like: string }) {
  return (
    <p className={`${styles.sentence} ${styles.awaited}`} aria-busy="true">
      <span aria-hidden="true">{like}</span>
    </p>
  )
}

/** A number that opens its rows: `<NumberLink to="/requests" search={{ is: ['open'] }}>1 240 заявок</NumberLink>`. */
export const NumberLink = createLink(function NumberAnchor({
  ref,
  className,
  ...props
}: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) {
  return <a {...props} ref={ref} className={`${styles.number} ${className ?? ''}`} />
})

import type { ReactNode } from 'react'
import styles from './wall.module.css'

/** At most two lines; a figure may stand before them. */
export function WallSentence({
  figure,
  lines,
}: {
  figure?: ReactNode
  lines: readonly ReactNode[]
}) {
  return (
    <h1 className={styles.sentence}>
      {figure ? <span className={styles.lead}>{figure}</span> : null}
      <span className={styles.lines}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines, in their places
          <span key={i} className={styles.line}>
            {line}
          </span>
        ))}
      </span>
    </h1>
  )
}

import { useTranslation } from 'react-i18next'
import type { Level } from '#server/contract/measures/shape.ts'
import styles from './level.module.css'
import { type Status, StatusShape } from './status-shape.tsx'

const SHAPES: Record<Level, Status | null> = {
  inspect: 'inspect',
  watch: 'watch',
  good: 'good',
  none: null,
  insufficient: 'insufficient',
}

/** A level as a shape with its word; nothing for one that is as expected. */
export function LevelMark({ level }: { level: Level }) {
  const { t } = useTranslation('words')
  const shape = SHAPES[level]
  if (shape === null) return null
  return (
    <span className={`${styles.level} ${styles[level]}`}>
      <StatusShape kind={shape} /> {t(`level.${level}`)}
    </span>
  )
}

/** The shape alone, to be drawn around 0, 0 inside another SVG; null where a plain point does. */
export function levelPoint(level: Level) {
  switch (level) {
    case 'inspect':
      return <rect x="-5.5" y="-5.5" width="11" height="11" fill="var(--inspect)" />
    case 'watch':
      return (
        <path
          d="M0 -5.5 5.8 4.8H-5.8Z"
          fill="var(--surface)"
          stroke="var(--watch)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      )
    case 'good':
      return <path d="M0 -6 6 0 0 6 -6 0Z" fill="var(--good)" />
    case 'insufficient':
      return (
        <circle
          r="4"
          fill="var(--surface)"
          stroke="var(--volume-4)"
          strokeWidth="1"
          strokeDasharray="2 2"
        />
      )
    case 'none':
      return undefined
  }
}

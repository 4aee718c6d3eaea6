import type { Status } from '#web/ui/status-shape.tsx'
import styles from './wall.module.css'

/** The shape of a status, its middle at a point of the stage. */
export function Shape({
  kind,
  x,
  y,
  size = 32,
}: {
  kind: Status
  x: number
  y: number
  size?: number
}) {
  const r = size / 2
  switch (kind) {
    case 'danger':
      return (
        <g className={styles.danger}>
          <circle cx={x} cy={y} r={r - 2} fill="none" stroke="currentColor" strokeWidth="4" />
          <circle cx={x} cy={y} r={r * 0.55} fill="currentColor" />
        </g>
      )
    case 'watch':
      return (
        <path
          className={styles.watch}
          d={`M${x} ${y - r + 2}L${x + r} ${y + r - 2}H${x - r}Z`}
          fill="none"
          stroke="currentColor"
          strokeWidth="5"
          strokeLinejoin="round"
        />
      )
    case 'inspect':
      return (
        <path
          className={styles.inspect}
          d={`M${x - r + 2} ${y - r + 2}h${size - 4}v${size - 4}h${4 - size}Z`}
          fill="currentColor"
        />
      )
    case 'good':
      return (
        <path
          className={styles.good}
          d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`}
          fill="currentColor"
        />
      )
    default:
      return (
        <path
          className={styles.quiet}
          d={`M${x - r} ${y}H${x + r}`}
          fill="none"
          stroke="currentColor"
          strokeWidth="5"
          strokeDasharray="9 5"
        />
      )
  }
}

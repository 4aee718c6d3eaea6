import type { ReactNode } from 'react'
import styles from './interval-cell.module.css'

/** Where a value stands between the ends of an axis, 0 to 1; may lie outside. */
export interface Scale {
  low: number
  high: number
  log?: boolean
}
export const placeOn = ({ low, high, log }: Scale, value: number): number =>
  log ? Math.log(Math.max(value, 1e-12) / low) / Math.log(high / low) : (value - low) / (high - low)

/** Space at both ends for shapes and arrows, in px. */
const PAD = 10
/** From the end of the axis to the tip of an arrow: a point at the end does not cover it. */
const TIP = 9
const BARB = 5
const HEIGHT = 22
const MIDDLE = HEIGHT / 2

interface IntervalCellProps {
  value: number
  lower: number
  upper: number
  scale: Scale
  width: number
  /** The line through all rows: the city. */
  city?: number | undefined
  /** `main` is the column the eye goes to first. */
  tone?: 'main' | 'quiet'
  /** Stands in the place of the point; drawn around 0, 0. */
  shape?: ReactNode
}

/** A point with its interval on the axis of the column's header. An interval that leaves the axis ends in an arrow. */
export function IntervalCell(props: IntervalCellProps) {
  const { value, lower, upper, scale, width, city, tone = 'main', shape } = props
  const span = width - 2 * PAD
  const at = (v: number) => PAD + Math.max(0, Math.min(1, placeOn(scale, v))) * span
  const [under, over] = [placeOn(scale, lower) < 0, placeOn(scale, upper) > 1]
  const [left, right] = [at(lower) - (under ? TIP : 0), at(upper) + (over ? TIP : 0)]
  const inside = (v: number) => placeOn(scale, v) >= 0 && placeOn(scale, v) <= 1
  return (
    <svg
      className={`${styles.cell} ${styles[tone]}`}
      width={width}
      height={HEIGHT}
      aria-hidden="true"
    >
      {city === undefined || !inside(city) ? null : (
        <path className={styles.city} d={`M${at(city)} -6V${HEIGHT + 6}`} />
      )}
      <path className={styles.line} d={`M${left} ${MIDDLE}H${right}`} />
      {over ? <path className={styles.arrow} d={barb(right, right - BARB)} /> : null}
      {under ? <path className={styles.arrow} d={barb(left, left + BARB)} /> : null}
      {inside(value) ? (
        <g transform={`translate(${at(value)} ${MIDDLE})`}>
          {shape ?? <circle className={styles.point} r="3.5" />}
        </g>
      ) : null}
    </svg>
  )
}

const barb = (tip: number, base: number) =>
  `M${base} ${MIDDLE - 3.5} ${tip} ${MIDDLE} ${base} ${MIDDLE + 3.5}`

interface IntervalAxisProps {
  scale: Scale
  width: number
  ticks: readonly { at: number; label: string }[]
}

/** The axis of a column of intervals, for its header. */
export function IntervalAxis({ scale, width, ticks }: IntervalAxisProps) {
  const span = width - 2 * PAD
  return (
    <svg className={styles.axis} width={width} height="16" aria-hidden="true">
      {ticks.map(({ at, label }) => {
        const x = PAD + placeOn(scale, at) * span
        return (
          <g key={at}>
            <text x={x} y="9" textAnchor="middle">
              {label}
            </text>
            <path d={`M${x} 13V16`} />
          </g>
        )
      })}
    </svg>
  )
}

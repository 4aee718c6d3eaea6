import styles from './strip.module.css'

interface RangeStripProps {
  value: number
  /** Band of usual values, both ends included; null where there is too little history. */
  usual: readonly [low: number, high: number] | null
  domain: readonly [low: number, high: number]
}

/** Where a count stands in its usual band, of which less is better. The caption beside it repeats the band, so it is hidden from readers. */
export function RangeStrip({ value, usual, domain }: RangeStripProps) {
  const at = place(domain)
  const tick =
    usual && value > usual[1]
      ? styles.above
      : usual && value < usual[0]
        ? styles.below
        : styles.tick
  return (
    <svg className={styles.strip} aria-hidden="true" height="14" width="100%">
      <path className={styles.axis} d="M0 7.5H2000" />
      {usual ? (
        <rect
          className={styles.band}
          x={`${at(usual[0])}%`}
          width={`${at(usual[1]) - at(usual[0])}%`}
          y="4"
          height="7"
        />
      ) : null}
      <svg x={`${at(value)}%`} overflow="visible" aria-hidden="true">
        <rect className={tick} x="-1.25" y="1" width="2.5" height="13" />
      </svg>
    </svg>
  )
}

interface IntervalStripProps {
  value: number
  interval: readonly [low: number, high: number]
  domain: readonly [low: number, high: number]
  /** Ends of the axis as they are printed. */
  ends: readonly [low: string, high: string]
}

/** A share with its interval: whisker and dot on an axis whose ends are printed. */
export function IntervalStrip({ value, interval, domain, ends }: IntervalStripProps) {
  const at = place(domain)
  const [low, high] = [at(interval[0]), at(interval[1])]
  return (
    <span className={styles.row} aria-hidden="true">
      <span>{ends[0]}</span>
      <svg className={styles.strip} height="14" width="100%" aria-hidden="true">
        <path className={styles.axis} d="M0 7.5H2000" />
        <rect
          className={styles.whisker}
          x={`${low}%`}
          width={`${high - low}%`}
          y="6.75"
          height="1.5"
        />
        {[low, high].map((end) => (
          <svg key={end} x={`${end}%`} overflow="visible" aria-hidden="true">
            <rect className={styles.whisker} x="-0.75" y="3.5" width="1.5" height="8" />
          </svg>
        ))}
        <circle className={styles.whisker} cx={`${at(value)}%`} cy="7.5" r="3" />
      </svg>
      <span>{ends[1]}</span>
    </span>
  )
}

const place =
  ([low, high]: readonly [number, number]) =>
  (value: number) =>
    Math.max(0, Math.min(100, ((value - low) / (high - low || 1)) * 100))

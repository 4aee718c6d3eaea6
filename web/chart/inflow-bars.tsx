import styles from './inflow-chart.module.css'
import { crisp } from './inflow-measures.ts'
import type { Bar } from './inflow-view.ts'

interface HourBarProps {
  bar: Bar
  x: number
  slot: number
  y: (value: number) => number
}

/** What is usual in an hour. */
export function BandStep({ bar: { band }, x, slot, y }: HourBarProps) {
  if (!band) return null
  return (
    <rect
      className={styles.band}
      x={x}
      width={slot + 0.5}
      y={y(band[1])}
      height={Math.max(1, y(band[0]) - y(band[1]))}
    />
  )
}

/** What came in an hour, and what is expected of it. */
export function HourBar({ bar, x, slot, y, hatch }: HourBarProps & { hatch: string }) {
  const gap = slot > 20 ? 5 : 3
  const [left, width] = [x + gap / 2, slot - gap]
  const inBand = bar.value - bar.above
  const { forecast, median } = bar
  return (
    <>
      {forecast ? (
        <>
          <rect
            className={styles.forecast}
            x={crisp(left)}
            width={Math.round(width)}
            y={crisp(y(forecast.mid))}
            height={Math.max(0, y(bar.value) - y(forecast.mid))}
            fill={hatch}
          />
          {forecast.high > forecast.low ? (
            <path
              className={styles.whisker}
              d={`M${x + slot / 2} ${y(forecast.high)}V${y(forecast.low)}`}
            />
          ) : null}
        </>
      ) : null}
      <rect className={styles.bar} x={left} width={width} y={y(inBand)} height={y(0) - y(inBand)} />
      {bar.above > 0 ? (
        <rect
          className={styles.above}
          x={left}
          width={width}
          y={y(bar.value)}
          height={y(inBand) - y(bar.value)}
        />
      ) : null}
      {median === null || forecast ? null : (
        <rect
          className={median < bar.value ? styles.medianInside : styles.median}
          x={median < bar.value ? left : x}
          width={median < bar.value ? width : slot}
          y={y(median) - 1}
          height={2}
        />
      )}
    </>
  )
}

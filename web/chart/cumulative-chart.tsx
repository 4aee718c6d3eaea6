import { useFormat } from '#web/lib/use-format.ts'
import { useSize } from '#web/ui/use-size.ts'
import styles from './cumulative-chart.module.css'
import type { Inflow } from './inflow-view.ts'

const RIGHT = 36
const BOTTOM = 18
const TOP = 10

/** The day so far, what is usual, and the forecast of its end. The words beside it say the same. */
export function CumulativeChart({ inflow, hour }: { inflow: Inflow; hour: number }) {
  const format = useFormat()
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const { usual, today, total } = inflow
  const end = usual ? total + usual.forecast.rest : total
  const high = usual ? total + usual.forecast.interval[1] : total
  const max = Math.max(high, usual?.cumulative[24]?.high ?? 0, 1)
  const x = (h: number) => 2 + ((width - RIGHT - 2) * h) / 24
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / max)
  const line = (points: readonly (readonly [number, number])[]) =>
    points
      .map(([h, value], i) => `${i ? 'L' : 'M'}${x(h).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('')

  let sum = 0
  const actual: [number, number][] = [[0, 0]]
  for (let h = 0; h < Math.floor(hour); h++) {
    sum += today[h] ?? 0
    actual.push([h + 1, sum])
  }
  actual.push([hour, total])
  const cumulative = usual?.cumulative ?? []
  const band = [
    ...cumulative.map(({ high: value }, h) => [h, value] as const),
    ...cumulative.map(({ low: value }, h) => [h, value] as const).reverse(),
  ]
  const ahead = usual ? forecastPath(usual, total, hour) : []
  const [endY, usualY] = apart(y(end), usual ? y(usual.total) : null)
  return (
    <div className={styles.chart} ref={ref}>
      {width > RIGHT && height > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
          {usual ? (
            <>
              <path className={styles.band} d={`${line(band)}Z`} />
              <path
                className={styles.ahead}
                d={`${line([
                  ...ahead.map(({ h, top }) => [h, top] as const),
                  ...ahead.map(({ h, bottom }) => [h, bottom] as const).reverse(),
                ])}Z`}
              />
              <path
                className={styles.median}
                d={line(cumulative.map(({ median }, h) => [h, median] as const))}
              />
              <path
                className={styles.forecast}
                d={line(ahead.map(({ h, mid }) => [h, mid] as const))}
              />
            </>
          ) : null}
          <path className={styles.base} d={`M${x(0)} ${Math.round(y(0)) + 0.5}H${x(24)}`} />
          {[0, 6, 12, 18, 24].map((h) => (
            <g key={h}>
              <path
                className={styles.base}
                d={`M${Math.round(x(h)) + 0.5} ${Math.round(y(0))}v4`}
              />
              <text
                className={styles.axis}
                x={x(h)}
                y={height - 1}
                textAnchor={h === 0 ? 'start' : 'middle'}
              >
                {h}
              </text>
            </g>
          ))}
          <path className={styles.actual} d={line(actual)} />
          <circle className={styles.dot} cx={x(hour)} cy={y(total)} r="4" />
          {usual ? (
            <>
              <text className={styles.end} x={x(24) + 6} y={endY + 4}>
                {format.number(end)}
              </text>
              <text className={styles.usualEnd} x={x(24) + 6} y={(usualY ?? 0) + 4}>
                {format.number(usual.total)}
              </text>
            </>
          ) : null}
        </svg>
      ) : null}
    </div>
  )
}

function forecastPath(usual: NonNullable<Inflow['usual']>, total: number, hour: number) {
  const { forecast, hours } = usual
  const shares = hours.map(({ forecast: next }, h) =>
    next ? next.mid * Math.max(0, Math.min(1, h + 1 - hour)) : 0,
  )
  const all = shares.reduce((sum, share) => sum + share, 0) || 1
  let done = 0
  const path = [{ h: hour, mid: total, top: total, bottom: total }]
  for (let h = Math.floor(hour); h < 24; h++) {
    done += (shares[h] ?? 0) / all
    const widen = (end: number) => total + forecast.rest * done + (end - forecast.rest) * done
    path.push({
      h: h + 1,
      mid: total + forecast.rest * done,
      top: widen(forecast.interval[1]),
      bottom: widen(forecast.interval[0]),
    })
  }
  return path
}

/** Two labels at least a line apart, the first where it belongs as far as it can. */
function apart(first: number, second: number | null): [number, number | null] {
  if (second === null || Math.abs(first - second) >= 14) return [first, second]
  const middle = (first + second) / 2
  return first <= second ? [middle - 7, middle + 7] : [middle + 7, middle - 7]
}

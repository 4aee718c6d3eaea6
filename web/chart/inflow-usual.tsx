import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './inflow-chart.module.css'
import { crisp, LETTER, TOP } from './inflow-measures.ts'
import type { Bar } from './inflow-view.ts'

interface UsualWordsProps {
  bars: readonly Bar[]
  x: (hour: number) => number
  y: (value: number) => number
  days: number
  alike: number
  nowX: number
  width: number
}

/** Names the band where it is free: above the night, or after the hour it is, with a line to the morning. Where there is no such place the line of now gives way. */
export function UsualWords({ bars, x, y, days, alike, nowX, width }: UsualWordsProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const day = t(`inflow.usualOn.d${alike as 0}`)
  const band = t('inflow.usualBand', { n: format.number(days) })
  const long = Math.max(day.length, band.length) * LETTER
  const clear = (start: number) =>
    start + long <= width &&
    bars
      .filter(({ hour }) => x(hour + 1) > start && x(hour) < start + long)
      .every(({ value, band: usual, forecast }) => {
        const top = Math.max(value, usual?.[1] ?? 0, forecast?.high ?? 0)
        return y(top) >= TOP + 34
      })
  const free = (start: number) => (start > nowX || start + long < nowX) && clear(start)
  const places = [x(0) + 6, nowX + 6, width - long]
  const start = places.find(free) ?? places.find(clear)
  if (start === undefined) return null
  const end = start + 6 + day.length * LETTER
  const seen = bars
    .slice(7, 12)
    .find(
      ({ hour, band, value }) =>
        x(hour + 0.5) > end && band && band[1] > value && y(band[1]) > TOP + 14,
    )
  return (
    <g>
      <text className={styles.usual} x={start} y={TOP + 14}>
        {day}
      </text>
      <text className={styles.usual} x={start} y={TOP + 28}>
        {band}
      </text>
      {seen?.band ? (
        <path
          className={styles.leader}
          d={`M${end} ${TOP + 10.5}H${crisp(x(seen.hour + 0.5))}V${y(seen.band[1]) - 2}`}
        />
      ) : null}
    </g>
  )
}

import type { Level } from '#server/contract/measures/shape.ts'
import { placeOn, type Scale } from '#web/chart/interval-cell.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { levelPoint } from '#web/ui/level.tsx'
import styles from './ratio-plot.module.css'

const WIDTH = 268
const PAD = 10

interface RatioPlotProps {
  ratio: number
  lower: number
  upper: number
  level: Level
}

/** A ratio with its interval from the line of 1. */
export function RatioPlot({ ratio, lower, upper, level }: RatioPlotProps) {
  const format = useFormat()
  const scale: Scale = {
    log: true,
    low: Math.max(0.2, Math.min(0.9, lower * 0.9)),
    high: Math.min(4, Math.max(1.6, upper * 1.1)),
  }
  const at = (value: number) =>
    PAD + Math.max(0, Math.min(1, placeOn(scale, value))) * (WIDTH - 2 * PAD)
  const ticks = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3].filter(
    (tick) => tick > scale.low && tick < scale.high,
  )
  return (
    <svg width={WIDTH} height="50" className={styles.plot} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${at(tick)} 4V30`} className={tick === 1 ? styles.one : styles.tick} />
          <text x={at(tick)} y="46" textAnchor="middle">
            {format.number(tick, tick % 1 === 0 ? 0 : tick % 0.5 === 0 ? 1 : 2)}
          </text>
        </g>
      ))}
      <path d={`M${at(lower)} 17H${at(upper)}`} className={styles.whisker} />
      <g transform={`translate(${at(ratio)} 17)`}>
        {levelPoint(level) ?? <circle r="4" fill="var(--ink)" />}
      </g>
    </svg>
  )
}

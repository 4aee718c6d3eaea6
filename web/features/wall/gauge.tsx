import { gaugeDomain, sideOf } from './scale.ts'
import styles from './wall.module.css'

interface GaugeProps {
  value: number
  usual: readonly [number, number] | null
  x: number
  y: number
  width: number
  /** The main figure's is taller and shows the way from the band's edge. */
  main?: boolean
}

/** Where a count stands in its usual band. */
export function Gauge({ value, usual, x, y, width, main = false }: GaugeProps) {
  const [low, high] = gaugeDomain(value, usual)
  const at = (count: number) => x + ((count - low) / (high - low)) * width
  const side = sideOf(value, usual)
  const outside = side !== 'within'
  const tone = side === 'above' ? styles.worse : side === 'below' ? styles.fewer : styles.ink
  const tall = main ? 62 : 48
  const band = main ? 36 : 28
  const edge = usual && outside ? at(side === 'above' ? usual[1] : usual[0]) : null
  return (
    <g>
      <path className={styles.hairline} d={`M${x} ${y}H${x + width}`} />
      {usual ? (
        <rect
          className={styles.band}
          x={at(usual[0])}
          y={y - band / 2}
          width={Math.max(4, at(usual[1]) - at(usual[0]))}
          height={band}
        />
      ) : null}
      {edge === null ? null : (
        <rect
          className={tone}
          x={Math.min(edge, at(value))}
          y={y - 4}
          width={Math.abs(at(value) - edge)}
          height="8"
        />
      )}
      <rect
        className={tone}
        x={at(value) - (main ? 6 : 5)}
        y={y - tall / 2}
        width={main ? 12 : 10}
        height={tall}
      />
    </g>
  )
}

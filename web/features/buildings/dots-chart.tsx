import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { useSize } from '#web/ui/use-size.ts'
import type { Card } from './card.ts'
import styles from './dots-chart.module.css'
import { dotsOf } from './dots-view.ts'
import tables from './request-tables.module.css'
import { ScrollBox } from './scroll-box.tsx'

type Intensity = NonNullable<Card['similar']['intensity']>

interface DotsChartProps {
  intensity: Intensity
  asTable: boolean
}

const TOP = 70
const AXIS = 24
const RADIUS = 2.3
/** Width of the widest name with its interval, px. */
const NAME = 140
/** Heights of the highest stack, px. */
const [LOWEST, HIGHEST] = [36, 116]
/** About as many columns as make the stacks neither flat nor thin. */
const columnsFor = (buildings: number) => Math.min(36, Math.round(2.4 * Math.sqrt(buildings)))

/** One dot is one similar building; this one stands above them with its exact interval. */
export function DotsChart({ intensity, asTable }: DotsChartProps) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const [ref, { width }] = useSize<HTMLDivElement>()
  const { requests, rate, low, high, others, median, higher, beyondChance } = intensity
  const dots = dotsOf(others, { rate, low, high }, columnsFor(others.length))
  if (asTable) return <DotsTable dots={dots} />
  const x = (value: number) => ((value - dots.min) / (dots.max - dots.min)) * width
  const stacked = Math.min(HIGHEST, Math.max(LOWEST, dots.highest * (RADIUS * 2 + 1)))
  const base = TOP + stacked
  const gap = Math.min(RADIUS * 2 + 1, stacked / dots.highest)
  const own = x(rate)
  const right = own > width * 0.6
  const middle = x(median ?? 0)
  const behindName = right
    ? middle > own - NAME && middle < own + 8
    : middle > own - 8 && middle < own + NAME
  const tone = beyondChance ? (rate > (median ?? 0) ? 'worse' : 'better') : 'within'
  const number = (value: number) => format.number(value, value < 10 ? 1 : 0)
  return (
    <div ref={ref} className={styles.chart} style={{ minHeight: base + AXIS }}>
      {width > 0 ? (
        <svg
          width={width}
          height={base + AXIS}
          role="img"
          aria-label={t('intensity.chart', {
            rate: number(rate),
            low: number(low),
            high: number(high),
            median: number(median ?? 0),
            higher: format.number(higher),
            n: format.number(others.length),
          })}
        >
          {dots.stacks.map(({ value, count }) =>
            Array.from({ length: count }, (_, index) => (
              <circle
                // biome-ignore lint/suspicious/noArrayIndexKey: dots of a stack are alike
                key={index}
                className={styles.dot}
                cx={x(value)}
                cy={base - RADIUS - 1 - index * gap}
                r={RADIUS}
              />
            )),
          )}
          <path className={styles.axis} d={`M0 ${base + 0.5}H${width}`} />
          {dots.ticks.map((tick) => (
            <g key={tick}>
              <path className={styles.axis} d={`M${Math.round(x(tick)) + 0.5} ${base}v4`} />
              <text className={styles.tick} x={x(tick)} y={base + 18} textAnchor="middle">
                {number(tick)}
              </text>
            </g>
          ))}
          {median === null ? null : (
            <>
              <path
                className={styles.median}
                d={`M${Math.round(middle) + 0.5} 16${behindName ? 'V20m0 32' : ''}V${base}`}
              />
              <text
                className={styles.tick}
                x={middle - 5}
                y={12}
                textAnchor={middle < 90 ? 'start' : 'end'}
              >
                {t('intensity.median', { n: number(median) })}
              </text>
            </>
          )}
          <g className={styles[tone]}>
            <path className={styles.stem} d={`M${Math.round(own) + 0.5} 60V${base}`} />
            <path className={styles.interval} d={`M${x(low)} 60H${x(high)}`} />
            <circle className={styles.own} cx={own} cy={60} r={5} />
          </g>
          <text
            className={styles.ownName}
            x={own + (right ? 6 : -6)}
            y={32}
            textAnchor={right ? 'end' : 'start'}
          >
            {t('intensity.own')} <tspan className={styles.ownValue}>{number(rate)}</tspan>
          </text>
          <text
            className={styles.tick}
            x={own + (right ? 6 : -6)}
            y={47}
            textAnchor={right ? 'end' : 'start'}
          >
            {t('intensity.interval', {
              low: number(low),
              high: number(high),
              n: format.number(requests),
            })}
          </text>
        </svg>
      ) : null}
    </div>
  )
}

function DotsTable({ dots }: { dots: ReturnType<typeof dotsOf> }) {
  const { t } = useTranslation(['buildings', 'words'])
  const format = useFormat()
  const digits = dots.bin < 1 ? 1 : 0
  return (
    <ScrollBox label={t('intensity.title')}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{t('words:column.per100')}</th>
            <th scope="col" className={tables.end}>
              {t('words:column.buildings')}
            </th>
          </tr>
        </thead>
        <tbody>
          {dots.stacks.map(({ value, count }) => (
            <tr key={value}>
              <td>{format.range(value - dots.bin / 2, value + dots.bin / 2, digits)}</td>
              <td className={tables.end}>{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { useHatch } from '#web/ui/hatch.tsx'
import { useSize } from '#web/ui/use-size.ts'
import { BandStep, HourBar } from './inflow-bars.tsx'
import styles from './inflow-chart.module.css'
import { CAPTION, crisp, LETTER, TOP } from './inflow-measures.ts'
import { UsualWords } from './inflow-usual.tsx'
import { type Bar, ceilingUnder, type Inflow, inflowView } from './inflow-view.ts'

interface InflowChartProps {
  inflow: Inflow
  now: number
  /** Local hour with fraction. */
  hour: number
  /** Stands over each hour that has come, and opens what came in it. */
  link?: (hour: number) => ReactNode
}

const BOTTOM = 20

/** Registrations by hour over what is usual; the table beside it says the same to readers. */
export function InflowChart({ inflow, now, hour, link }: InflowChartProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const hatch = useHatch('var(--volume-3)')
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const view = inflowView(inflow, hour)
  const { bars, step } = view
  const left = Math.max(25, format.number(view.max).length * 7.2 + 9)
  const plot = { width: width - left, height: height - TOP - BOTTOM }
  const slot = plot.width / 24
  const x = (h: number) => left + h * slot
  const nowX = x(hour)
  const usual = inflow.usual
  const ends = usual?.forecast.interval.map((end) => inflow.total + end) ?? []
  const range = ends.length === 2 ? format.range(ends[0] ?? 0, ends[1] ?? 0) : ''
  const words = t('inflow.byMidnight')
  const beyond = (letters: number) => nowX + 6 + letters * 6.1 > width
  const whole = !beyond(words.length + range.length + 8)
  const late = !whole && beyond(words.length + 6)
  const forecast = usual ? format.number(inflow.total + usual.forecast.rest) : ''
  const letters = words.length + forecast.length + (whole || late ? range.length + 4 : 1)
  const wide = (letters * LETTER) / slot
  const max = usual
    ? ceilingUnder(view, {
        over: late ? [hour - wide, hour] : [hour, hour + wide],
        plot: plot.height,
        room: CAPTION - TOP,
      })
    : view.max
  const y = (value: number) => TOP + plot.height * (1 - value / max)
  const forecastWords = usual ? (
    <text
      x={late ? nowX - 6 : nowX + 6}
      y={17}
      textAnchor={late ? 'end' : 'start'}
      className={styles.soft}
    >
      {words} <tspan className={styles.strong}>{forecast}</tspan>
      {whole || late ? ` (${range})` : null}
    </text>
  ) : null
  return (
    <div className={styles.chart} ref={ref}>
      {width > 0 && height > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
          <defs>{hatch.pattern}</defs>
          {[0, 1, 2, 3].map((line) => (
            <g key={line}>
              <path
                className={line === 0 ? styles.base : styles.grid}
                d={`M${left} ${crisp(y(line * step))}H${width}`}
              />
              <text className={styles.axis} x={left - 7} y={y(line * step) + 4} textAnchor="end">
                {format.number(line * step)}
              </text>
            </g>
          ))}
          {bars.map((bar) => (
            <BandStep key={bar.hour} bar={bar} x={x(bar.hour)} slot={slot} y={y} />
          ))}
          {bars.map((bar) => (
            <HourBar
              key={bar.hour}
              bar={bar}
              x={x(bar.hour)}
              slot={slot}
              y={y}
              hatch={hatch.fill}
            />
          ))}
          <path className={styles.base} d={`M${left} ${crisp(y(0))}H${width}`} />
          {[0, 3, 6, 9, 12, 15, 18, 21, 24].map((h) =>
            Math.abs(x(h) - nowX) < (h === 24 ? 40 : 32) ? null : (
              <text
                key={h}
                className={styles.axis}
                x={h === 24 ? width : x(h) + (h === 0 ? 4 : 0)}
                y={height - 5}
                textAnchor={h === 24 ? 'end' : 'middle'}
              >
                {h}
              </text>
            ),
          )}
          <path className={styles.now} d={`M${crisp(nowX)} 11V${y(0) + 4}`} />
          <text
            className={styles.nowLabel}
            x={Math.min(Math.max(nowX, left + 14), width - 16)}
            y={height - 5}
            textAnchor="middle"
          >
            {format.clock(now)}
          </text>
          {valued(bars, slot).map(({ hour: h, value }) => (
            <text
              key={h}
              className={styles.aboveValue}
              x={x(h) + slot / 2}
              y={y(value) - 4}
              textAnchor="middle"
            >
              {format.number(value)}
            </text>
          ))}
          {usual ? (
            <UsualWords
              bars={bars}
              x={x}
              y={y}
              days={inflow.days}
              alike={inflow.alike}
              nowX={nowX}
              width={width}
            />
          ) : null}
          {forecastWords}
        </svg>
      ) : null}
      {link && width > 0 ? (
        <div className={styles.hours} style={{ left, right: 0, top: TOP, bottom: BOTTOM }}>
          {bars.map((bar) => (
            <div key={bar.hour} className={styles.hour}>
              {bar.hour < hour ? link(bar.hour) : null}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}

/** Hours above their band whose values find room, the furthest above first. */
function valued(bars: readonly Bar[], slot: number): Bar[] {
  const chosen: Bar[] = []
  for (const bar of bars.filter(({ above }) => above > 0).sort((a, b) => b.above - a.above)) {
    const width = String(bar.value).length * 7.5 + 2
    if (chosen.every(({ hour }) => Math.abs(hour - bar.hour) * slot >= width)) chosen.push(bar)
  }
  return chosen
}

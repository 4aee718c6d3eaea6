import { useTranslation } from 'react-i18next'
import { dateOfDay } from '#web/lib/city-time.ts'
import { niceStep } from '#web/lib/scale.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSize } from '#web/ui/use-size.ts'
import type { Queue } from './answers.ts'
import styles from './chart.module.css'

const TOP = 22
const BOTTOM = 20
const RIGHT = 46
const LINES = 3
/** Px of a date with room around it. */
const LABEL = 64

/** Open requests of eight weeks, and eight weeks ahead as eight in ten of the courses go; the table says the same to readers. */
export function QueueChart({ queue, today }: { queue: Queue; today: number }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const { past, path, open, enough } = queue
  const tallest = Math.max(
    LINES,
    enough,
    ...past.map((day) => day.open),
    ...path.map(({ upper }) => upper),
  )
  const step = niceStep(tallest, LINES)
  const max = step * LINES
  const left = Math.max(25, format.number(max).length * 7.2 + 9)
  const first = past[0]?.day ?? today
  const last = today + path.length
  const every = Math.ceil((LABEL * (last - first)) / 7 / Math.max(1, width - left - RIGHT))
  const x = (day: number) =>
    left + ((width - left - RIGHT) * (day - first)) / Math.max(1, last - first)
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / max)
  const line = (points: readonly (readonly [day: number, value: number])[]) =>
    points
      .map(([day, value], i) => `${i ? 'L' : 'M'}${x(day).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('')
  // A day ends where the next begins; now stands between.
  const fan = (end: 'lower' | 'upper' | 'value') => [
    [today + 0.5, open] as const,
    ...path.map((range, i) => [today + i + 1, range[end]] as const),
  ]
  const end = path.at(-1)
  return (
    <div className={styles.chart} ref={ref}>
      {width > 0 && height > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
          {[0, 1, 2, 3].map((each) => (
            <g key={each}>
              <path
                className={each === 0 ? styles.base : styles.grid}
                d={`M${left} ${crisp(y(each * step))}H${width - RIGHT}`}
              />
              <text className={styles.axis} x={left - 7} y={y(each * step) + 4} textAnchor="end">
                {format.number(each * step)}
              </text>
            </g>
          ))}
          <path
            className={styles.fan}
            d={`${line([...fan('upper'), ...fan('lower').reverse()])}Z`}
          />
          <path className={styles.enough} d={`M${left} ${crisp(y(enough))}H${width - RIGHT}`} />
          <text className={styles.name} x={left + 4} y={y(enough) - 5}>
            {t('queue.enough', { n: format.number(enough) })}
          </text>
          <path className={styles.median} d={line(fan('value'))} />
          <path
            className={styles.past}
            d={line([
              ...past.map((day) => [day.day + 1, day.open] as const),
              [today + 0.5, open] as const,
            ])}
          />
          <path className={styles.now} d={`M${crisp(x(today + 0.5))} 12V${y(0) + 4}`} />
          <circle className={styles.dot} cx={x(today + 0.5)} cy={y(open)} r="4" />
          <text className={styles.label} x={x(today + 0.5) - 6} y={y(open) + 22} textAnchor="end">
            {format.number(open)}
          </text>
          <text className={styles.soft} x={x(today + 0.5) + 6} y={17}>
            {t('queue.ahead')}
          </text>
          {end ? (
            <>
              <text className={styles.axis} x={width - RIGHT + 5} y={y(end.upper) + 4}>
                {format.number(end.upper)}
              </text>
              {y(end.lower) - y(end.upper) > 14 ? (
                <text className={styles.axis} x={width - RIGHT + 5} y={y(end.lower) + 4}>
                  {format.number(end.lower)}
                </text>
              ) : null}
            </>
          ) : null}
          {Array.from({ length: last - first }, (_, i) => first + i)
            .filter((day) => dateOfDay(day).weekday === 0)
            .filter((_, i) => i % every === 0)
            .filter((day) => x(day) + 44 <= width - RIGHT / 2)
            .map((day) => (
              <text key={day} className={styles.axis} x={x(day)} y={height - 4}>
                {format.days(day, day)}
              </text>
            ))}
        </svg>
      ) : null}
    </div>
  )
}

/** A hairline stands on half a px. */
const crisp = (value: number) => Math.round(value) + 0.5

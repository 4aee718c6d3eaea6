import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSize } from '#web/ui/use-size.ts'
import styles from './weekly.module.css'

export type Weekly = NonNullable<NonNullable<Answer['organizations']['weekly']>['late']>

const LEFT = 30
const RIGHT = 8
const TOP = 18
const AVERAGE = 96
const BETWEEN = 34
const CHANGE = 60
const FOOT = 20

/** The moving average of weekly differences over its limits; under it, where there is a past, the chart of change and its limit. */
export function WeeklyChart({ weekly, label }: { weekly: Weekly; label: string }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const [ref, { width }] = useSize<HTMLDivElement>()
  const { weeks, change } = weekly
  const height = TOP + AVERAGE + FOOT + (change ? BETWEEN + CHANGE : 0)
  const most = Math.max(
    1.5,
    ...weeks.map(({ average, limit }) => Math.max(limit, Math.abs(average))),
  )
  const x = (week: number) =>
    LEFT + ((week + 0.5) / Math.max(1, weeks.length)) * (width - LEFT - RIGHT)
  const y = (value: number) => TOP + (AVERAGE / 2) * (1 - value / (most * 1.08))
  const line = (points: readonly (readonly [number, number])[]) =>
    points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`).join('')
  const ends = (sign: 1 | -1) => weeks.map(({ limit }, i) => [x(i), y(sign * limit)] as const)
  const months = weeks.flatMap(({ from }, i) => {
    const before = weeks[i - 1]
    const isNew = before !== undefined && before.from.slice(0, 7) !== from.slice(0, 7)
    return isNew ? [{ month: Number(from.slice(5, 7)), at: i }] : []
  })
  const every = width < 420 ? 3 : width < 620 ? 2 : 1
  return (
    <div ref={ref} className={styles.chart} style={{ height }} role="img" aria-label={label}>
      {width === 0 ? null : (
        <svg width={width} height={height} aria-hidden="true">
          <path
            className={styles.band}
            d={`${line(ends(1))}${line(ends(-1).toReversed()).replace('M', 'L')}Z`}
          />
          <path className={styles.zero} d={`M${LEFT} ${crisp(y(0))}H${width - RIGHT}`} />
          <path className={styles.edge} d={line(ends(1))} />
          <path className={styles.edge} d={line(ends(-1))} />
          {[1, 0, -1].map((sign) => {
            const value = sign * (weeks.at(-1)?.limit ?? 1)
            return (
              <text key={sign} className={styles.axis} x={LEFT - 6} y={y(value) + 4}>
                {format.signed(value, sign === 0 ? 0 : 1)}
              </text>
            )
          })}
          <path
            className={styles.line}
            d={line(weeks.map(({ average }, i) => [x(i), y(average)] as const))}
          />
          {weeks.map(({ from, average, limit }, i) =>
            Math.abs(average) > limit ? (
              <circle
                key={from}
                className={average > 0 ? styles.worse : styles.better}
                cx={x(i)}
                cy={y(average)}
                r="3.5"
              />
            ) : null,
          )}
          <text className={styles.caption} x={LEFT} y={12}>
            {t('weekly.average')}
          </text>
          {change ? <Change weekly={weekly} change={change} x={x} width={width} /> : null}
          {months
            .filter((_, i) => i % every === 0)
            .map(({ month, at }) => (
              <text key={at} className={styles.month} x={x(at)} y={height - 5}>
                {format.monthShort(month)}
              </text>
            ))}
        </svg>
      )}
    </div>
  )
}

interface ChangeProps {
  weekly: Weekly
  change: NonNullable<Weekly['change']>
  x: (week: number) => number
  width: number
}

/** Evidence gathers week by week; at the limit it signals and goes on from half of it. */
function Change({ weekly: { weeks }, change, x, width }: ChangeProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const top = TOP + AVERAGE + BETWEEN
  const most = Math.max(change.limit, ...weeks.map((week) => week.change ?? 0)) * 1.1
  const y = (value: number) => top + CHANGE * (1 - value / most)
  const signals = new Set(change.signals)
  const path = weeks
    .map((week, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(week.change ?? 0).toFixed(1)}`)
    .join('')
  return (
    <g>
      <text className={styles.caption} x={LEFT} y={top - 8}>
        {t('weekly.change')}
      </text>
      <path className={styles.zero} d={`M${LEFT} ${crisp(y(0))}H${width - RIGHT}`} />
      <path className={styles.limit} d={`M${LEFT} ${crisp(y(change.limit))}H${width - RIGHT}`} />
      <text className={styles.axis} x={LEFT - 6} y={y(change.limit) + 4}>
        {format.number(change.limit, 1)}
      </text>
      <text className={styles.axis} x={LEFT - 6} y={y(0) + 4}>
        0
      </text>
      <path className={styles.line} d={path} />
      {weeks.map((week, i) =>
        signals.has(week.from) ? (
          <g
            key={week.from}
            className={styles.signal}
            transform={`translate(${x(i)} ${y(week.change ?? 0)})`}
          >
            <title>{format.day(dayOfIso(week.from))}</title>
            <path d="M0 -6 5.5 4H-5.5Z" />
          </g>
        ) : null,
      )}
    </g>
  )
}

const crisp = (value: number) => Math.round(value) + 0.5

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dateOfDay } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useHatch } from '#web/ui/hatch.tsx'
import { useSize } from '#web/ui/use-size.ts'
import type { Day, Ready } from './answers.ts'
import styles from './chart.module.css'
import { type DayBar, daysView } from './days-view.ts'
import { rowsOfDay, type Scope } from './scope.ts'

const TOP = 24
const BOTTOM = 34

interface DaysChartProps {
  ahead: Ready
  today: Day
  scope: Scope
}

/** Four weeks that were, and two that are told with their intervals; the table beside it says the same to readers. */
export function DaysChart({ ahead, today, scope }: DaysChartProps) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const hatch = useHatch('var(--volume-3)')
  const [ref, { width, height }] = useSize<HTMLDivElement>()
  const { bars, step, max } = daysView(ahead, today)
  const left = Math.max(25, format.number(max).length * 7.2 + 9)
  const slot = (width - left) / bars.length
  const x = (index: number) => left + index * slot
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / max)
  const narrow = width < 560
  const now = bars.findIndex(({ day }) => day === today.today)
  return (
    <div className={styles.chart} ref={ref}>
      {width > 0 && height > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
          <defs>{hatch.pattern}</defs>
          {[0, 1, 2, 3].map((line) => (
            <g key={line}>
              <path className={styles.grid} d={`M${left} ${crisp(y(line * step))}H${width}`} />
              <text className={styles.axis} x={left - 7} y={y(line * step) + 4} textAnchor="end">
                {format.number(line * step)}
              </text>
            </g>
          ))}
          {bars.map((bar, i) => (
            <OneDay key={bar.day} bar={bar} x={x(i)} slot={slot} y={y} hatch={hatch.fill} />
          ))}
          <path className={styles.base} d={`M${left} ${crisp(y(0))}H${width}`} />
          <path className={styles.now} d={`M${crisp(x(now + 1))} 12V${y(0) + 4}`} />
          <text
            className={styles.soft}
            x={x(now + 1) + (narrow ? -6 : 6)}
            y={17}
            textAnchor={narrow ? 'end' : 'start'}
          >
            {t('days.ahead')}
          </text>
          {bars.map(({ day }, i) => {
            const { weekday } = dateOfDay(day)
            return (
              <g key={day}>
                {slot >= 17 ? (
                  <text
                    className={weekday >= 5 ? styles.strong : styles.axis}
                    x={x(i) + slot / 2}
                    y={height - 19}
                    textAnchor="middle"
                  >
                    {format.weekdayShort(weekday).slice(0, 2)}
                  </text>
                ) : null}
                {weekday === 0 && x(i) + 44 <= width ? (
                  <text className={styles.axis} x={x(i) + 1} y={height - 4}>
                    {format.days(day, day)}
                  </text>
                ) : null}
              </g>
            )
          })}
        </svg>
      ) : null}
      {width > 0 ? (
        <div
          className={styles.over}
          style={{
            ...{ left, top: TOP, bottom: BOTTOM },
            gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))`,
          }}
        >
          {bars.map(({ day, came, told }) =>
            day <= today.today ? (
              <Link
                key={day}
                to="/requests"
                search={rowsOfDay(scope, day)}
                title={t('days.came', { day: format.weekdayAndDay(day), n: format.number(came) })}
                aria-label={t('days.came', {
                  day: format.weekdayAndDay(day),
                  n: format.number(came),
                })}
                tabIndex={-1}
              />
            ) : (
              <span
                key={day}
                title={t('days.told', {
                  day: format.weekdayAndDay(day),
                  n: format.number(told?.value ?? 0),
                  range: told?.of80 ? format.range(told.of80[0], told.of80[1]) : '',
                })}
              />
            ),
          )}
        </div>
      ) : null}
    </div>
  )
}

interface OneDayProps {
  bar: DayBar
  x: number
  slot: number
  y: (value: number) => number
  hatch: string
}

function OneDay({ bar, x, slot, y, hatch }: OneDayProps) {
  const gap = slot > 14 ? 4 : 2
  const [left, width] = [x + gap / 2, Math.max(1, slot - gap)]
  const middle = x + slot / 2
  const { came, told, holiday } = bar
  return (
    <>
      {told?.of95 ? (
        <path className={styles.far} d={`M${middle} ${y(told.of95[1])}V${y(told.of95[0])}`} />
      ) : null}
      {told ? (
        <rect
          className={styles.told}
          x={crisp(left)}
          width={Math.round(width)}
          y={crisp(y(told.value))}
          height={Math.max(0, y(came) - y(told.value))}
          fill={hatch}
        />
      ) : null}
      {told?.of80 ? (
        <rect
          className={styles.near}
          x={left}
          width={width}
          y={y(told.of80[1])}
          height={Math.max(1, y(told.of80[0]) - y(told.of80[1]))}
        />
      ) : null}
      {told ? (
        <path className={styles.value} d={`M${left} ${y(told.value)}H${left + width}`} />
      ) : null}
      <rect className={styles.bar} x={left} width={width} y={y(came)} height={y(0) - y(came)} />
      {holiday ? (
        <path
          className={styles.holiday}
          d={`M${middle} ${y(0) - 9}l4 4-4 4-4-4Z`}
          data-over={came > 0}
        />
      ) : null}
    </>
  )
}

/** A hairline stands on half a px. */
const crisp = (value: number) => Math.round(value) + 0.5

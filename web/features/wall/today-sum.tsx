import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { TodayAnswer } from './answers.ts'
import { axisOf, printed, sideOf } from './scale.ts'
import styles from './scene-today.module.css'
import { HOUR_TICKS, hourX, PLOT } from './today-plot.ts'
import wall from './wall.module.css'

const TOP = 664
const BOTTOM = 926

interface Point {
  hour: number
  count: number
}

/** What has come since midnight, and the way it will take: a fan of eight in ten to the end of the day. */
export function TodaySum({ today, at }: { today: TodayAnswer; at: number }) {
  const { t } = useTranslation('wall')
  const { number, range } = useFormat()
  const { hours, usual, expected, registered } = today
  const sums = cumulative(hours, at, registered.value)
  const most = Math.max(
    registered.value,
    expected?.interval[1] ?? 0,
    usual?.cumulative.high.at(-1) ?? 0,
  )
  const { top, line } = axisOf(most)
  const y = (count: number) => BOTTOM - (count / top) * (BOTTOM - TOP)
  const path = (points: readonly Point[]) =>
    points.map(({ hour, count }, i) => `${i ? 'L' : 'M'}${hourX(hour)} ${y(count)}`).join('')
  const area = (low: readonly Point[], high: readonly Point[]) =>
    `${path(high)}${path(low.toReversed()).replace('M', 'L')}Z`
  const here = { hour: at, count: registered.value }
  const way = expected ? wayOf(here, expected) : []
  /** The same way, to another end. */
  const within = (points: readonly Point[], end: number) =>
    points.map(({ hour, count }) => ({
      hour,
      count: here.count + (end - here.count) * shareOf(count - here.count, expected, here),
    }))
  const outside = sideOf(registered.value, registered.usual) === 'above'
  const end = expected && range(...printed(expected.interval))
  return (
    <g>
      <text className={wall.label39} x={PLOT.left} y="640">
        {t('today.sum')}
      </text>
      <path className={wall.hairline} d={`M${PLOT.left} ${y(line)}H${PLOT.right}`} />
      <text className={wall.tick} x={PLOT.left - 14} y={y(line) + 11} textAnchor="end">
        {number(line)}
      </text>
      {usual ? (
        <path
          className={wall.usual}
          d={area(
            usual.cumulative.low.map((count, hour) => ({ hour, count })),
            usual.cumulative.high.map((count, hour) => ({ hour, count })),
          )}
        />
      ) : null}
      {expected ? (
        <>
          <path
            className={styles.fan}
            d={area(within(way, expected.interval[0]), within(way, expected.interval[1]))}
          />
          <path className={styles.way} d={path(way)} />
        </>
      ) : null}
      <path className={wall.today} d={path([...sums, here])} />
      <circle
        className={outside ? wall.worse : wall.ink}
        cx={hourX(at)}
        cy={y(registered.value)}
        r="12"
      />
      {expected && end ? (
        <text className={styles.end} x={PLOT.right} y="640" textAnchor="end">
          <tspan className={styles.endNote}>{t('today.byDayEnd')}</tspan>
          <tspan dx="14">{end}</tspan>
        </text>
      ) : null}
      <path className={wall.now} d={`M${hourX(at)} ${TOP - 8}V${BOTTOM}`} />
      <path className={wall.axis} d={`M${PLOT.left} ${BOTTOM}H${PLOT.right}`} />
      {HOUR_TICKS.map((hour) => (
        <g key={hour}>
          <path className={wall.axis} d={`M${hourX(hour)} ${BOTTOM}v8`} />
          <text
            className={wall.tick}
            x={hourX(hour)}
            y="970"
            textAnchor={hour === 0 ? 'start' : hour === 24 ? 'end' : 'middle'}
          >
            {hour}
          </text>
        </g>
      ))}
    </g>
  )
}

/** How much of what is still expected has come by then. */
function shareOf(come: number, expected: TodayAnswer['expected'], here: Point): number {
  const rest = (expected?.total ?? 0) - here.count
  return rest > 0 ? come / rest : 0
}

/** From midnight to each full hour that is over. */
function cumulative(hours: readonly number[], at: number, total: number): Point[] {
  let sum = 0
  const points: Point[] = [{ hour: 0, count: 0 }]
  for (let hour = 1; hour <= Math.floor(at); hour++) {
    sum += hours[hour - 1] ?? 0
    points.push({ hour, count: Math.min(sum, total) })
  }
  return points
}

/** The middle of the fan, hour by hour. */
function wayOf(here: Point, expected: NonNullable<TodayAnswer['expected']>): Point[] {
  const rest = expected.total - here.count
  const coming = expected.hours.map((count, hour) => {
    const share = Math.max(0, Math.min(1, hour + 1 - here.hour))
    return (count ?? 0) * (hour + 1 > here.hour ? share : 0)
  })
  const all = coming.reduce((sum, count) => sum + count, 0)
  const points = [here]
  let sum = 0
  coming.forEach((count, hour) => {
    if (hour + 1 <= here.hour) return
    sum += count
    points.push({ hour: hour + 1, count: here.count + (all > 0 ? (sum / all) * rest : 0) })
  })
  return points
}

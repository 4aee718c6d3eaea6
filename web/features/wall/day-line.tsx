import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { axisOf, printed, sideOf, textWidth } from './scale.ts'
import styles from './wall.module.css'

const LEFT = 64
const RIGHT = 1856
const TOP = 740
const BOTTOM = 932
const QUARTERS = 96
const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

interface DayLineProps {
  today: readonly number[]
  usual: { low: readonly number[]; high: readonly number[] } | null
  hour: { value: number; usual: readonly [number, number] | null }
  /** Quarters since midnight, with fraction. */
  now: number
  weekday: number
}

/** Requests of the hour before each moment of today, over eight in ten of the same weekdays. */
export function DayLine({ today, usual, hour, now, weekday }: DayLineProps) {
  const { t } = useTranslation('wall')
  const { number, range } = useFormat()
  const outside = sideOf(hour.value, hour.usual) === 'above'
  const x = (quarter: number) => LEFT + (quarter / QUARTERS) * (RIGHT - LEFT)
  // The words stand where there is room: right of the point, and over everything in the evening.
  const late = x(now) > 1180
  const most = Math.max(...today, ...(usual?.high ?? []), hour.value)
  const { top, line } = axisOf(late ? most * 1.15 : most)
  const y = (count: number) => BOTTOM - (count / top) * (BOTTOM - TOP)
  const points = [
    ...today.map((count, quarter) => ({ quarter, count })),
    { quarter: now, count: hour.value },
  ]
  const path = (all: readonly { quarter: number; count: number }[]) =>
    all.map(({ quarter, count }, i) => `${i === 0 ? 'M' : 'L'}${x(quarter)} ${y(count)}`).join('')
  const isOutside = ({ quarter, count }: { quarter: number; count: number }) =>
    usual !== null && sideOf(count, bandAt(usual, quarter)) === 'above'
  const here = { x: x(now), y: y(hour.value) }
  const name = usual ? nameOf(usual, late, (count) => y(count) + NAME_UNDER < BOTTOM - 12) : null
  const value = number(hour.value)
  const note = hour.usual ? t('usual', { range: range(...printed(hour.usual)) }) : ''
  const width = textWidth(value, 68) + (note ? 18 + textWidth(note, 35) : 0)
  const right = Math.min(RIGHT, here.x + width / 2)
  const words = late
    ? { x: right, y: above([...points, ...bandPoints(usual)], [right - width, right]) }
    : { x: here.x + 32, y: Math.min(Math.max(here.y + 12, TOP + 8), BOTTOM - 24) }
  function above(all: readonly { quarter: number; count: number }[], [from, to]: [number, number]) {
    const under = all.filter(({ quarter }) => x(quarter) > from - 20 && x(quarter) < to + 20)
    return Math.min(here.y - 12, ...under.map(({ count }) => y(count))) - 20
  }
  return (
    <g>
      <text className={styles.label39} x={LEFT} y={712}>
        {t('day.title')}
      </text>
      <path className={styles.hairline} d={`M${LEFT} ${y(line)}H${RIGHT}`} />
      {usual ? (
        <path
          className={styles.usual}
          d={`${path(usual.high.map((count, quarter) => ({ quarter, count })))}${usual.low
            .map((count, quarter) => `L${x(quarter)} ${y(count)}`)
            .reverse()
            .join('')}Z`}
        />
      ) : null}
      {name ? (
        <text
          className={styles.tickOver}
          x={x(name.quarter)}
          y={y(name.count) + (name.under ? NAME_UNDER : -14)}
          textAnchor={late ? 'start' : 'end'}
        >
          {t(`day.usual.${WEEKDAYS[weekday] ?? 'monday'}`)}
        </text>
      ) : null}
      <path className={styles.axis} d={`M${LEFT} ${BOTTOM}H${RIGHT}`} />
      {[0, 6, 12, 18, 24].map((hours) => (
        <g key={hours}>
          <path className={styles.axis} d={`M${x(hours * 4)} ${BOTTOM}v8`} />
          <text
            className={styles.tick}
            x={x(hours * 4)}
            y={974}
            textAnchor={hours === 0 ? 'start' : hours === 24 ? 'end' : 'middle'}
          >
            {hours}
          </text>
        </g>
      ))}
      <text className={styles.tick} x={LEFT} y={y(line) - 10}>
        {number(line)}
      </text>
      <path className={styles.now} d={`M${here.x} ${here.y}V${BOTTOM}`} />
      <path className={styles.today} d={path(points)} />
      {runs(points, isOutside).map((run) => (
        <path key={run[0]?.quarter} className={styles.above} d={path(run)} />
      ))}
      <circle className={outside ? styles.worse : styles.ink} cx={here.x} cy={here.y} r="12" />
      {late ? (
        <path className={styles.now} d={`M${here.x} ${here.y - 12}V${words.y + 12}`} />
      ) : null}
      <text {...words} textAnchor={late ? 'end' : 'start'}>
        <tspan className={outside ? styles.valueOutside : styles.value}>{value}</tspan>
        {note ? (
          <tspan className={styles.note36} dx="18">
            {note}
          </tspan>
        ) : null}
      </text>
    </g>
  )
}

/** From the lower edge of the band to the foot of its name. */
const NAME_UNDER = 44

/** Where the band's name stands: under the band where it is high enough, else over it, past the words of the hour. */
function nameOf({ low, high }: Usual, late: boolean, fits: (count: number) => boolean) {
  const [from, to] = late ? [4, 24] : [64, 84]
  const under = Math.min(...low.slice(from, to + 1))
  if (fits(under)) return { count: under, under: true, quarter: late ? from : to }
  const [first, last] = late ? [4, 24] : [76, QUARTERS]
  return {
    count: Math.max(...high.slice(first, last + 1)),
    under: false,
    quarter: late ? first : last,
  }
}

type Usual = NonNullable<DayLineProps['usual']>
const bandPoints = (usual: Usual | null) =>
  (usual?.high ?? []).map((count, quarter) => ({ quarter, count }))

function bandAt({ low, high }: Usual, quarter: number): [number, number] {
  const before = Math.floor(quarter)
  const share = quarter - before
  const between = (values: readonly number[]) => {
    const value = values[before] ?? 0
    return value + ((values[before + 1] ?? value) - value) * share
  }
  return [between(low), between(high)]
}

/** Stretches of the line that satisfy a condition at both ends. */
function runs<P>(points: readonly P[], holds: (point: P) => boolean): P[][] {
  const all: P[][] = []
  let run: P[] = []
  for (const point of points) {
    if (holds(point)) run.push(point)
    else {
      if (run.length > 1) all.push(run)
      run = []
    }
  }
  if (run.length > 1) all.push(run)
  return all
}

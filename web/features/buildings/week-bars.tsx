import type { Card } from './card.ts'
import styles from './year-chart.module.css'

interface WeekBarsProps {
  year: Card['year']
  x: (day: number) => number
  y: (count: number) => number
  top: number
  bottom: number
  hatch: string
  week: number | undefined
  onPick: (week: number | undefined) => void
  /** From this day on a closing may still return. */
  immatureFrom: number
}

/** Requests by week, those that came back from the bottom, over the band of similar buildings. */
export function WeekBars({
  year,
  x,
  y,
  top,
  bottom,
  hatch,
  week,
  onPick,
  immatureFrom,
}: WeekBarsProps) {
  const { usual, weeks } = year
  const slot = x(year.firstWeek + 7) - x(year.firstWeek)
  const bar = Math.max(1, slot * 0.84)
  const steps = (values: readonly number[]) =>
    values.map((value, index) => {
      const from = x(year.firstWeek + 7 * index)
      return `${from} ${y(value)}H${from + slot}`
    })
  return (
    <>
      {usual ? (
        <>
          <path
            className={styles.usual}
            d={`M${steps(usual.high).join('L')}${back(usual.low, year.firstWeek, x, y)}Z`}
          />
          <path className={styles.middle} d={`M${steps(usual.middle).join('L')}`} />
        </>
      ) : null}
      {weeks.map(({ week: monday, requests, returned }) => {
        const left = x(monday) + (slot - bar) / 2
        const young = monday + 6 >= immatureFrom
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table beside the chart is the way by keyboard
          <g
            key={monday}
            className={styles.week}
            data-picked={monday === week || undefined}
            onClick={() => onPick(monday === week ? undefined : monday)}
          >
            <rect className={styles.hit} x={x(monday)} y={top} width={slot} height={bottom - top} />
            <rect
              className={styles.bar}
              x={left}
              y={y(requests)}
              width={bar}
              height={bottom - y(requests)}
            />
            {returned > 0 ? (
              <rect
                className={styles.returned}
                x={left}
                y={y(returned)}
                width={bar}
                height={bottom - y(returned)}
              />
            ) : null}
            {young ? (
              <rect
                x={left}
                y={y(requests)}
                width={bar}
                height={bottom - y(requests)}
                fill={hatch}
              />
            ) : null}
          </g>
        )
      })}
    </>
  )
}

/** The lower edge of the band, from right to left. */
function back(
  low: readonly number[],
  firstWeek: number,
  x: (day: number) => number,
  y: (count: number) => number,
): string {
  return low
    .map(
      (value, index) =>
        `L${x(firstWeek + 7 * (index + 1))} ${y(value)}H${x(firstWeek + 7 * index)}`,
    )
    .toReversed()
    .join('')
}

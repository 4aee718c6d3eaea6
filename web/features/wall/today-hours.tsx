import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { axisOf, sideOf } from './scale.ts'
import styles from './scene-today.module.css'
import { HOUR_TICKS, hourX, PLOT } from './today-plot.ts'
import wall from './wall.module.css'

const TOP = 300
const BOTTOM = 556
const GAP = 6

interface TodayHoursProps {
  hours: readonly number[]
  usual: { low: readonly number[]; high: readonly number[] } | null
  /** For hours that are not over. */
  expected: readonly (number | null)[] | null
  /** The local hour now, with fraction. */
  at: number
  /** «обычные субботы» */
  typical: string
}

/** Each hour of today over eight in ten of the same hours of typical days; hours to come are hollow. */
export function TodayHours({ hours, usual, expected, at, typical }: TodayHoursProps) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const most = Math.max(...hours, ...(usual?.high ?? []), ...(expected ?? []).map((n) => n ?? 0))
  const { top, line } = axisOf(most)
  const y = (count: number) => BOTTOM - (count / top) * (BOTTOM - TOP)
  const current = Math.floor(at)
  return (
    <g>
      <text className={wall.label39} x={PLOT.left} y="268">
        {t('today.byHour')}
      </text>
      {usual ? (
        <>
          <rect className={wall.band} x={PLOT.right - 30} y="242" width="30" height="30" />
          <text className={wall.tick} x={PLOT.right - 44} y="268" textAnchor="end">
            {typical}
          </text>
        </>
      ) : null}
      <path className={wall.hairline} d={`M${PLOT.left} ${y(line)}H${PLOT.right}`} />
      <text className={wall.tick} x={PLOT.left - 14} y={y(line) + 11} textAnchor="end">
        {number(line)}
      </text>
      {hours.map((count, hour) => {
        const x = hourX(hour) + GAP
        const width = hourX(hour + 1) - hourX(hour) - 2 * GAP
        const low = usual?.low[hour] ?? 0
        const high = usual?.high[hour] ?? 0
        const complete = hour < current
        const outside = complete && usual !== null && sideOf(count, [low, high]) === 'above'
        const coming = expected?.[hour] ?? null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: hours of a day, in their places
          <g key={hour}>
            {usual ? (
              <rect
                className={wall.band}
                x={hourX(hour)}
                y={y(high)}
                width={hourX(hour + 1) - hourX(hour)}
                height={Math.max(2, y(low) - y(high))}
              />
            ) : null}
            {hour <= current && count > 0 ? (
              <rect
                className={outside ? styles.above : complete ? styles.bar : styles.partial}
                x={x}
                y={y(count)}
                width={width}
                height={BOTTOM - y(count)}
              />
            ) : null}
            {coming !== null && coming > count ? (
              <rect
                className={styles.coming}
                x={x}
                y={y(coming)}
                width={width}
                height={Math.max(0, (hour <= current ? y(count) : BOTTOM) - y(coming))}
              />
            ) : null}
          </g>
        )
      })}
      <path className={wall.axis} d={`M${PLOT.left} ${BOTTOM}H${PLOT.right}`} />
      {HOUR_TICKS.map((hour) => (
        <path key={hour} className={wall.axis} d={`M${hourX(hour)} ${BOTTOM}v8`} />
      ))}
      <path className={wall.now} d={`M${hourX(at)} ${TOP - 8}V${BOTTOM}`} />
    </g>
  )
}

import type { Palette } from '#web/ui/theme.ts'
import { FROM_S, TO_S } from './survival-curves.ts'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const TICKS = [5 * MINUTE, HOUR / 2, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 28 * DAY, 98 * DAY]

interface TimeAxes {
  palette: Palette
  /** What stands under a tick, by its seconds. */
  label: (seconds: number) => string
  /** Every other tick where there is no room for all. */
  sparse: boolean
}

/** Shares in percent against the logarithm of the seconds since registration: the axes of every picture of waiting. */
export function timeAxes({ palette, label, sparse }: TimeAxes) {
  const customValues = (sparse ? TICKS.filter((_, i) => i % 2 === 0) : TICKS).map(Math.log10)
  const text = { color: palette['ink-3'], fontSize: 12 }
  const ink = { color: palette['ink-3'] }
  return {
    xAxis: {
      type: 'value' as const,
      min: Math.log10(FROM_S),
      max: Math.log10(TO_S),
      axisLine: { onZero: false, lineStyle: ink },
      axisTick: { show: true, length: 4, customValues, lineStyle: ink },
      axisLabel: {
        ...text,
        customValues,
        alignMinLabel: 'left' as const,
        alignMaxLabel: 'right' as const,
        hideOverlap: true,
        lineHeight: 16,
        formatter: (value: number) => label(Math.round(10 ** value)),
        rich: { n: { color: palette['ink-2'], fontSize: 12, lineHeight: 16 } },
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value' as const,
      min: 0,
      max: 100,
      interval: 25,
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: text,
      splitLine: { lineStyle: { color: palette.hairline } },
    },
  }
}

import type { Judged } from '#server/contract/measures/shape.ts'
import type { Answer } from '#web/api.ts'
import type { ChartOption } from '#web/chart/chart.tsx'
import { band, drawn, hatch } from '#web/chart/shapes.ts'
import type { Format } from '#web/lib/format.ts'
import { FONT, type Palette } from '#web/ui/theme.ts'

export type Month = Answer['organizations']['months']['late'][number]
type Point = [x: number, y: number]

export interface MonthsWords {
  titles: Record<Judged, string>
  limit: string
  /** Beside the title of returns: what the thin dashed line is. */
  told: string
  expected: string
  immature: string
}
interface MonthsInput {
  months: Record<Judged, readonly Month[]> & { told: Answer['organizations']['months']['told'] }
  palette: Palette
  format: Format
  words: MonthsWords
  /** `ноя 25` under the first month and each January, else `дек`. */
  monthName: (month: string, withYear: boolean) => string
}

const TALL = 142
const SHORT = 66
const TOP = 30
const BETWEEN = 58
const FOOT = 40
export const MONTHS_HEIGHT = TOP + TALL + BETWEEN + SHORT + FOOT

const percent = (share: number) => share * 100

/** Beyond the limits of chance around what was expected of that month. */
export const isOutside = ({ share, limits, mature }: Month): boolean =>
  mature && share !== null && limits !== null && (share > limits.upper || share < limits.lower)

/** A number stands over its point. */
const HEADROOM = 1.06

/** The axis ends at a round number above everything drawn. */
export function ceilingOf(months: readonly Month[]): number {
  const most = Math.max(
    4,
    ...months.flatMap(({ share, limits }) => [
      percent(share ?? 0) * HEADROOM,
      percent(limits?.upper ?? 0),
    ]),
  )
  const step = most > 50 ? 25 : most > 20 ? 10 : most > 10 ? 5 : 2
  return Math.min(100, Math.ceil(most / step) * step)
}

/** Of so many parts the first that ends at whole numbers. */
export const stepOf = (ceiling: number, parts: readonly number[]) =>
  ceiling / (parts.find((count) => ceiling % count === 0) ?? 1)

/** Two charts over one axis of months: shares, what was expected, and the limits of chance around it. */
export function monthsOption(input: MonthsInput, width: number): ChartOption {
  const { months, palette, monthName, format } = input
  const roomy = width >= 560
  const names = [...new Set([...months.reopened, ...months.late].map(({ month }) => month))].sort()
  const counts = new Map(months.late.map(({ month, n }) => [month, n]))
  for (const { month, n } of months.reopened) counts.set(month, Math.max(n, counts.get(month) ?? 0))
  const grids = [
    { measure: 'reopened' as const, top: TOP, height: TALL },
    { measure: 'late' as const, top: TOP + TALL + BETWEEN, height: SHORT },
  ]
  const sides = { left: 32, right: roomy ? 118 : 10 }
  return {
    grid: grids.map(({ top, height }) => ({ ...sides, top, height })),
    xAxis: grids.map((_, index) => ({
      type: 'value' as const,
      gridIndex: index,
      min: -0.5,
      max: Math.max(names.length - 0.5, 0.5),
      axisLine: { onZero: false, lineStyle: { color: palette['ink-3'] } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        show: index === 1,
        color: palette['ink-2'],
        fontSize: 12,
        lineHeight: 16,
        interval: 0,
        customValues: names.map((_, i) => i).filter((i) => roomy || i % 3 === 0),
        formatter: (at: number) => {
          const month = names[at] ?? ''
          return `${monthName(month, at === 0 || month.endsWith('-01'))}\n{n|${format.number(counts.get(month) ?? 0)}}`
        },
        rich: { n: { color: palette['ink-3'], fontSize: 12, lineHeight: 16 } },
      },
    })),
    yAxis: grids.map(({ measure }, index) => {
      const ceiling = ceilingOf(months[measure])
      return {
        type: 'value' as const,
        gridIndex: index,
        min: 0,
        max: ceiling,
        interval: stepOf(ceiling, index === 0 ? [4, 3, 2] : [2, 3]),
        axisLine: { show: false, onZero: false },
        axisTick: { show: false },
        axisLabel: { color: palette['ink-3'], fontSize: 12 },
        splitLine: { lineStyle: { color: palette.hairline } },
      }
    }),
    series: [
      toldSeries(names, input),
      ...grids.flatMap(({ measure }, axes) => {
        const placed = months[measure].map((month) => ({
          ...month,
          at: names.indexOf(month.month),
        }))
        return monthSeries(placed, axes, input, roomy)
      }),
    ],
  }
}

/** What sources themselves told of returns: never more than what came back in either way. */
function toldSeries(names: readonly string[], { months, palette }: MonthsInput) {
  const mature = new Set(months.reopened.filter((month) => month.mature).map(({ month }) => month))
  return {
    type: 'line' as const,
    xAxisIndex: 0,
    yAxisIndex: 0,
    data: months.told.flatMap(({ month, share }): Point[] =>
      share && mature.has(month) ? [[names.indexOf(month), percent(share.share)]] : [],
    ),
    symbol: 'none',
    silent: true,
    z: 3,
    lineStyle: { color: palette['ink-2'], width: 1, type: [5, 3] as number[] },
  }
}

type Placed = Month & { at: number }

function monthSeries(months: readonly Placed[], axes: number, input: MonthsInput, roomy: boolean) {
  const { palette, format } = input
  const options = { axes, z: 1 }
  const mature = months.filter((month) => month.mature)
  const edges = (of: (limits: NonNullable<Month['limits']>) => number): Point[] =>
    mature.flatMap(({ at, limits }): Point[] =>
      limits === null
        ? []
        : [
            [at - 0.5, percent(of(limits))],
            [at + 0.5, percent(of(limits))],
          ],
    )
  const [upper, lower, expected] = [
    edges((limits) => limits.upper),
    edges((limits) => limits.lower),
    edges((limits) => limits.expected),
  ]
  const axis = { xAxisIndex: axes, yAxisIndex: axes }
  const edgeLine = (data: Point[], colour: string) => ({
    type: 'line' as const,
    ...axis,
    data,
    symbol: 'none',
    silent: true,
    z: 2,
    lineStyle: { color: colour, width: 1 },
  })
  const point = ({ at, share }: Placed): Point => [at, percent(share ?? 0)]
  const shown = mature.filter(({ share }) => share !== null)
  const waiting = months.filter((month) => !month.mature && month.share !== null)
  const last = shown.at(-1)
  return [
    ...months
      .filter((month) => !month.mature)
      .map(({ at }) => hatch([at - 0.5, at + 0.5], palette['volume-2'], options)),
    band(upper, lower, { fill: palette['volume-3'], opacity: 0.15 }, options),
    edgeLine(upper, palette['volume-3']),
    edgeLine(lower, palette['volume-3']),
    edgeLine(expected, palette['volume-4']),
    captions({ axes, upper, expected }, input, roomy),
    {
      type: 'line' as const,
      ...axis,
      data: [...(last ? [last] : []), ...waiting].map(point),
      symbol: 'none',
      silent: true,
      z: 3,
      lineStyle: { color: palette.ink, width: 1, type: [1.5, 3] as number[] },
    },
    {
      type: 'line' as const,
      ...axis,
      silent: true,
      z: 4,
      lineStyle: { color: palette.ink, width: 1.5 },
      symbol: 'circle',
      data: shown.map((month, i) => {
        const outside = isOutside(month)
        return {
          value: point(month),
          symbolSize: outside ? 9 : 6,
          itemStyle: {
            color: outside ? palette['worse-3'] : palette.ink,
            borderColor: palette.surface,
            borderWidth: 1,
          },
          label: {
            show: roomy ? outside || i === 0 : outside && i === shown.findLastIndex(isOutside),
            position: 'top' as const,
            formatter: format.number(percent(month.share ?? 0), 1),
            fontSize: 12,
            fontWeight: 600 as const,
            color: outside ? palette['worse-text'] : palette['ink-2'],
          },
        }
      }),
    },
    {
      type: 'scatter' as const,
      ...axis,
      silent: true,
      z: 5,
      symbolSize: 7,
      itemStyle: { color: palette.surface, borderColor: palette.ink, borderWidth: 1.5 },
      data: waiting.map(point),
    },
  ]
}

interface Named {
  axes: number
  upper: readonly Point[]
  expected: readonly Point[]
}

/** The title of a grid, the names of its lines at their right ends, and why the last months are hatched. */
function captions(
  { axes, upper, expected }: Named,
  { palette, words }: MonthsInput,
  roomy: boolean,
) {
  return drawn(
    ({ at, frame }) => {
      const text = (x: number, y: number, label: string, style: object = {}) => ({
        type: 'text',
        x,
        y,
        style: {
          text: label,
          fontFamily: FONT,
          fontSize: 12,
          lineHeight: 15,
          fill: palette['ink-2'],
          align: 'left',
          verticalAlign: 'middle',
          ...style,
        },
      })
      const title = words.titles[axes === 0 ? 'reopened' : 'late']
      const shapes = [
        text(
          0,
          frame.y - (axes === 0 ? 16 : 26),
          axes === 0 ? `{name|${title}}   ${words.told}` : title,
          {
            fontSize: axes === 0 ? 12 : 13,
            fontWeight: axes === 0 ? 400 : 600,
            fill: axes === 0 ? palette['ink-2'] : palette.ink,
            rich: { name: { fontFamily: FONT, fontSize: 13, fontWeight: 600, fill: palette.ink } },
          },
        ),
      ]
      if (!roomy) return shapes
      const edge = frame.x + frame.width + 8
      const height = (line: readonly Point[]) => at([0, line.at(-1)?.[1] ?? 0])[1]
      const middle = height(expected)
      if (expected.length > 0) shapes.push(text(edge, middle, words.expected))
      if (axes > 0) return shapes
      const limit = Math.min(height(upper), middle - 16)
      if (upper.length > 0) shapes.push(text(edge, limit, words.limit))
      if (words.immature !== '')
        shapes.push(
          text(edge, Math.min(frame.y - 6, limit - 60), words.immature, { verticalAlign: 'top' }),
        )
      return shapes
    },
    { axes, z: 6, clip: false },
  )
}

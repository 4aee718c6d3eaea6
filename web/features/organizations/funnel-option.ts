import type { ChartOption } from '#web/chart/chart.tsx'
import { band } from '#web/chart/shapes.ts'
import type { Palette } from '#web/ui/theme.ts'
import { FUNNEL_HEIGHT, type FunnelInput, MARGIN, names, placeOf } from './funnel-names.ts'
import type { Unit } from './rows.ts'

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
const LEAST_TOP = 2.25
const MOST_TOP = 4
/** Narrower than this there is no room for the names of the limits. */
const ROOMY = 640
const TRIANGLE = 'path://M0 -6 L6 5 L-6 5 Z'

/** The vertical axis holds every organization that is judged; what lies higher is drawn at its edge. */
export function topOf(units: readonly Unit[]): number {
  const judged = units.filter((unit) => unit.level !== 'insufficient')
  const most = Math.max(0, ...judged.map((unit) => unit.ratio))
  return Math.min(MOST_TOP, Math.max(LEAST_TOP, Math.ceil(most * 4 + 0.2) / 4))
}

/** Each organization by what was expected of it and its ratio to that, between the limits of chance and of ordinary differences. */
export function funnelOption(input: FunnelInput, width: number): ChartOption {
  const { units, limits, selected, palette, format, words } = input
  const roomy = width >= ROOMY
  const top = topOf(units)
  const [first, last] = [limits[0]?.[0] ?? 1, limits.at(-1)?.[0] ?? 100]
  const line = (column: 1 | 2 | 3 | 4) =>
    limits.map((point): [number, number] => [Math.log10(point[0]), point[column]])
  const ticks = TICKS.filter((tick) => tick >= first && tick <= last).map(Math.log10)
  const axisText = { color: palette['ink-3'], fontSize: 12 }
  const right = roomy ? 128 : 12
  const unitHeight = (FUNNEL_HEIGHT - MARGIN.top - MARGIN.bottom) / top
  // The names of the limits must not lie on the name of the line at 1, however close the lines come.
  const below = (column: 1 | 3, room: number) =>
    Math.max(0, room - (1 - (limits.at(-1)?.[column] ?? 0)) * unitHeight)
  const edge = (text: string, down = 0) => ({
    show: roomy,
    formatter: text,
    offset: [0, down],
    color: palette['ink-3'],
    fontSize: 12,
    lineHeight: 15,
    distance: 8,
    align: 'left' as const,
  })
  const limit = (column: 1 | 2 | 3 | 4, dashed: boolean, name?: string, down = 0) => ({
    type: 'line' as const,
    data: line(column),
    symbol: 'none',
    silent: true,
    clip: true,
    z: 2,
    lineStyle: {
      color: palette['volume-4'],
      width: 1,
      type: dashed ? ([5, 4] as number[]) : ('solid' as const),
    },
    ...(name !== undefined && { endLabel: edge(name, down) }),
  })
  return {
    grid: { ...MARGIN, right },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.hairline,
      textStyle: { color: palette.ink, fontSize: 13 },
      formatter: (point) => {
        const unit = units.find(({ id }) => id === idOf(point))
        return unit
          ? `${unit.name}  ${format.number(unit.ratio, 2)}\n95 %: ${format.range(unit.lower, unit.upper, 2)}\n${words.of(unit)}`
          : ''
      },
    },
    xAxis: {
      type: 'value',
      min: Math.log10(first),
      max: Math.log10(last),
      axisLine: { onZero: false, lineStyle: { color: palette['ink-3'] } },
      axisTick: {
        show: true,
        length: 4,
        customValues: ticks,
        lineStyle: { color: palette['ink-3'] },
      },
      axisLabel: {
        ...axisText,
        customValues: ticks,
        hideOverlap: true,
        formatter: (value: number) => format.number(Math.round(10 ** value)),
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top,
      interval: 0.5,
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: {
        ...axisText,
        showMaxLabel: top % 0.5 === 0,
        formatter: (value: number) => format.number(value, 1),
      },
      splitLine: { lineStyle: { color: palette.hairline } },
    },
    series: [
      band(line(4), line(3), { fill: palette['volume-3'], opacity: 0.12 }, { z: 1 }),
      band(line(2), line(1), { fill: palette['volume-3'], opacity: 0.2 }, { z: 1 }),
      limit(1, false, words.chance, below(1, 18)),
      limit(2, false),
      limit(3, true, words.outer, below(3, 48)),
      limit(4, true),
      {
        type: 'line',
        data: [
          [Math.log10(first), 1],
          [Math.log10(last), 1],
        ],
        symbol: 'none',
        silent: true,
        z: 3,
        lineStyle: { color: palette.ink, width: 1.25 },
        endLabel: { ...edge(words.expected), color: palette.ink, fontWeight: 600 },
      },
      {
        type: 'scatter',
        silent: true,
        z: 4,
        symbol: 'circle',
        symbolSize: 22,
        itemStyle: { color: 'transparent', borderColor: palette.accent, borderWidth: 2 },
        data: units
          .filter(({ id }) => selected.includes(id))
          .map((unit) => placeOf(unit, first, top)),
      },
      {
        type: 'scatter',
        z: 5,
        data: inDrawingOrder(units).map((unit) => ({
          id: unit.id,
          name: unit.name,
          value: placeOf(unit, first, top),
          ...symbolOf(unit, palette),
        })),
      },
      names(input, { width: width - MARGIN.left - right, right, first, last, top }),
    ],
  }
}

const idOf = (point: unknown): string | undefined => {
  const one = Array.isArray(point) ? point[0] : point
  const data = (one as { data?: { id?: string } } | undefined)?.data
  return data?.id
}

/** The called out lie above the others. */
const inDrawingOrder = (units: readonly Unit[]) => {
  const rank = { insufficient: 0, none: 1, good: 2, watch: 3, inspect: 4 }
  return [...units].sort((a, b) => rank[a.level] - rank[b.level])
}

function symbolOf({ level }: Unit, palette: Palette) {
  switch (level) {
    case 'inspect':
      return { symbol: 'rect', symbolSize: 11, itemStyle: { color: palette.inspect } }
    case 'watch':
      return {
        symbol: TRIANGLE,
        symbolSize: [12, 11],
        itemStyle: { color: palette.surface, borderColor: palette.watch, borderWidth: 1.5 },
      }
    case 'good':
      return { symbol: 'diamond', symbolSize: 13, itemStyle: { color: palette.good } }
    case 'none':
      return {
        symbol: 'circle',
        symbolSize: 8,
        itemStyle: { color: palette['volume-4'], borderColor: palette.surface, borderWidth: 1 },
      }
    case 'insufficient':
      return {
        symbol: 'circle',
        symbolSize: 8,
        itemStyle: {
          color: palette.surface,
          borderColor: palette['volume-4'],
          borderWidth: 1,
          borderType: [2, 2] as number[],
        },
      }
  }
}

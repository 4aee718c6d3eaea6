import { drawn } from '#web/chart/shapes.ts'
import type { Format } from '#web/lib/format.ts'
import { FONT, type Palette } from '#web/ui/theme.ts'
import { placeLabels } from './labels.ts'
import type { Comparison, Unit } from './rows.ts'

/** Words of the chart; `few`, `alone`, `quality` and `byChance` stand under a name. */
export interface FunnelWords {
  expected: string
  chance: string
  outer: string
  few: (unit: Unit) => string
  alone: string
  quality: string
  byChance: (unit: Unit) => string
  of: (unit: Unit) => string
}

export interface FunnelInput {
  units: readonly Unit[]
  limits: Comparison['limits']
  selected: readonly string[]
  palette: Palette
  format: Format
  words: FunnelWords
}

/** Height of the chart; the names are placed for it. */
export const FUNNEL_HEIGHT = 360
export const MARGIN = { left: 34, top: 12, bottom: 26 }
const LETTER = 6.9
/** Letters of a name on the chart; the tooltip and the table have it whole. */
const LONGEST = 26
const LINE = 16

/** All that are called out, and at most two that teach: high by chance, and too few to judge. */
export function labelled(units: readonly Unit[]): Unit[] {
  const flagged = units.filter(
    ({ level }) => level === 'inspect' || level === 'watch' || level === 'good',
  )
  const highest = (those: readonly Unit[]) =>
    those.reduce<Unit | null>(
      (best, unit) => (unit.ratio > (best?.ratio ?? 1.3) ? unit : best),
      null,
    )
  const lessons = [
    highest(units.filter(({ level }) => level === 'none')),
    highest(units.filter(({ level, expected }) => level === 'insufficient' && expected > 2)),
  ]
  return [...flagged, ...lessons.filter((unit) => unit !== null)]
}

/** What lies beyond the axes stands at their edge. */
export const placeOf = (
  { expected, ratio }: Unit,
  first: number,
  top: number,
): [number, number] => [Math.log10(Math.max(expected, first)), Math.min(ratio, top)]

const colourOf = ({ level }: Unit, palette: Palette) =>
  level === 'inspect'
    ? palette.inspect
    : level === 'watch'
      ? palette['watch-text']
      : level === 'good'
        ? palette.good
        : palette['ink-2']

interface Plot {
  width: number
  /** Margin right of it. */
  right: number
  first: number
  last: number
  top: number
}

const pixelOf = (ratio: number, { top }: Plot, height: number) => (1 - ratio / top) * height

/** Names beside the points, with a line to those that had to be moved. */
export function names({ units, palette, format, words }: FunnelInput, plot: Plot) {
  const height = FUNNEL_HEIGHT - MARGIN.top - MARGIN.bottom
  const pixel = (unit: Unit) => {
    const [x, y] = placeOf(unit, plot.first, plot.top)
    const from = Math.log10(plot.first)
    return {
      x: ((x - from) / (Math.log10(plot.last) - from)) * plot.width,
      y: pixelOf(y, plot, height),
    }
  }
  const texts = labelled(units).map((unit) => ({ unit, lines: linesOf(unit, format, words) }))
  // Texts may reach into the margin, but not over the names of the limits.
  const room = plot.right - 6
  const edges =
    plot.right > 100
      ? [
          {
            left: plot.width,
            right: plot.width + room,
            top: pixelOf(1, plot, height) - 8,
            bottom: height,
          },
        ]
      : []
  const placed = placeLabels(
    texts.map(({ unit, lines }) => ({
      id: unit.id,
      ...pixel(unit),
      width: Math.max(...lines.map((line) => line.length)) * LETTER,
      height: lines.length * LINE,
    })),
    units.map((unit) => ({
      ...pixel(unit),
      r: unit.level === 'none' || unit.level === 'insufficient' ? 5 : 12,
    })),
    { width: plot.width + room, height },
    edges,
  )
  return drawn(
    ({ frame }) =>
      texts.flatMap(({ unit, lines }) => {
        const label = placed.find(({ id }) => id === unit.id)
        if (!label) return []
        const point = pixel(unit)
        const text = (line: string, index: number) => ({
          type: 'text',
          x: frame.x + label.x,
          y: frame.y + label.y - (lines.length * LINE) / 2 + index * LINE,
          style: {
            text: line,
            fontFamily: FONT,
            fontSize: 12,
            fontWeight: index === 0 ? 600 : 400,
            fill: index === 0 ? colourOf(unit, palette) : palette['ink-2'],
            align: label.align,
            verticalAlign: 'top',
            // A halo, so that a limit that runs behind it does not cut the name.
            stroke: palette.surface,
            lineWidth: 3,
          },
        })
        const moved = Math.abs(label.y - point.y) > 14
        return [
          ...(moved
            ? [
                {
                  type: 'line',
                  shape: {
                    x1: frame.x + point.x,
                    y1: frame.y + point.y,
                    x2: frame.x + label.x,
                    y2: frame.y + label.y,
                  },
                  style: { stroke: palette['ink-3'], lineWidth: 1 },
                },
              ]
            : []),
          ...lines.map(text),
        ]
      }),
    { z: 6, clip: false },
  )
}

function linesOf(unit: Unit, format: Format, words: FunnelWords): string[] {
  const short =
    unit.name.length > LONGEST ? `${unit.name.slice(0, LONGEST - 1).trimEnd()}…` : unit.name
  const name = `${short} ${format.number(unit.ratio, 2)}`
  if (unit.level === 'insufficient')
    return [name, unit.why === null || unit.why === 'few' ? words.few(unit) : words[unit.why]]
  return unit.level === 'none' ? [name, words.byChance(unit)] : [name]
}

import { type CellScale, cellSteps } from '#web/map/hexagon-scale.ts'
import { CLASSES, type Scale } from '#web/map/layers.ts'

/** What the map shows just now, for whoever takes a picture of it. */
export interface ShownMap {
  /** The measure by name. */
  title: string
  /** How much of it there is, in a sentence. */
  said: string
  /** Colours are names of tokens. */
  legend: { text: string; fill: string; stroke: string; ring: boolean; opacity: number }[]
  /** What the legend counts, where its items do not say. */
  unit: string | null
  /** What the outlines on it mean. */
  lines: string[]
  /** A copy of what is drawn; null = nothing is. */
  take: () => Promise<HTMLCanvasElement | null>
}

/** The classes that the legend under the map names, in its order; `counts` null = there is nothing to count. */
export const shownLegend = (
  scale: Scale,
  counts: readonly number[] | null,
  wordOf: (word: string) => string,
  write: (count: number) => string,
): ShownMap['legend'] =>
  CLASSES[scale].flatMap((item, position) =>
    item.rare && !counts?.[position]
      ? []
      : [
          {
            text: `${wordOf(item.word)}: ${counts ? write(counts[position] ?? 0) : '—'}`,
            fill: item.colour,
            stroke: item.stroke ?? item.colour,
            ring: item.ring === true,
            opacity: 1,
          },
        ],
  )

/** The same of hexagons. */
export const shownCells = (
  scale: Scale,
  cells: CellScale | null,
  wordOf: (value: number, cells: CellScale) => string,
): ShownMap['legend'] =>
  cells
    ? cellSteps(scale, cells).map(({ value, colour, opacity }) => ({
        text: wordOf(value, cells),
        ...{ fill: colour, stroke: 'map-land', ring: false, opacity },
      }))
    : []

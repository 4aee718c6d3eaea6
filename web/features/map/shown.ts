import { CLASSES, type Scale } from '#web/map/layers.ts'

/** What the map shows just now, for whoever takes a picture of it. */
export interface ShownMap {
  /** The measure by name. */
  title: string
  /** How much of it there is, in a sentence. */
  said: string
  /** Colours are names of tokens. */
  legend: { word: string; count: string; fill: string; stroke: string; ring: boolean }[]
  /** What the outlines on it mean. */
  lines: string[]
  /** A copy of what is drawn; null = nothing is. */
  take: () => Promise<HTMLCanvasElement | null>
}

/** The classes that the legend under the map names, in its order. */
export const shownLegend = (
  scale: Scale,
  counts: readonly number[],
  wordOf: (word: string) => string,
  write: (count: number) => string,
): ShownMap['legend'] =>
  CLASSES[scale].flatMap((item, position) =>
    item.rare && !counts[position]
      ? []
      : [
          {
            word: wordOf(item.word),
            count: write(counts[position] ?? 0),
            fill: item.colour,
            stroke: item.stroke ?? item.colour,
            ring: item.ring === true,
          },
        ],
  )

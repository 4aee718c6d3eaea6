import type { Answer } from '#web/api.ts'
import type { ChartOption } from '#web/chart/chart.tsx'
import { drawn, hatch, stepped } from '#web/chart/shapes.ts'
import { FONT, type Palette } from '#web/ui/theme.ts'
import { FROM_S, type Point, percent, TO_S } from './survival-curves.ts'
import { timeAxes } from './time-axes.ts'

export type Outcomes = Answer['organizations']['outcomes']
export type Ending = Outcomes['endings'][number]['ending']

/** Only what the resident said has a colour of its own; the rest are shades. */
export const endingColour = (ending: Ending, palette: Palette): string =>
  ({
    confirmed: palette['better-2'],
    closed_no_response: palette['volume-2'],
    closed: palette['volume-3'],
    refused: palette['worse-2'],
    cancelled: palette['volume-4'],
    duplicate: palette['volume-4'],
    forwarded: palette['volume-5'],
    transferred: palette['volume-5'],
  })[ending]

/** The heights between which each ending lies, one upon another in the order of the answer. */
export function stackOf(
  curve: Outcomes['curve'],
  endings: number,
): { upper: Point[]; lower: Point[] }[] {
  const layers = Array.from({ length: endings }, () => ({
    upper: [] as Point[],
    lower: [] as Point[],
  }))
  const end = Math.log10(TO_S)
  let last: number[] = Array(endings).fill(0)
  const push = (x: number, shares: readonly number[]) => {
    let height = 0
    for (const [k, layer] of layers.entries()) {
      layer.lower.push([x, percent(height)])
      height += shares[k] ?? 0
      layer.upper.push([x, percent(height)])
    }
  }
  push(Math.log10(FROM_S), last)
  for (const [seconds, ...shares] of curve) {
    last = shares
    if (seconds <= FROM_S) continue
    if (seconds > TO_S) break
    push(Math.log10(seconds), shares)
  }
  push(end, last)
  return layers
}

interface OutcomesInput {
  outcomes: Outcomes
  palette: Palette
  nameOf: (ending: Ending) => string
  tick: (seconds: number) => string
  open: string
  /** Seconds for which even the youngest have been watched. */
  immature: number
}

/** A name needs this share of the height, in percent. */
const NAMED = 7

/** How requests end by time since registration, stacked; what is above the stack is still open. */
export function outcomesOption(input: OutcomesInput, width: number): ChartOption {
  const { outcomes, palette, nameOf, tick, open, immature } = input
  const layers = stackOf(outcomes.curve, outcomes.endings.length)
  const end = Math.log10(TO_S)
  const hatched = immature > FROM_S && immature < TO_S
  return {
    grid: { left: 32, right: 12, top: 12, bottom: 26 },
    ...timeAxes({ palette, sparse: width < 420, label: tick }),
    series: [
      drawn(
        ({ at }) =>
          layers.map(({ upper, lower }, k) => ({
            type: 'polygon',
            shape: { points: [...stepped(upper).map(at), ...stepped(lower).map(at).reverse()] },
            style: {
              fill: endingColour(outcomes.endings[k]?.ending ?? 'closed', palette),
            },
          })),
        { z: 2 },
      ),
      ...(hatched ? [hatch([Math.log10(immature), end], palette['ink-3'], { z: 3 })] : []),
      drawn(
        ({ at, frame }) => {
          const label = (y: number, text: string, fill: string) => ({
            type: 'text',
            x: (hatched ? at([Math.log10(immature), 0])[0] : frame.x + frame.width) - 8,
            y,
            style: {
              text,
              fontFamily: FONT,
              fontSize: 12,
              fill,
              align: 'right',
              verticalAlign: 'middle',
              stroke: palette.surface,
              lineWidth: 3,
            },
          })
          const shapes: object[] = []
          let top = 0
          for (const [k, { upper, lower }] of layers.entries()) {
            const [high, low] = [upper.at(-1)?.[1] ?? 0, lower.at(-1)?.[1] ?? 0]
            top = Math.max(top, high)
            const ending = outcomes.endings[k]?.ending
            if (ending && high - low >= NAMED)
              shapes.push(label(at([0, (high + low) / 2])[1], nameOf(ending), palette.ink))
          }
          if (100 - top >= NAMED)
            shapes.push(label(at([0, (100 + top) / 2])[1], open, palette['ink-2']))
          return shapes
        },
        { z: 5 },
      ),
    ],
  }
}

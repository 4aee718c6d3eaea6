import type { Answer } from '#web/api.ts'
import type { ChartOption } from '#web/chart/chart.tsx'
import type { Palette } from '#web/ui/theme.ts'
import { percent, TO_S } from './survival-curves.ts'
import { timeAxes } from './time-axes.ts'

export type Compared = Answer['organizations']['sideBySide'][number]

/** Lines are told apart by their dashes and their names at the end, not by colour alone. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [6, 3],
  [2, 3],
  [10, 3, 2, 3],
  [1, 2],
  [12, 4],
]
export const lineColour = (i: number, palette: Palette): string =>
  [
    palette.ink,
    palette.accent,
    palette['worse-text'],
    palette['volume-4'],
    palette['better-3'],
    palette['volume-3'],
  ][i] ?? palette.ink

interface SideBySideInput {
  curves: readonly Compared[]
  palette: Palette
  nameOf: (one: Compared) => string
  tick: (seconds: number) => string
}

/** Share still waiting against time, a curve for each of the chosen. */
export function sideBySideOption(
  { curves, palette, nameOf, tick }: SideBySideInput,
  width: number,
): ChartOption {
  return {
    grid: { left: 36, right: 16, top: 12, bottom: 26 },
    ...timeAxes({ palette, sparse: width < 520, label: tick }),
    series: curves.map((one, i) => ({
      type: 'line' as const,
      name: nameOf(one),
      step: 'end' as const,
      data: one.curve
        .filter(([seconds]) => seconds <= TO_S)
        .map(([seconds, share]): [number, number] => [Math.log10(seconds), percent(share)]),
      symbol: 'none',
      silent: true,
      lineStyle: {
        color: lineColour(i, palette),
        width: 1.75,
        type: DASHES[i]?.length ? [...DASHES[i]] : ('solid' as const),
      },
    })),
  }
}

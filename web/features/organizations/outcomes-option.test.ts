import { expect, test } from 'vitest'
import { PALETTES } from '#web/ui/theme.ts'
import { endingColour, type Outcomes, outcomesOption, stackOf } from './outcomes-option.ts'
import { DASHES, lineColour } from './side-by-side-option.ts'
import { TO_S } from './survival-curves.ts'

test('each ending lies upon those before it, from the left edge to the right', () => {
  const [confirmed, refused] = stackOf(
    [
      [60, 0.1, 0],
      [1000, 0.2, 0.1],
      [10_000, 0.5, 0.3],
    ],
    2,
  )
  const [edge, end] = [Math.log10(300), Math.log10(TO_S)]
  expect(confirmed?.upper).toEqual([
    [edge, 0],
    [3, 20],
    [4, 50],
    [end, 50],
  ])
  // Where the first ends, the second begins.
  expect(refused?.lower).toEqual(confirmed?.upper)
  expect(refused?.upper.map(([, share]) => Math.round(share))).toEqual([0, 30, 80, 80])
})

const outcomes: Outcomes = {
  n: 10,
  open: 1,
  period: { from: '2026-01-01', to: '2026-02-01', cut: 0 },
  immature: 28 * 86_400,
  endings: [{ ending: 'confirmed', count: 9, shares: [] }],
  at: [],
  curve: [[3600, 0.9]],
}
const option = (immature: number) =>
  outcomesOption(
    {
      outcomes,
      palette: PALETTES.light,
      nameOf: (ending) => ending,
      tick: String,
      open: 'open',
      immature,
    },
    600,
  )

test('what has not been watched long enough is hatched, and only that', () => {
  const series = (immature: number) => (option(immature).series as unknown[]).length
  expect(series(28 * 86_400) - series(0)).toBe(1)
  expect(series(TO_S)).toBe(series(0))
})

test('the chosen are told apart by their dashes and colours', () => {
  const lines = DASHES.map((dash, i) => `${dash.join()} ${lineColour(i, PALETTES.light)}`)
  expect(new Set(lines).size).toBe(6)
  expect(endingColour('refused', PALETTES.dark)).toBe(PALETTES.dark['worse-2'])
})

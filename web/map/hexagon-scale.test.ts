import { expect, test } from 'vitest'
import { cellSteps, OPACITY } from './hexagon-scale.ts'
import { shadesOf } from './hexagons.ts'

const values = (...asked: Parameters<typeof cellSteps>) =>
  cellSteps(...asked).map(({ value }) => value)

test('the legend of hexagons goes from none to the largest sum, in whole requests', () => {
  expect(values('open', { most: 87, isRate: false })).toEqual([0, 22, 44, 87])
  expect(values('open', { most: 2, isRate: false })).toEqual([0, 1, 2])
  expect(values('open', { most: 0, isRate: false })).toEqual([0])
})

test('a rate ends where its full shade begins, and what goes both ways has both', () => {
  expect(values('intensity', { most: 4, isRate: true })).toEqual([0, 1, 2, 4])
  expect(values('rateDifference', { most: 2, isRate: true })).toEqual([
    ...[-2, -1, -0.5, 0, 0.5, 1, 2],
  ])
  expect(values('deviation', { most: 1, isRate: false })).toEqual([-1, 0, 1])
})

test('each step has the shade that the map gives a hexagon of its value', () => {
  const steps = cellSteps('difference', { most: 40, isRate: false })
  const shades = shadesOf(Float64Array.from(steps, ({ value }) => value))
  expect(steps.map(({ opacity }) => opacity)).toEqual(
    [...shades].map((shade) =>
      shade === 0 ? OPACITY.none : OPACITY.least + OPACITY.range * Math.abs(shade),
    ),
  )
  // A quarter of the largest has half its shade.
  expect(shades.at(-3)).toBe(0.5)
})

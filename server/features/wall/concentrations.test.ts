import { expect, test } from 'vitest'
import { chanceOf, concentrationsOf, type Place } from './concentrations.ts'

const place = (change: Partial<Place>): Place => ({
  category: 1,
  district: 1,
  building: 0,
  observed: 0,
  before: 0,
  ...change,
})

// One of 57 windows: (1/57)³ = 5.4e-6; R: pbinom(9, 10 + 56, 1/57, lower = FALSE) = 1.3e-7 for ten against one a day.
test('the chance of a window is that of its share of all windows', () => {
  expect(chanceOf({ observed: 3, before: 0 })).toBeCloseTo((1 / 57) ** 3, 12)
  expect(chanceOf({ observed: 0, before: 9 })).toBe(1)
  const tail = chanceOf({ observed: 10, before: 56 })
  expect(tail).toBeGreaterThan(5e-8)
  expect(tail).toBeLessThan(5e-7)
})

test('what is as usual is no concentration, however large', () => {
  expect(concentrationsOf([place({ observed: 60, before: 50 * 56 })], [], 100)).toEqual([])
})

test('a district with more than chance would bring anywhere is told with its excess first', () => {
  const told = concentrationsOf(
    [
      place({ district: 1, observed: 20, before: 5 * 56 }),
      place({ district: 2, observed: 41, before: 2 * 56 }),
    ],
    [],
    200,
  )
  expect(told.map(({ district, observed, expected }) => [district, observed, expected])).toEqual([
    [2, 41, 2],
    [1, 20, 5],
  ])
})

test('a burst in one building is told by the building, and not again by its district', () => {
  const district = place({ observed: 15, before: 2 * 56 })
  const pipe = place({ building: 9, observed: 12, before: 3 })
  expect(concentrationsOf([district], [pipe], 1000).map(({ building }) => building)).toEqual([9])
})

test('a district with many buildings is told by the district, and not again by one of them', () => {
  const district = place({ observed: 40, before: 2 * 56 })
  const house = place({ building: 9, observed: 6, before: 0 })
  expect(concentrationsOf([district], [house], 1000).map(({ building }) => building)).toEqual([0])
})

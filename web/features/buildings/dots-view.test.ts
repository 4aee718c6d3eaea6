import { expect, test } from 'vitest'
import { dotsOf } from './dots-view.ts'

test('every similar building is one dot, in bins of a round width', () => {
  const dots = dotsOf([42, 43, 44.9, 45, 97, 203], { rate: 147, low: 128, high: 168 }, 36)
  expect(dots.bin).toBe(5)
  expect(dots.stacks).toEqual([
    { value: 42.5, count: 3 },
    { value: 47.5, count: 1 },
    { value: 97.5, count: 1 },
    { value: 202.5, count: 1 },
  ])
  expect(dots).toMatchObject({ min: 40, max: 205, ticks: [50, 100, 150, 200], highest: 3 })
})

test('this building is on the axis even where no other reaches', () => {
  expect(dotsOf([10, 12], { rate: 80, low: 61, high: 104 }, 36)).toMatchObject({
    min: 10,
    max: 105,
  })
})

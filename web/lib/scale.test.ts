import { expect, test } from 'vitest'
import { niceStep, shareDomain, stripDomain } from './scale.ts'

test('an axis of three steps ends at a round number not below the value', () => {
  expect([78, 90, 91, 4, 0, 41, 1240].map((value) => niceStep(value, 3) * 3)).toEqual([
    90, 90, 120, 6, 3, 45, 1500,
  ])
})

test('a strip shows the band in the middle and never loses the value', () => {
  expect(stripDomain(23, [12, 20])).toEqual([4, 28])
  const [from, to] = stripDomain(200, [12, 20])
  expect(from).toBe(4)
  expect(to).toBeGreaterThan(200)
  expect(stripDomain(0, null)).toEqual([-1, 1])
})

test('the axis of a share has round ends within 0 and 100 %', () => {
  expect(shareDomain([0.789, 0.824])).toEqual([0.7, 0.95])
  expect(shareDomain([0, 0.004])[0]).toBe(0)
  expect(shareDomain([0.99, 1])[1]).toBe(1)
})

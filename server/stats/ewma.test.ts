import { expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { EWMA_LIMIT, ewma } from './ewma.ts'

test.skipIf(ORACLES_MISSING)('eight weeks as published', () => {
  const { input, expected } = oracle<{
    input: { z: number[]; lambda: number }
    expected: { ewma: number[]; sd: number[]; ratio: number[] }
  }>('statistics/ewma')
  const points = ewma(input.z, input.lambda)
  for (const [i, { value, sd }] of points.entries()) {
    expect(value).toBeCloseTo(expected.ewma[i] ?? Number.NaN, 9)
    expect(sd).toBeCloseTo(expected.sd[i] ?? Number.NaN, 9)
    expect(value / sd).toBeCloseTo(expected.ratio[i] ?? Number.NaN, 9)
  }
  expect(points.findIndex(({ value, sd }) => value > EWMA_LIMIT * sd)).toBe(6)
})

test('a week without figures changes nothing', () => {
  const [first, second] = ewma([1, null])
  expect(second?.value).toBe(first?.value)
  expect(ewma([])).toEqual([])
})

test('weeks as bad as one another bring it ever nearer to them', () => {
  const values = ewma(Array.from({ length: 40 }, () => 2)).map(({ value }) => value)
  expect(values.at(-1)).toBeCloseTo(2, 3)
  expect(values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0))).toBe(true)
})

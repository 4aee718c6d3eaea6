import { expect, test } from 'vitest'
import { midP } from './small-counts.ts'

test('with the variance of the mean it is the Poisson mid-p (by hand)', () => {
  // P(X > 2) + P(X = 2) / 2 at mean 1: 1 − e⁻¹ (1 + 1 + 1/4).
  expect(midP(2, 1, 1)).toBeCloseTo(1 - Math.exp(-1) * 2.25, 12)
  expect(midP(2, 1, 0.5)).toBe(midP(2, 1, 1))
})

test('with more variance it is the negative binomial one (by hand)', () => {
  // Mean 2, variance 4: size 2, P(k) = (k + 1) / 2^(k + 2); P(X > 1) = 1/2, P(X = 1) = 1/4.
  expect(midP(1, 2, 4)).toBeCloseTo(0.5 + 0.125, 12)
  expect(midP(0, 2, 4)).toBeCloseTo(0.75 + 0.125, 12)
})

test('far out it keeps its digits, and more variance makes it less surprising', () => {
  expect(midP(40, 4, 4)).toBeGreaterThan(0)
  expect(midP(40, 4, 4)).toBeLessThan(1e-20)
  expect(midP(40, 4, 8)).toBeGreaterThan(midP(40, 4, 6))
})

test('no events are at least half as likely as they can be', () => {
  expect(midP(0, 3, 3)).toBeCloseTo(1 - Math.exp(-3) / 2, 12)
})

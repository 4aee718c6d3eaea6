import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binOf, secondsOf } from './log-bins.ts'

test('a minute, an hour and a day have the bins that their logarithms to the base 1.01 round to', () => {
  // ln 60 / ln 1.01 = 411.48, ln 3600 / ln 1.01 = 822.95, ln 86400 / ln 1.01 = 1142.34
  expect([binOf(60), binOf(3600), binOf(86_400)]).toEqual([411, 823, 1142])
})

test('durations are floored at one minute, faults of clocks among them', () => {
  expect([0, -5, 1, 59].map(binOf)).toEqual([411, 411, 411, 411])
})

test('a bin stands for its durations with an error of at most half a percent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 2 ** 31 - 1 }), (seconds) => {
      expect(Math.abs(secondsOf(binOf(seconds)) / seconds - 1)).toBeLessThan(0.005)
    }),
  )
})

test('bins keep the order of durations and fit a small integer', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 31 - 1 }), fc.nat({ max: 2 ** 31 - 1 }), (one, other) => {
      expect(Math.sign(binOf(one) - binOf(other)) * Math.sign(one - other)).toBeGreaterThanOrEqual(
        0,
      )
    }),
  )
  expect(binOf(2 ** 31 - 1)).toBeLessThan(2 ** 15)
})

import { expect, test } from 'vitest'
import { inflowOf } from './inflow.ts'
import { forecastRest, quantile, usualBand } from './usual.ts'

/** Ten days before with 0–9 requests in the first hour and ten in the second. */
const past = Array.from({ length: 10 }, (_, i) => -7 * (i + 1))
const rows = past.flatMap((day, i) => [
  { day, hour: 0, requests: i },
  { day, hour: 1, requests: 10 },
])

test('today is compared with the same part of the same weekdays, the current hour in proportion', () => {
  const today = [
    { day: 0, hour: 0, requests: 12 },
    { day: 0, hour: 1, requests: 4 },
  ]
  const { total, days, usual } = inflowOf([...rows, ...today], 0, 1.5, past)
  expect([total, days]).toEqual([16, 10])
  // Half of ten came in the half hour; before it 0 to 9, of which the median is 4.5.
  expect(usual?.soFar).toEqual({ median: 9.5, band: [expect.closeTo(5.9), expect.closeTo(13.1)] })
  expect(usual?.total).toBe(14.5)
  expect(usual?.cumulative.slice(0, 3).map(({ median }) => median)).toEqual([0, 4.5, 14.5])
})

test('only complete hours are above, and the hours to come are forecast', () => {
  const today = [{ day: 0, hour: 0, requests: 12 }]
  const { usual } = inflowOf([...rows, ...today], 0, 1.5, past)
  expect(usual?.above).toEqual({ hours: 1, requests: 12, median: 4.5 })
  expect(usual?.hours.map(({ forecast }) => forecast !== null)).toEqual([
    false,
    ...Array.from({ length: 23 }, () => true),
  ])
})

test('seven days are too few to say what is usual', () => {
  expect(inflowOf(rows, 0, 12, past.slice(0, 7)).usual).toBeNull()
  expect(usualBand([1, 2, 3, 4, 5, 6, 7])).toBeNull()
})

test('quantiles are those of R, type 7', () => {
  // quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(.1, .5, .9))
  const values = [3, 1, 4, 1, 5, 9, 2, 6]
  expect([0.1, 0.5, 0.9].map((p) => quantile(values, p))).toEqual([1, 3.5, expect.closeTo(6.9)])
})

test('days that never differ are not believed to differ today; days that differ wildly are', () => {
  const steady = Array.from({ length: 26 }, () => 100)
  expect(forecastRest({ far: 60, usual: 40 }, 60, steady).factor).toBeCloseTo(1.002, 3)
  const wild = Array.from({ length: 26 }, (_, i) => (i % 2 ? 10 : 400))
  expect(forecastRest({ far: 60, usual: 40 }, 60, wild).factor).toBeCloseTo(1.49, 2)
})

test('the rest is negative binomial with the posterior of the factor', () => {
  // Mean 100, sample variance 1,300 (hand): between = 0.12, sureness = 8.3333.
  const totals = [100 - Math.sqrt(1300), 100, 100 + Math.sqrt(1300)]
  const { factor, rest, interval } = forecastRest({ far: 50, usual: 40 }, 60, totals)
  expect(factor).toBeCloseTo(58.3333 / 48.3333, 5)
  expect(rest).toBeCloseTo(72.414, 3)
  const deviation = Math.sqrt(72.414 + 72.414 ** 2 / 58.3333)
  expect(interval).toEqual([
    expect.closeTo(72.414 - 1.2816 * deviation, 2),
    expect.closeTo(72.414 + 1.2816 * deviation, 2),
  ])
})

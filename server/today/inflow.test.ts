import { expect, test } from 'vitest'
import { inflowOf } from './inflow.ts'
import { forecastRest, quantile, usualBand } from './usual.ts'

const day = (...hours: number[]) => [
  ...hours,
  ...Array.from({ length: 24 - hours.length }, () => 0),
]
/** Ten days before with 0–9 requests in the first hour and ten in the second. */
const past = Array.from({ length: 10 }, (_, i) => day(i, 10))

test('today is compared with the same part of comparable days, the current hour in proportion', () => {
  const { total, days, usual } = inflowOf(day(12, 4), past, { hour: 1.5, alike: 0 })
  expect([total, days]).toEqual([16, 10])
  // Half of ten came in the half hour; before it 0 to 9, of which the median is 4.5.
  expect(usual?.soFar).toEqual({ median: 9.5, band: [expect.closeTo(5.9), expect.closeTo(13.1)] })
  expect(usual?.total).toBe(14.5)
  expect(usual?.cumulative.slice(0, 3).map(({ median }) => median)).toEqual([0, 4.5, 14.5])
})

test('only complete hours are above, and the hours to come are forecast', () => {
  const { usual } = inflowOf(day(12), past, { hour: 1.5, alike: 0 })
  expect(usual?.above).toEqual({ hours: 1, requests: 12, median: 4.5 })
  expect(usual?.hours.map(({ forecast }) => forecast !== null)).toEqual([
    false,
    ...Array.from({ length: 23 }, () => true),
  ])
})

test('seven days are too few to say what is usual', () => {
  expect(inflowOf(day(), past.slice(0, 7), { hour: 12, alike: 0 }).usual).toBeNull()
  expect(usualBand([1, 2, 3, 4, 5, 6, 7])).toBeNull()
})

test('a day of a mass event teaches as much as is ordinary, and one of this morning says nothing of the evening', () => {
  const calm = Array.from({ length: 15 }, (_, i) => day(10, 90 + (i % 3) * 10))
  const storm = day(10, 990)
  const told = inflowOf(day(10), [...calm, storm], { hour: 1, alike: 0 }).usual
  // Totals 100, 110, 120 five times each, and 1000: median 110, MAD 10 → fence 110 + 3 × 14.826; the storm counts 154.5.
  expect(told?.massDays).toBe(1)
  const mid = told?.hours[1]?.forecast?.mid ?? 0
  expect(mid / (told?.forecast.factor ?? 0)).toBeCloseTo((1500 + 990 * 0.154478) / 16, 3)
  const morning = (calls: number) =>
    inflowOf(day(calls), calm, { hour: 1, alike: 0 }).usual?.forecast
  // Ten every day: chance alone gives up to 10 + 3√10 = 19.5.
  expect(morning(500)).toEqual(morning(20))
  expect(morning(19)?.rest).toBeLessThan(morning(20)?.rest ?? 0)
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
  const { factor, rest, deviation } = forecastRest({ far: 50, usual: 40 }, 60, totals)
  expect(factor).toBeCloseTo(58.3333 / 48.3333, 5)
  expect(rest).toBeCloseTo(72.414, 3)
  expect(deviation).toBeCloseTo(Math.sqrt(72.414 + 72.414 ** 2 / 58.3333), 2)
})

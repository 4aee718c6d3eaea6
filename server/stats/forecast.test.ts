import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { forecast, lastWeek, mase, weekdayMean } from './forecast.ts'
import { fitHoltWinters, holtWinters } from './holt-winters.ts'
import { chanceFrom, normalsOf } from './random.ts'

interface Case {
  input: { y: number[]; period: number; alpha: number; beta: number; gamma: number }
  expected: { l_start: number; b_start: number; s_start: number[]; sse: number; forecast: number[] }
}

describe.skipIf(ORACLES_MISSING)('Holt and Winters as R', () => {
  test.for([
    ['holt_winters_add', 'additive'],
    ['holt_winters_mult', 'multiplicative'],
  ] as const)('%s', ([name, seasonal]) => {
    const { input, expected } = oracle<Record<string, Case>>('statistics/forecast')[name] as Case
    const told = holtWinters(input.y, input.period, input, seasonal)
    expect(told.start.level).toBeCloseTo(expected.l_start, 9)
    expect(told.start.trend).toBeCloseTo(expected.b_start, 9)
    for (const [i, value] of expected.s_start.entries())
      expect(told.start.season[i]).toBeCloseTo(value, 9)
    // Given to fourteen digits.
    expect(told.sse / expected.sse).toBeCloseTo(1, 12)
    for (const [h, value] of told.forecast(expected.forecast.length).entries())
      expect(value).toBeCloseTo(expected.forecast[h] ?? Number.NaN, 9)
  })
})

/** Two years of days with a week's shape and some chance. */
const days = (seed: number, level = (t: number) => 100 + 0 * t) => {
  const normal = normalsOf(chanceFrom(seed))
  const shape = [1.2, 1.1, 1, 1, 1.1, 0.8, 0.6]
  return Array.from({ length: 730 }, (_, t) => {
    const mean = level(t) * (shape[t % 7] ?? 1)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  })
}

test('a week that never changes is told exactly', () => {
  const week = [9, 16, 25, 36, 49, 64, 81]
  const y = Array.from({ length: 70 }, (_, t) => week[t % 7] ?? 0)
  expect(weekdayMean(y, 9)).toEqual([...week, 9, 16])
  expect(lastWeek(y, 9)).toEqual([...week, 9, 16])
  expect(forecast(y)?.days.map(({ value }) => Math.round(value * 1e6) / 1e6)).toEqual([
    ...week,
    ...week,
  ])
})

test('the naive forecasts start in the middle of a week as well', () => {
  expect(lastWeek([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([3, 4, 5])
  expect(weekdayMean([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([3, 4, 5])
})

test('the error is measured by what a week ago would have erred', () => {
  const past = [1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3]
  expect(mase(past, [5, 5], [4, 6])).toBe(0.5)
  expect(mase(past, [5, 5], [5, 5])).toBe(0)
})

test('where the level moves slowly nobody beats smoothing', () => {
  const told = forecast(days(3, (t) => 150 + 100 * Math.sin(t / 60)))
  expect(told?.by).toBe('holtWinters')
  expect(told?.mase.holtWinters).toBeLessThan(told?.mase.lastWeek ?? 0)
})

test('where there is nothing but a week and chance, the mean of weekdays is hard to beat', () => {
  const told = forecast(days(4))
  expect(told?.mase.weekdayMean).toBeLessThan(told?.mase.lastWeek ?? 0)
  expect(told?.mase[told.by]).toBe(Math.min(...Object.values(told?.mase ?? {})))
})

test('what holidays take away is taken out before, and told of those ahead', () => {
  const normal = normalsOf(chanceFrom(6))
  const isHoliday = (t: number) => t % 45 === 40 || t === 405
  const y = Array.from({ length: 400 }, (_, t) =>
    Math.max(0, Math.round((isHoliday(t) ? 25 : 100) + 5 * normal())),
  )
  const marks = [Array.from({ length: 414 }, (_, t) => isHoliday(t))]
  const [without, told] = [forecast(y), forecast(y, { marks })]
  expect(told?.days[5]?.value).toBeGreaterThan(15)
  expect(told?.days[5]?.value).toBeLessThan(35)
  expect(without?.days[5]?.value).toBeGreaterThan(80)
  expect(told?.mase[told.by]).toBeLessThan(without?.mase[without.by] ?? 0)
  // A mark of no day changes nothing.
  expect(forecast(y, { marks: [[]] })?.days[0]?.value).toBeCloseTo(without?.days[0]?.value ?? 0, 9)
})

test('so many days as it says lie within its interval', () => {
  let inside = 0
  for (let seed = 10; seed < 30; seed++) {
    const y = days(seed)
    const told = forecast(y.slice(0, -14))
    for (const [h, { lower, upper }] of told?.days.entries() ?? []) {
      const actual = y[y.length - 14 + h] ?? 0
      if (actual >= lower && actual <= upper) inside++
    }
  }
  expect(inside / 280).toBeGreaterThan(0.7)
  expect(inside / 280).toBeLessThan(0.9)
})

test('with fewer than eight weeks nothing is told; two periods are the least to smooth', () => {
  expect(forecast(days(1).slice(0, 55))).toBeNull()
  expect(() => holtWinters([1, 2, 3], 7, { alpha: 0.1, beta: 0, gamma: 0.1 })).toThrow(
    'two periods',
  )
})

test('fitted weights err no more than others do', () => {
  const y = days(5, (t) => 150 + 100 * Math.sin(t / 60)).map(Math.sqrt)
  const fitted = holtWinters(y, 7, fitHoltWinters(y, 7)).sse
  for (const weights of [
    { alpha: 0.1, beta: 0.1, gamma: 0.1 },
    { alpha: 0.3, beta: 0, gamma: 0.3 },
  ])
    expect(fitted).toBeLessThan(holtWinters(y, 7, weights).sse)
})

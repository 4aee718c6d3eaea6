import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { backTested } from './back-test.ts'
import { FORECASTERS, lastWeek, mase, toldByAll, weekdayMean, withoutEvents } from './forecast.ts'
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

const told = (y: readonly number[], marks: readonly (readonly boolean[])[] = []) => {
  const all = toldByAll(y, { ahead: 14, marks })
  const mase = Object.fromEntries(FORECASTERS.map((by) => [by, backTested(y, all[by], 14)]))
  return { all, mase: mase as Record<(typeof FORECASTERS)[number], number> }
}

test('a week that never changes is told exactly', () => {
  const week = [9, 16, 25, 36, 49, 64, 81]
  const y = Array.from({ length: 84 }, (_, t) => week[t % 7] ?? 0)
  expect(weekdayMean(y, 9)).toEqual([...week, 9, 16])
  expect(lastWeek(y, 9)).toEqual([...week, 9, 16])
  const { all } = told(y)
  for (const by of FORECASTERS)
    expect(all[by].at(-1)).toEqual([...week, ...week].map((count) => expect.closeTo(count, 6)))
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
  const { mase } = told(days(3, (t) => 150 + 100 * Math.sin(t / 60)))
  expect(mase.holtWinters).toBeLessThan(mase.weekdayMean)
  expect(mase.holtWinters).toBeLessThan(mase.lastWeek)
})

test('where there is nothing but a week and chance, the mean of weekdays beats last week', () => {
  const { mase } = told(days(4))
  expect(mase.weekdayMean).toBeLessThan(mase.lastWeek)
})

test('what holidays take away is taken out before, and told of those ahead', () => {
  const normal = normalsOf(chanceFrom(6))
  const isHoliday = (t: number) => t % 45 === 40 || t === 405
  const y = Array.from({ length: 400 }, (_, t) =>
    Math.max(0, Math.round((isHoliday(t) ? 25 : 100) + 5 * normal())),
  )
  const marks = [Array.from({ length: 414 }, (_, t) => isHoliday(t))]
  const [without, known] = [told(y), told(y, marks)]
  expect(known.all.holtWinters.at(-1)?.[5]).toBeGreaterThan(15)
  expect(known.all.holtWinters.at(-1)?.[5]).toBeLessThan(40)
  expect(without.all.holtWinters.at(-1)?.[5]).toBeGreaterThan(80)
  expect(known.mase.holtWinters).toBeLessThan(without.mase.holtWinters)
  // A mark of no day changes nothing.
  expect(told(y, [[]]).all.holtWinters.at(-1)?.[0]).toBeCloseTo(
    without.all.holtWinters.at(-1)?.[0] ?? 0,
    9,
  )
})

test('no origin sees what comes after it', () => {
  const y = days(7)
  const other = [...y.slice(0, 400), ...y.slice(400).map((count) => 3 * count + 7)]
  const [before, after] = [toldByAll(y, { ahead: 14 }), toldByAll(other, { ahead: 14 })]
  for (const by of FORECASTERS) {
    expect(after[by].slice(0, 401)).toEqual(before[by].slice(0, 401))
    expect(after[by][430]).not.toEqual(before[by][430])
  }
})

test('a mass event counts up to what is ordinary, a new level after three days as it is', () => {
  const calm = Array.from({ length: 70 }, () => 100)
  const storm = calm.map((count, t) => (t === 66 ? 900 : count))
  // √100 = 10; without any spread chance alone gives 3 × 0.5.
  expect(withoutEvents(storm)[66]).toBe(11.5)
  expect(toldByAll(storm, { ahead: 7 }).holtWinters.at(-1)?.[3]).toBeLessThan(120)
  const risen = calm.map((count, t) => (t >= 60 ? 400 : count))
  expect(withoutEvents(risen).slice(59, 65)).toEqual([10, 11.5, 11.5, 11.5, 20, 20])
  // A marked day is expected to differ.
  expect(withoutEvents(storm, [storm.map((_, t) => t === 66)])[66]).toBe(30)
})

test('two periods are the least to smooth; before eight weeks nothing is told', () => {
  expect(() => holtWinters([1, 2, 3], 7, { alpha: 0.1, beta: 0, gamma: 0.1 })).toThrow(
    'two periods',
  )
  expect(toldByAll(days(1).slice(0, 55), { ahead: 14 }).holtWinters).toEqual([])
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

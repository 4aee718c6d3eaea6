import { expect, test } from 'vitest'
import { backTested, leastDays, ratios, withIntervals } from './back-test.ts'
import { FORECASTERS, type Told, toldByAll } from './forecast.ts'
import { poissonQuantile } from './poisson.ts'
import { chanceFrom } from './random.ts'

const SHAPE = [1.2, 1.1, 1, 1, 1.1, 0.8, 0.6]
/** Days of a city whose intensity is known: Poisson by the inverse of its distribution. */
const poissonCity = (seed: number, level: number, length = 500) => {
  const chance = chanceFrom(seed)
  return Array.from({ length }, (_, t) =>
    poissonQuantile(Math.min(1 - 1e-12, chance()), level * (SHAPE[t % 7] ?? 1)),
  )
}
const TARGETS = [
  ...Array.from({ length: 14 }, (_, h) => ({ from: h, to: h + 1 })),
  { from: 0, to: 7 },
]

/**
 * Hits of n days of a binomial are further than five deviations once in two million. An interval that rests on m errors holds by a
 * chance of its own, which varies by as much as m days would.
 */
const FAR = 5
const within = (hits: number, n: number, level: number, errors = Number.POSITIVE_INFINITY) =>
  Math.abs(hits - n * level) <= FAR * Math.sqrt(n * level * (1 - level) * (1 + n / errors)) + 1
/** Of 500 days, 56 that the first forecast knows and 182 that are measured leave so many. */
const ERRORS = 500 - 56 - 182

test('in a city of known intensity as many days lie within as the intervals say, at every distance', () => {
  const total = TARGETS.map(() => ({ n: 0, within80: 0, within95: 0 }))
  for (let seed = 1; seed <= 12; seed++) {
    const y = poissonCity(seed, 150)
    const told = withIntervals(y, toldByAll(y, { ahead: 14 }).holtWinters, TARGETS)
    for (const [i, { measured, from, to }] of told.entries()) {
      expect(measured.n).toBe(182 - (to - 1))
      if (to - from === 1) {
        expect([i, within(measured.within80, measured.n, 0.8, ERRORS)]).toEqual([i, true])
        expect([i, within(measured.within95, measured.n, 0.95, ERRORS)]).toEqual([i, true])
      }
      const sum = total[i]
      if (!sum) continue
      sum.n += measured.n
      sum.within80 += measured.within80
      sum.within95 += measured.within95
    }
  }
  // Twelve cities together: two thousand days at each distance leave no room for more than four of a hundred.
  for (const { n, within80, within95 } of total.slice(0, 14)) {
    expect(within80 / n).toBeGreaterThan(0.76)
    expect(within80 / n).toBeLessThan(0.84)
    expect(within95 / n).toBeGreaterThan(0.92)
    expect(within95 / n).toBeLessThan(0.98)
  }
})

test('what is shown of tomorrow holds as often in cities that the back-test has not seen', () => {
  let [inside80, inside95] = [0, 0]
  const cities = 150
  for (let seed = 100; seed < 100 + cities; seed++) {
    const y = poissonCity(seed, 60, 240)
    const past = y.slice(0, -1)
    const [tomorrow] = withIntervals(past, toldByAll(past, { ahead: 1 }).weekdayMean, [
      { from: 0, to: 1 },
    ])
    const truth = y.at(-1) ?? 0
    const holds = (interval: readonly [number, number] | null | undefined) =>
      interval && truth >= Math.round(interval[0]) && truth <= Math.round(interval[1])
    if (holds(tomorrow?.of80)) inside80++
    if (holds(tomorrow?.of95)) inside95++
  }
  expect(within(inside80, cities, 0.8)).toBe(true)
  expect(within(inside95, cities, 0.95)).toBe(true)
})

/** Told by hand: always 100, of days that are 100 but for the errors given from day 56 on. */
const flat = (roots: readonly number[]) => {
  const y = [...Array.from({ length: 56 }, () => 100), ...roots.map((error) => (10 + error) ** 2)]
  const told: Told = Array.from({ length: y.length + 1 }, (_, t) => (t >= 56 ? [100] : undefined))
  return { y, told }
}

test('an interval is as wide as the errors before it, by rank; nineteen are the fewest', () => {
  const roots = Array.from({ length: 19 }, (_, i) => ((i * 7) % 19) / 10)
  const { y, told } = flat(roots)
  const [known] = withIntervals(y, told, [{ from: 0, to: 1 }])
  // Of the nineteen errors 0, 0.1 … 1.8 the 16th and the 19th: (10 ± 1.5)², (10 ± 1.8)².
  expect(known?.of80).toEqual([expect.closeTo(8.5 ** 2), expect.closeTo(11.5 ** 2)])
  expect(known?.of95).toEqual([expect.closeTo(8.2 ** 2), expect.closeTo(11.8 ** 2)])
  expect(known?.measured).toEqual({ n: 0, within80: 0, within95: 0 })
  const less = flat(roots.slice(1))
  expect(withIntervals(less.y, less.told, [{ from: 0, to: 1 }])[0]?.of80).toBeNull()
})

test('a day is measured by the interval of the days before it, never by its own error', () => {
  const { y, told } = flat([...Array.from({ length: 19 }, () => 0.5), 3])
  expect(withIntervals(y, told, [{ from: 0, to: 1 }])[0]?.measured).toEqual({
    n: 1,
    within80: 0,
    within95: 0,
  })
  const calm = flat([...Array.from({ length: 19 }, () => 0.5), -0.5])
  expect(withIntervals(calm.y, calm.told, [{ from: 0, to: 1 }])[0]?.measured).toEqual({
    n: 1,
    within80: 1,
    within95: 1,
  })
})

test('twice the days give twice the forecast, and a week later the same', () => {
  const y = poissonCity(5, 80, 300)
  const targets = [
    { from: 0, to: 1 },
    { from: 1, to: 8 },
  ]
  const of = (counts: readonly number[]) =>
    FORECASTERS.map((by) =>
      withIntervals(counts, toldByAll(counts, { ahead: 14 })[by], targets).map(
        ({ value, of80 }) => [value, ...(of80 ?? [])],
      ),
    ).flat(2)
  const once = of(y)
  // Naive ones follow exactly; chance has no scale, so that smoothing, which knows what chance alone does, follows closely.
  for (const [i, value] of of(y.map((count) => 2 * count)).entries())
    expect(Math.abs(value / (once[i] ?? 0) / 2 - 1)).toBeLessThan(0.02)
  // The same days, begun a week later on the calendar: the same is told of the days after them.
  const told = (counts: readonly number[]) => toldByAll(counts, { ahead: 14 }).weekdayMean.at(-1)
  expect(told([...y.slice(0, 7), ...y])).toEqual(told(y))
})

test('the future changes nothing that was told or measured before it', () => {
  const y = poissonCity(9, 50, 400)
  const changed = [...y.slice(0, 350), ...y.slice(350).map((count) => count * 9)]
  const at = (counts: readonly number[]) =>
    withIntervals(counts.slice(0, 350), toldByAll(counts, { ahead: 14 }).holtWinters, TARGETS)
  expect(at(changed)).toEqual(at(y))
})

test('scaled errors are of origins a week apart that have their days behind them', () => {
  // Weeks of 10 and 20 in turn: as a week ago errs by 10, and so does a constant 10 in every second week.
  const y = Array.from({ length: 98 }, (_, t) => (Math.floor(t / 7) % 2 ? 20 : 10))
  const told: Told = Array.from({ length: 99 }, (_, t) =>
    t >= 56 ? Array.from({ length: 7 }, () => 10) : undefined,
  )
  // Origins 91, 84 … 56: six of them, of which those in odd weeks (91, 77, 63) are wrong by 10.
  expect(backTested(y, told, 7)).toBeCloseTo(0.5, 12)
  expect(backTested(y.slice(0, 60), told, 7)).toBe(Number.POSITIVE_INFINITY)
  expect(ratios(y, told, { from: 0, to: 7 }).slice(-1)).toEqual([2])
  expect(leastDays(15)).toBe(56 + 15 + 19)
})

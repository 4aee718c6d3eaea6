import { expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import {
  chanceAbove,
  chanceHeavy,
  chanceOfSoFew,
  type Exposed,
  isHeavy,
  isSilent,
  marshall,
  smoothedLimits,
  smoothedRate,
  trendOf,
} from './building-intensity.ts'

interface Eb {
  gamma_poisson: {
    input: { O: number[]; E: number[] }
    expected: {
      a: number
      b: number
      posterior_mean: number[]
      lower95: number[]
      upper95: number[]
      'p_gt_1.15': number[]
    }
  }
  fixed_prior: {
    input: { a: number; b: number; O: number[]; E: number[] }
    expected: { mean: number[]; lower95: number[]; upper95: number[] }
  }
  marshall: {
    input: { apartments: number[]; requests: number[] }
    expected: { m: number; s2: number; A: number; eb_rate: number[]; per100: number[] }
  }
}
const exposed = (events: readonly number[], exposures: readonly number[]): Exposed[] =>
  events.map((value, i) => ({ events: value, exposure: exposures[i] ?? 0 }))
const all = (values: readonly number[], digits = 9) =>
  values.map((value) => expect.closeTo(value, digits))

test.skipIf(ORACLES_MISSING)("twelve buildings have Marshall's moments and rates (eb.json)", () => {
  const { input, expected } = oracle<Eb>('statistics/eb').marshall
  const buildings = exposed(input.requests, input.apartments)
  const moments = marshall(buildings)
  expect(moments).toEqual({
    mean: expect.closeTo(expected.m, 12),
    between: expect.closeTo(expected.A, 12),
  })
  expect(buildings.map((building) => 100 * smoothedRate(building, moments))).toEqual(
    all(expected.per100),
  )
})

test.skipIf(ORACLES_MISSING)('a given prior gives the gamma law of R (eb.json)', () => {
  const { fixed_prior: fixed, gamma_poisson: fitted } = oracle<Eb>('statistics/eb')
  for (const { input, expected, a, b } of [
    { ...fixed, a: fixed.input.a, b: fixed.input.b, expected: fixed.expected },
    {
      input: fitted.input,
      expected: { ...fitted.expected, mean: fitted.expected.posterior_mean },
      a: fitted.expected.a,
      b: fitted.expected.b,
    },
  ]) {
    const buildings = exposed(input.O, input.E)
    const prior = { mean: a / b, between: a / b ** 2 }
    expect(buildings.map((one) => smoothedRate(one, prior))).toEqual(all(expected.mean))
    const limits = buildings.map((one) => smoothedLimits(one, prior))
    expect(limits.map(([lower]) => lower)).toEqual(all(expected.lower95, 8))
    expect(limits.map(([, upper]) => upper)).toEqual(all(expected.upper95, 8))
    if ('p_gt_1.15' in expected)
      expect(buildings.map((one) => chanceAbove(one, prior, 1.15))).toEqual(
        all(expected['p_gt_1.15'] as number[], 8),
      )
  }
})

const MOMENTS = { mean: 0.10958904109589, between: 0.003903220556517 }

test('the chance that the rate is above twice the expected is the upper tail of the gamma law', () => {
  // Simpson's rule over the density Gamma(34.0769, 118.0766) from 2 m on, in Python: 0.9302234139.
  const building = { events: 31, exposure: 90 }
  const chance = chanceAbove(building, MOMENTS, 2 * MOMENTS.mean)
  expect(chance).toBeCloseTo(0.9302234139, 8)
  expect(chanceHeavy(building, MOMENTS)).toBe(chance)
})

test('a building belongs to the list from ten requests and 95 % on', () => {
  expect(isHeavy({ events: 10, exposure: 2 }, 0.95)).toBe(true)
  expect(isHeavy({ events: 9, exposure: 2 }, 0.99)).toBe(false)
  expect(isHeavy({ events: 40, exposure: 2 }, 0.9499)).toBe(false)
})

test('buildings that differ by chance only all have the mean', () => {
  const alike = exposed([10, 20, 30], [100, 200, 300])
  const moments = marshall(alike)
  expect(moments).toEqual({ mean: 0.1, between: 0 })
  expect(smoothedRate({ events: 3, exposure: 10 }, moments)).toBe(0.1)
  expect(smoothedLimits({ events: 3, exposure: 10 }, moments)).toEqual([0.1, 0.1])
  expect(chanceHeavy({ events: 30, exposure: 10 }, moments)).toBe(0)
})

test('of no building, or of nothing, nothing is said', () => {
  expect(marshall([])).toEqual({ mean: 0, between: 0 })
  expect(marshall(exposed([0, 0], [10, 20]))).toEqual({ mean: 0, between: 0 })
})

test('counting every request twice doubles rates; doubling the apartments as well changes only what is certain', () => {
  const once = exposed([3, 9, 14, 0, 31], [60, 80, 120, 36, 90])
  const twice = once.map(({ events, exposure }) => ({ events: events * 2, exposure: exposure * 2 }))
  const [a, b] = [marshall(once), marshall(twice)]
  expect(b.mean).toBeCloseTo(a.mean, 12)
  expect(b.between).toBeGreaterThan(a.between)
  for (const [i, one] of once.entries())
    expect(Math.abs(smoothedRate(twice[i] ?? one, b) - one.events / one.exposure)).toBeLessThan(
      Math.abs(smoothedRate(one, a) - one.events / one.exposure) + 1e-12,
    )
})

test('the order of the buildings changes nothing', () => {
  const buildings = exposed([3, 9, 14, 0, 31], [60, 80, 120, 36, 90])
  const [a, b] = [marshall(buildings), marshall(buildings.toReversed())]
  expect(b.mean).toBeCloseTo(a.mean, 14)
  expect(b.between).toBeCloseTo(a.between, 14)
})

test('so few has the chance of the negative binomial law', () => {
  // Size 4, mean 20: sums of lgamma terms in Python; none at all is (4/24)^4.
  const moments = { mean: 1, between: 0.25 }
  expect(chanceOfSoFew({ events: 3, exposure: 20 }, moments)).toBeCloseTo(0.01763260173754, 12)
  expect(chanceOfSoFew({ events: 0, exposure: 20 }, moments)).toBeCloseTo((4 / 24) ** 4, 14)
  // Without differences between buildings it is Poisson's: e^−5.
  const same = { mean: 1, between: 0 }
  expect(chanceOfSoFew({ events: 0, exposure: 5 }, same)).toBeCloseTo(Math.exp(-5), 12)
  expect(chanceOfSoFew({ events: 0, exposure: 0 }, moments)).toBe(1)
})

test('silent is at most half of the expected, and by chance in at most one of a hundred', () => {
  const moments = { mean: 1, between: 0.1 }
  expect(isSilent({ events: 5, exposure: 20 }, moments, 0.01)).toBe(true)
  expect(isSilent({ events: 5, exposure: 20 }, moments, 0.011)).toBe(false)
  expect(isSilent({ events: 11, exposure: 20 }, moments, 0.001)).toBe(false)
})

test('the trend is the binomial law of the share of late requests', () => {
  // 40 of 100 in 90 of 365 days: sums of binomial terms in Python.
  const trend = trendOf(40, 60, 90 / 365)
  expect(trend.ratio).toBeCloseTo(2.037037037037037, 12)
  expect(trend.rising).toBeCloseTo(0.0005118808088822, 12)
  expect(trend.falling).toBeCloseTo(0.9997626299048161, 12)
})

test('where the whole city had as many of late, a building has no trend', () => {
  const trend = trendOf(40, 60, 0.4)
  expect(trend.ratio).toBeCloseTo(1, 12)
  expect(trend.rising).toBeGreaterThan(0.5)
  expect(trendOf(40, 60, 0.35).rising).toBeCloseTo(0.1724150042512491, 12)
})

test('nothing before, or nothing at all, has no ratio', () => {
  expect(trendOf(3, 0, 0.25)).toEqual({ ratio: null, rising: 0.25 ** 3, falling: 1 })
  expect(trendOf(0, 0, 0.25)).toEqual({ ratio: null, rising: 1, falling: 1 })
})

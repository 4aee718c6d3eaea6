import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { percentile, restrictedMean, survivalAt } from './curve-reading.ts'
import { kaplanMeier, standardisedCurve } from './kaplan-meier.ts'

const observe = (time: readonly number[], event: readonly number[]) =>
  time.map((t, i) => ({ time: t, events: event[i] ?? 0, censored: 1 - (event[i] ?? 0) }))

/** Hours; + means still open: 2 3 3+ 5 8 8 12+ 20 24 24+. Values by R survfit(conf.type = 'log-log'). */
const tenRequests = kaplanMeier(
  observe([2, 3, 3, 5, 8, 8, 12, 20, 24, 24], [1, 1, 0, 1, 1, 1, 0, 1, 0, 1]),
)
const close = (value: number) => expect.closeTo(value, 9)

describe('ten requests, three of them still open', () => {
  test('the curve steps at events only, and the open ones leave the risk set', () => {
    expect(tenRequests.time).toEqual([2, 3, 5, 8, 12, 20, 24])
    expect(tenRequests.atRisk).toEqual([10, 9, 7, 6, 4, 3, 2])
    expect(tenRequests.survival).toEqual(
      [
        0.9, 0.8, 0.68571428571429, 0.45714285714286, 0.45714285714286, 0.3047619047619,
        0.15238095238095,
      ].map(close),
    )
  })
  test('the median is 8 hours [2, 24], and the 90th percentile is not reached', () => {
    expect(percentile(tenRequests, 0.5)).toEqual({ value: 8, lower: 2, upper: 24 })
    expect(percentile(tenRequests, 0.9)).toEqual({ value: null, lower: 20, upper: null })
  })
  test('the restricted mean to a day is 13.26 hours', () => {
    expect(restrictedMean(tenRequests, 24)).toEqual({
      mean: close(13.261904761905),
      se: close(2.953333271178),
    })
  })
  test('at a norm of 5 hours seven wait, and two thirds are expected to go on waiting', () => {
    expect(survivalAt(tenRequests, 5)).toMatchObject({
      survival: close(0.68571428571429),
      atRisk: 7,
    })
    expect(survivalAt(tenRequests, 6)).toMatchObject({
      survival: close(0.68571428571429),
      atRisk: 6,
    })
    expect(survivalAt(tenRequests, 1)).toEqual({ survival: 1, lower: 1, upper: 1, atRisk: 10 })
  })
})

test('a level reached exactly takes the middle of its step, as R does', () => {
  const four = kaplanMeier(observe([1, 2, 4, 9], [1, 1, 1, 1]))
  expect(percentile(four, 0.5).value).toBe(3)
  const endsOnLevel = kaplanMeier(observe([2, 6, 6], [0, 1, 0]))
  expect(percentile(endsOnLevel, 0.5).value).toBe(6)
})

test('nobody observed has no percentile, and only open requests never reach one', () => {
  expect(percentile(kaplanMeier([]), 0.5)).toEqual({ value: null, lower: null, upper: null })
  expect(percentile(kaplanMeier(observe([3, 4], [0, 0])), 0.5).value).toBeNull()
})

test('a time that is not a number is refused', () => {
  expect(() => kaplanMeier(observe([1, Number.NaN], [1, 1]))).toThrow(RangeError)
})

test('once everybody is served the share is 0 and its band is undefined', () => {
  const all = kaplanMeier(observe([1, 2], [1, 1]))
  expect([all.survival.at(-1), all.lower.at(-1), all.upper.at(-1)]).toEqual([0, null, null])
})

describe('a city on another mix', () => {
  const quick = kaplanMeier(observe([1, 2, 3, 4], [1, 1, 1, 1]))
  const slow = kaplanMeier(observe([10, 20], [1, 1]))
  test('is the mean of its strata weighted by that mix', () => {
    const mixed = standardisedCurve([
      { curve: quick, weight: 3 },
      { curve: slow, weight: 1 },
    ])
    expect(mixed.time).toEqual([1, 2, 3, 4, 10, 20])
    expect(mixed.survival).toEqual([0.8125, 0.625, 0.4375, 0.25, 0.125, 0].map(close))
  })
  test('is the stratum itself, band and all, when there is only one', () => {
    const mixed = standardisedCurve([
      { curve: tenRequests, weight: 7 },
      { curve: kaplanMeier([]), weight: 9 },
    ])
    expect(mixed.lower).toEqual(tenRequests.lower.map((v) => (v === null ? null : close(v))))
    expect(mixed.survival).toEqual(tenRequests.survival.map(close))
  })
})

interface KmOracle {
  input: { time: number[]; event: number[] }
  expected: {
    probs: number[]
    quantile: (number | null)[]
    lower95: (number | null)[]
    upper95: (number | null)[]
    at: Record<'time' | 'n_risk' | 'surv' | 'lower' | 'upper', (number | null)[]>
    rmean365: number
    rmean365_se: number
  }
}
const orNull = (value: number | null | undefined) => (value == null ? null : close(value))

describe.skipIf(ORACLES_MISSING).for(['km_lung', 'km_veteran', 'km_aml'])('%s in R', (name) => {
  const { input, expected } = oracle<KmOracle>(`statistics/${name}`)
  const curve = kaplanMeier(observe(input.time, input.event))
  test('percentiles and their intervals', () => {
    expect(expected.probs.map((p) => percentile(curve, p))).toEqual(
      expected.probs.map((_, i) => ({
        value: orNull(expected.quantile[i]),
        lower: orNull(expected.lower95[i]),
        upper: orNull(expected.upper95[i]),
      })),
    )
  })
  test('curve and bands', () => {
    const { at } = expected
    expect(at.time.map((time) => survivalAt(curve, time ?? 0))).toEqual(
      at.time.map((_, i) => ({
        survival: orNull(at.surv[i]),
        lower: orNull(at.lower[i]),
        upper: orNull(at.upper[i]),
        atRisk: at.n_risk[i],
      })),
    )
  })
  test('restricted mean', () => {
    expect(restrictedMean(curve, 365)).toEqual({
      mean: close(expected.rmean365),
      se: close(expected.rmean365_se),
    })
  })
})

interface Groups {
  [study: string]: { [group: string]: { n: number; events: number; median: (number | null)[] } }
}
interface Studies {
  cases: { name: string; input: { time: number[]; event: number[]; group: (number | string)[] } }[]
}
test.skipIf(ORACLES_MISSING)('medians by group in R', () => {
  const groups = oracle<Groups>('statistics/km_groups')
  const studies = oracle<Studies>('statistics/logrank').cases
  const names = {
    'lung by sex': 'lung_by_sex',
    'veteran by celltype': 'veteran_by_celltype',
    aml: 'aml_by_x',
  }
  const compared = Object.entries(names).flatMap(([study, key]) => {
    const input = studies.find(({ name }) => name.startsWith(study))?.input
    if (!input) return []
    const kinds = [...new Set(input.group)]
    return Object.values(groups[key] ?? {}).map(({ n, median }) => {
      const medians = kinds.map((kind) => {
        const of = observe(input.time, input.event).filter((_, i) => input.group[i] === kind)
        const { value, lower, upper } = percentile(kaplanMeier(of), 0.5)
        return JSON.stringify([of.length, value, lower, upper])
      })
      expect(medians).toContain(JSON.stringify([n, ...median]))
      return key
    })
  })
  expect(new Set(compared)).toEqual(new Set(Object.values(names)))
})

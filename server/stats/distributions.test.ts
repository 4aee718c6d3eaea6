import beta from '@stdlib/stats-base-dists-beta'
import binomial from '@stdlib/stats-base-dists-binomial'
import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { binomialLimit, poissonLimit } from './funnel.ts'
import { gammaLower, gammaQuantile, gammaUpper } from './gamma.ts'
import { normalCdf, normalQuantile, Z999 } from './normal.ts'
import {
  byarLimits,
  poissonAtLeast,
  poissonCdf,
  poissonLimits,
  poissonQuantile,
} from './poisson.ts'
import { clopperPearson, jeffreys, wilson } from './proportion.ts'

const close = (value: number) => expect.closeTo(value, 9)
type Numbers = Record<string, number[]>
const values = ({ v }: Numbers) => (v ?? []).map(close)
/** Calls `f` with the i-th value of each column. */
const over = (table: Numbers, columns: string[], f: (...args: number[]) => number) =>
  (table.v ?? table.upper ?? []).map((_, i) =>
    f(...columns.map((c) => table[c]?.[i] ?? Number.NaN)),
  )

test('a share of 8 in 100 lies between 4.1 and 15.0 %; of 0 in 20, between exactly 0 and 16.1 %', () => {
  expect(wilson(8, 100)).toEqual([0.041093461484381, 0.14998107700949].map(close))
  expect(wilson(0, 20)).toEqual([0, close(0.16112515805282)])
  expect(wilson(29, 29)).toEqual([close(0.88303020150026), 1])
})
test('of nothing, nothing is known', () => {
  for (const interval of [wilson, jeffreys, clopperPearson]) expect(interval(0, 0)).toEqual([0, 1])
})
test('the exact interval is never narrower than the others', () => {
  for (const cases of [1, 5, 30, 99]) {
    const [lower, upper] = clopperPearson(cases, 100)
    expect(lower).toBeLessThan(jeffreys(cases, 100)[0])
    expect(upper).toBeGreaterThan(jeffreys(cases, 100)[1])
  }
})

test('no events in a year are compatible with up to 3.7', () => {
  expect(poissonLimits(0)).toEqual([0, close(3.6888794541139)])
  expect(poissonLimits(8)).toEqual(
    [3.4538323401184, 15.763189220193].map((v) => expect.closeTo(v, 6)),
  )
})

test('a funnel of 8 % at 100 requests is 0.37 to 16.95 % wide, of ten expected events 0.12 to 2.07', () => {
  expect([0.001, 0.999].map((p) => binomialLimit(0.08, 100, p))).toEqual(
    [0.0036574536502378, 0.16953227194836].map(close),
  )
  expect([0.001, 0.999].map((p) => poissonLimit(10, p))).toEqual(
    [0.12205293158961, 2.0662000835995].map(close),
  )
})

test('a rounder half: the gamma distribution of one is the exponential', () => {
  expect(gammaLower(1, 2)).toBeCloseTo(1 - Math.exp(-2), 15)
  expect(gammaUpper(1, 40) / Math.exp(-40)).toBeCloseTo(1, 12)
  expect(gammaQuantile(0.5, 1)).toBeCloseTo(Math.LN2, 14)
  expect([gammaQuantile(0, 3), gammaQuantile(1, 3)]).toEqual([0, Number.POSITIVE_INFINITY])
})

describe.skipIf(ORACLES_MISSING)('as R computes them', () => {
  test('distributions', () => {
    const r = oracle<Record<string, Numbers>>('statistics/distributions')
    const the = (name: string) => r[name] ?? {}
    expect(over(the('qnorm'), ['p'], normalQuantile)).toEqual(values(the('qnorm')))
    expect(over(the('pbinom'), ['x', 'n', 'p'], binomial.cdf)).toEqual(values(the('pbinom')))
    expect(over(the('qbinom'), ['q', 'n', 'p'], binomial.quantile)).toEqual(the('qbinom').v)
    expect(over(the('qbeta'), ['p', 'a', 'b'], beta.quantile)).toEqual(values(the('qbeta')))
    expect(over(the('pnorm_upper'), ['z'], (z) => normalCdf(-z))).toEqual(
      values(the('pnorm_upper')),
    )
    expect(over(the('ppois'), ['x', 'l'], poissonCdf)).toEqual(values(the('ppois')))
    expect(over(the('ppois'), ['x', 'l'], (x, l) => poissonAtLeast(x + 1, l))).toEqual(
      the('ppois').upper?.map(close),
    )
    expect(over(the('qpois'), ['q', 'l'], poissonQuantile)).toEqual(
      the('qpois').v?.map((v) => v + 0),
    )
    expect(
      over(the('qgamma'), ['p', 'shape', 'rate'], (p, a, rate) => gammaQuantile(p, a) / rate),
    ).toEqual(values(the('qgamma')))
    expect(
      over(the('pgamma_upper'), ['x', 'shape', 'rate'], (x, a, rate) => gammaUpper(a, x * rate)),
    ).toEqual(values(the('pgamma_upper')))
    expect(over(the('qchisq'), ['p', 'df'], (p, df) => 2 * gammaQuantile(p, df / 2))).toEqual(
      values(the('qchisq')),
    )
    expect(over(the('pchisq_upper'), ['x', 'df'], (x, df) => gammaUpper(df / 2, x / 2))).toEqual(
      values(the('pchisq_upper')),
    )
  })

  test('shapes in the thousands, where others fail', () => {
    const r = oracle<Record<string, Numbers>>('statistics/large_shape')
    const the = (name: string) => r[name] ?? {}
    expect(over(the('ppois'), ['x', 'lambda'], poissonCdf)).toEqual(values(the('ppois')))
    expect(over(the('ppois'), ['x', 'lambda'], (x, l) => poissonAtLeast(x + 1, l))).toEqual(
      the('ppois').upper?.map(close),
    )
    expect(over(the('pgamma'), ['x', 'shape'], (x, a) => gammaLower(a, x))).toEqual(
      values(the('pgamma')),
    )
    expect(
      over(the('qgamma'), ['p', 'shape', 'rate'], (p, a, rate) => gammaQuantile(p, a) / rate),
    ).toEqual(values(the('qgamma')))
  })

  test('intervals of shares', () => {
    type Case = Record<'x' | 'n', number> &
      Record<'wilson95' | 'wilson998' | 'jeffreys95' | 'clopper_pearson95', number[]>
    for (const { x, n, wilson95, wilson998, ...exact } of oracle<{ cases: Case[] }>(
      'statistics/proportion_intervals',
    ).cases) {
      expect(wilson(x, n)).toEqual(wilson95.map(close))
      expect(wilson(x, n, 3.090232306167813)).toEqual(wilson998.map(close))
      expect(jeffreys(x, n)).toEqual(exact.jeffreys95.map(close))
      expect(clopperPearson(x, n)).toEqual(exact.clopper_pearson95.map(close))
    }
  })

  test('limits of counts', () => {
    type Case = { o: number } & Record<'exact95' | 'exact998' | 'byar95' | 'byar998', number[]>
    for (const { o, exact95, exact998, byar95, byar998 } of oracle<{ cases: Case[] }>(
      'statistics/poisson_limits',
    ).cases) {
      expect(poissonLimits(o)).toEqual(exact95.map(close))
      expect(poissonLimits(o, 0.998)).toEqual(exact998.map(close))
      expect(byarLimits(o)).toEqual(byar95.map(close))
      expect(byarLimits(o, Z999)).toEqual(byar998.map(close))
    }
  })

  test('limits of funnels', () => {
    type Funnel = { theta: number; n: number[]; p: number[]; limits: number[][] }
    const { binomial, poisson } = oracle<{
      binomial: Funnel[]
      poisson: { p: number[]; E: number[]; limits: number[][] }
    }>('statistics/funnel_limits')
    for (const { theta, n, p, limits } of binomial)
      expect(n.map((size) => p.map((level) => binomialLimit(theta, size, level)))).toEqual(
        limits.map((row) => row.map(close)),
      )
    expect(poisson.E.map((e) => poisson.p.map((level) => poissonLimit(e, level)))).toEqual(
      poisson.limits.map((row) => row.map(close)),
    )
  })
})

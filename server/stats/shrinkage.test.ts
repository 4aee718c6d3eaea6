import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { chanceAbove, likeliestPrior, posterior, priorLikelihood, priorShape } from './shrinkage.ts'

interface Eb {
  gamma_poisson: {
    input: { O: number[]; E: number[] }
    expected: {
      a: number
      b: number
      loglik: number
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
}

describe.skipIf(ORACLES_MISSING)('ratios drawn in, as in R', () => {
  const eb = () => oracle<Eb>('statistics/eb')
  test('with a prior that is given', () => {
    const { input, expected } = eb().fixed_prior
    for (const [i, observed] of input.O.entries()) {
      const { mean, lower, upper } = posterior(observed, input.E[i] ?? 0, [input.a, input.b])
      expect(mean).toBeCloseTo(expected.mean[i] ?? Number.NaN, 9)
      expect(lower).toBeCloseTo(expected.lower95[i] ?? Number.NaN, 9)
      expect(upper).toBeCloseTo(expected.upper95[i] ?? Number.NaN, 9)
    }
  })
  test('thirty companies, with the prior that R found', () => {
    const { input, expected } = eb().gamma_poisson
    const prior = [expected.a, expected.b] as const
    for (const [i, observed] of input.O.entries()) {
      const on = input.E[i] ?? 0
      const { mean, lower, upper } = posterior(observed, on, prior)
      expect(mean).toBeCloseTo(expected.posterior_mean[i] ?? Number.NaN, 9)
      expect(lower).toBeCloseTo(expected.lower95[i] ?? Number.NaN, 9)
      expect(upper).toBeCloseTo(expected.upper95[i] ?? Number.NaN, 9)
      expect(chanceAbove(1.15, observed, on, prior)).toBeCloseTo(
        expected['p_gt_1.15'][i] ?? Number.NaN,
        9,
      )
    }
  })
  test('thirty companies, with the prior that makes them most likely: to the stated tolerance', () => {
    const { input, expected } = eb().gamma_poisson
    const units = input.O.map((observed, i) => ({ observed, expected: input.E[i] ?? 0 }))
    const prior = likeliestPrior(units)
    expect(priorLikelihood(units, [expected.a, expected.b])).toBeCloseTo(expected.loglik, 8)
    expect(Math.abs(priorLikelihood(units, prior) - expected.loglik)).toBeLessThan(1e-6)
    for (const [i, mean] of expected.posterior_mean.entries())
      expect(Math.abs(posterior(input.O[i] ?? 0, input.E[i] ?? 0, prior).mean - mean)).toBeLessThan(
        1e-4,
      )
  })
})

test('the less a ratio rests on, the nearer to one it is drawn', () => {
  const prior = [25, 25] as const
  expect(posterior(4, 2, prior).mean).toBeCloseTo(29 / 27, 12)
  expect(posterior(400, 200, prior).mean).toBeCloseTo(425 / 225, 12)
  expect(posterior(0, 0, prior).mean).toBe(1)
})

test('the more units ordinarily differ, the weaker the prior; without differences it is capped', () => {
  expect(priorShape(0.01)).toBeCloseTo(25, 12)
  expect(priorShape(0)).toBe(1e4)
})

test('every request twice leaves the ratio and narrows its interval', () => {
  const prior = [1e-9, 1e-9] as const
  const once = posterior(30, 20, prior)
  const twice = posterior(60, 40, prior)
  expect(twice.mean).toBeCloseTo(once.mean, 9)
  expect(twice.upper - twice.lower).toBeLessThan(once.upper - once.lower)
})

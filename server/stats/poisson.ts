import { gammaLower, gammaQuantile, gammaUpper } from './gamma.ts'

/** Chance of at most `k` events where `mean` are expected. 0 for k < 0. */
export const poissonCdf = (k: number, mean: number): number =>
  k < 0 ? 0 : gammaUpper(Math.floor(k) + 1, mean)

/** Chance of `k` events or more, as itself so that small tails keep their digits. */
export const poissonAtLeast = (k: number, mean: number): number =>
  k <= 0 ? 1 : gammaLower(Math.ceil(k), mean)

/** The smallest integer r with cdf(r) ≥ p, for 0 < p < 1. */
export function poissonQuantile(p: number, mean: number): number {
  let high = Math.max(1, Math.ceil(mean))
  while (poissonCdf(high, mean) < p) high *= 2
  let low = -1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (poissonCdf(middle, mean) >= p) high = middle
    else low = middle
  }
  return high
}

/**
 * Exact limits of the mean behind a count of `events` (Garwood 1936; R poisson.test): χ²(α/2, 2o)/2 and χ²(1−α/2, 2o+2)/2.
 * The lower limit of no events is 0.
 */
export function poissonLimits(events: number, level = 0.95): [lower: number, upper: number] {
  const tail = (1 - level) / 2
  return [events === 0 ? 0 : gammaQuantile(tail, events), gammaQuantile(1 - tail, events + 1)]
}

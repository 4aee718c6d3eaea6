import { gammaLower, gammaQuantile, gammaUpper } from './gamma.ts'
import { normalQuantile, Z95 } from './normal.ts'

/** Chance of at most `k` events where `mean` are expected. 0 for k < 0. */
export const poissonCdf = (k: number, mean: number): number =>
  k < 0 ? 0 : gammaUpper(Math.floor(k) + 1, mean)

/** Chance of `k` events or more, as itself so that small tails keep their digits. */
export const poissonAtLeast = (k: number, mean: number): number =>
  k <= 0 ? 1 : gammaLower(Math.ceil(k), mean)

/** The smallest integer r with cdf(r) ≥ p, for 0 < p < 1: from where Cornish and Fisher put it, a step or two. */
export function poissonQuantile(p: number, mean: number): number {
  const z = normalQuantile(p)
  let r = Math.max(0, Math.floor(mean + z * Math.sqrt(mean) + (z * z - 1) / 6))
  if (poissonCdf(r, mean) < p) {
    do r++
    while (poissonCdf(r, mean) < p)
    return r
  }
  while (r > 0 && poissonCdf(r - 1, mean) >= p) r--
  return r
}

/**
 * Exact limits of the mean behind a count of `events` (Garwood 1936; R poisson.test): χ²(α/2, 2o)/2 and χ²(1−α/2, 2o+2)/2.
 * The lower limit of no events is 0.
 */
export function poissonLimits(events: number, level = 0.95): [lower: number, upper: number] {
  const tail = (1 - level) / 2
  return [events === 0 ? 0 : gammaQuantile(tail, events), gammaQuantile(1 - tail, events + 1)]
}

/**
 * Byar's approximation of the same (Breslow and Day 1987, 2.13), for drawing many intervals; good from ten events on. Not
 * clipped: the lower limit of one event may lie below 0. No events give lower 0.
 */
export function byarLimits(events: number, z = Z95): [lower: number, upper: number] {
  const limit = (count: number, side: number) =>
    count * (1 - 1 / (9 * count) + (side * z) / (3 * Math.sqrt(count))) ** 3
  return [events === 0 ? 0 : limit(events, -1), limit(events + 1, 1)]
}

import binomial from '@stdlib/stats-base-dists-binomial'
import { poissonCdf, poissonQuantile } from './poisson.ts'

/**
 * Exact limit of a share with interpolation (Spiegelhalter 2005, A.1.1): r = smallest integer with F(r) ≥ p,
 * α = (F(r) − p) / (F(r) − F(r − 1)), limit = (r − α) / n. Not clipped: draw within [0, 1].
 */
export function binomialLimit(share: number, n: number, p: number): number {
  const r = binomial.quantile(p, n, share)
  const at = binomial.cdf(r, n, share)
  return (r - (at - p) / (at - (r === 0 ? 0 : binomial.cdf(r - 1, n, share)))) / n
}

/** The same for a count of which `expected` are expected, as a ratio to it. Not clipped: draw from 0. */
export function poissonLimit(expected: number, p: number): number {
  const r = poissonQuantile(p, expected)
  const at = poissonCdf(r, expected)
  return (r - (at - p) / (at - poissonCdf(r - 1, expected))) / expected
}

/** Limit that also allows for ordinary differences between units; drawn on the square-root scale and squared back. */
export const dispersedLimit = (expected: number, tau2: number, z: number): number =>
  Math.max(0, 1 + z * Math.sqrt(1 / (4 * expected) + tau2)) ** 2

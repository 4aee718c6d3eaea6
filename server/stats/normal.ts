import normal from '@stdlib/stats-base-dists-normal'

/** Chance of a standard normal at or below z; for an upper tail pass −z, never subtract from 1. */
export const normalCdf = (z: number): number => normal.cdf(z, 0, 1)

/** The z with cdf(z) = p; ∓ infinity at 0 and 1. The library's is good to 2e-9: one step of Newton on the smaller tail makes it exact. */
export function normalQuantile(p: number): number {
  const z = normal.quantile(p, 0, 1)
  if (!Number.isFinite(z) || z === 0) return z
  const miss = p < 0.5 ? normalCdf(z) - p : 1 - p - normalCdf(-z)
  return z - miss / normalDensity(z)
}

/** Density of the standard normal distribution. */
export const normalDensity = (z: number): number => normal.pdf(z, 0, 1)

/** Two-sided 95 %. */
export const Z95 = 1.959963984540054
/** One-sided 99.9 %: the limits of funnels and of action. */
export const Z999 = 3.090232306167813

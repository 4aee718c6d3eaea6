import normal from '@stdlib/stats-base-dists-normal'

/** Chance of a standard normal at or below z; for an upper tail pass −z, never subtract from 1. */
export const normalCdf = (z: number): number => normal.cdf(z, 0, 1)

/** Good to 2e-9. */
export const normalQuantile = (p: number): number => normal.quantile(p, 0, 1)

export const normalDensity = (z: number): number => normal.pdf(z, 0, 1)

/** Two-sided 95 %. */
export const Z95 = 1.959963984540054
/** One-sided 99.9 %: the limits of funnels and of action. */
export const Z999 = 3.090232306167813

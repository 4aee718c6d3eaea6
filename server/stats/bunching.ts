import beta from '@stdlib/stats-base-dists-beta'

export interface Bunching {
  n: number
  /** Share that fell before the limit. */
  share: number
  /** One-sided chance of so many before the limit, where `p0` is ordinary. */
  p: number
  /** Lower 97.5 % bound of the share (Clopper and Pearson 1934); 0 where nothing fell before the limit. */
  lower: number
}

/**
 * How many of the events around a limit fell just before it: one-sided binomial test (Cattaneo, Jansson and Ma 2020, local
 * window; R binom.test, alternative 'greater'). `before` and `after` are counts in windows of equal width, 0 < p0 < 1. The
 * upper tail is the incomplete beta function itself, not 1 − cdf. Of no events nothing is known: p = 1, lower 0.
 */
export function bunching(before: number, after: number, p0: number): Bunching {
  const n = before + after
  if (before === 0) return { n, share: 0, p: 1, lower: 0 }
  return {
    n,
    share: before / n,
    p: beta.cdf(p0, before, after + 1),
    lower: beta.quantile(0.025, before, after + 1),
  }
}

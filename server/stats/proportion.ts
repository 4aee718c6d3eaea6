import beta from '@stdlib/stats-base-dists-beta'
import { Z95 } from './normal.ts'

/**
 * Wilson interval of a share (Wilson 1927; R prop.test without correction). No cases give lower 0 and all cases upper 1
 * exactly; of nothing (n = 0) nothing is known: [0, 1].
 */
export function wilson(cases: number, n: number, z = Z95): [lower: number, upper: number] {
  if (n === 0) return [0, 1]
  const share = cases / n
  const scale = 1 + (z * z) / n
  const centre = (share + (z * z) / (2 * n)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale
  return [cases === 0 ? 0 : centre - half, cases === n ? 1 : centre + half]
}

/**
 * Jeffreys interval (Brown, Cai and DasGupta 2001): quantiles of Beta(x + ½, n − x + ½), for Bayesian views. No cases give
 * lower 0 and all cases upper 1; of nothing: [0, 1].
 */
export function jeffreys(cases: number, n: number, level = 0.95): [lower: number, upper: number] {
  const tail = (1 - level) / 2
  return [
    cases === 0 ? 0 : beta.quantile(tail, cases + 0.5, n - cases + 0.5),
    cases === n ? 1 : beta.quantile(1 - tail, cases + 0.5, n - cases + 0.5),
  ]
}

/**
 * Exact interval of Clopper and Pearson 1934 (R binom.test): it covers at least as often as it says, for where that is
 * demanded. No cases give lower 0 and all cases upper 1; of nothing: [0, 1].
 */
export function clopperPearson(
  cases: number,
  n: number,
  level = 0.95,
): [lower: number, upper: number] {
  const tail = (1 - level) / 2
  return [
    cases === 0 ? 0 : beta.quantile(tail, cases, n - cases + 1),
    cases === n ? 1 : beta.quantile(1 - tail, cases + 1, n - cases),
  ]
}

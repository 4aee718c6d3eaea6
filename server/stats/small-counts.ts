import { poissonAtLeast } from './poisson.ts'

/**
 * Chance of more than `observed` events plus half the chance of as many, where `mean` are expected with a variance above
 * it: negative binomial mid-p (Lancaster 1961). With no more variance than the mean: Poisson. For few events: its work
 * grows with `observed`. Mean > 0.
 */
export function midP(observed: number, mean: number, variance: number): number {
  if (variance <= mean * (1 + 1e-9))
    return (poissonAtLeast(observed, mean) + poissonAtLeast(observed + 1, mean)) / 2
  const size = (mean * mean) / (variance - mean)
  const more = mean / (size + mean)
  let term = Math.exp(size * Math.log1p(-more))
  for (let k = 1; k <= observed; k++) term *= ((k - 1 + size) / k) * more
  let sum = term / 2
  for (let k = observed + 1; term > sum * 1e-17; k++) {
    term *= ((k - 1 + size) / k) * more
    sum += term
  }
  return Math.min(1, sum)
}

import { gammaQuantile, gammaUpper } from './gamma.ts'

/** Cap of the prior's shape: below so much spread all units count as one. */
const MOST = 1e4

export interface Posterior {
  mean: number
  /** Ends of the 95 % interval. */
  lower: number
  upper: number
}

/** Shape of the gamma prior with mean 1 whose spread is τ² on the square-root scale: a = b = 1 / (4 τ²), at most 10⁴. */
export const priorShape = (tau2: number): number => Math.min(MOST, 1 / (4 * tau2))

/**
 * A ratio drawn in to 1 by how little it rests on (Clayton and Kaldor 1987): posterior Gamma(O + a, E + b). For tables, maps and
 * sorting, not for decisions. E ≥ 0.
 */
export function posterior(
  observed: number,
  expected: number,
  [a, b]: readonly [a: number, b: number],
): Posterior {
  const [shape, rate] = [observed + a, expected + b]
  return {
    mean: shape / rate,
    lower: gammaQuantile(0.025, shape) / rate,
    upper: gammaQuantile(0.975, shape) / rate,
  }
}

/** Chance, after what was seen, that the true ratio is above `ratio`. */
export const chanceAbove = (
  ratio: number,
  observed: number,
  expected: number,
  [a, b]: readonly [a: number, b: number],
): number => gammaUpper(observed + a, (expected + b) * ratio)

/** Log-likelihood of a gamma prior by the negative binomial it gives for the counts (R dnbinom(O, a, b / (b + E), log = TRUE)). */
export function priorLikelihood(
  units: readonly { observed: number; expected: number }[],
  [a, b]: readonly [a: number, b: number],
): number {
  let sum = 0
  for (const { observed, expected } of units) {
    sum += a * Math.log(b / (b + expected)) + observed * Math.log(expected / (b + expected))
    for (let k = 0; k < observed; k++) sum += Math.log((a + k) / (k + 1))
  }
  return sum
}

/**
 * The prior that makes the counts most likely (maximum likelihood of the negative binomial; an offline check of
 * `priorShape`, whose mean is fixed at 1). Climbs on ln a and ln(a / b) by halving steps; the top is flat, so compare
 * likelihoods. Units with E = 0 tell nothing and are not to be given.
 */
export function likeliestPrior(
  units: readonly { observed: number; expected: number }[],
): [a: number, b: number] {
  let shape = Math.log(10)
  let mean = 0
  const at = (s: number, m: number): [number, number] => [Math.exp(s), Math.exp(s - m)]
  let best = priorLikelihood(units, at(shape, mean))
  for (let step = 1; step > 1e-9; ) {
    let moved = false
    for (const [ds, dm] of [
      [step, 0],
      [-step, 0],
      [0, step],
      [0, -step],
    ] as const) {
      const [s, m] = [Math.min(shape + ds, Math.log(MOST)), mean + dm]
      const found = priorLikelihood(units, at(s, m))
      if (found <= best) continue
      ;[shape, mean, best, moved] = [s, m, found, true]
    }
    if (!moved) step /= 2
  }
  return at(shape, mean)
}

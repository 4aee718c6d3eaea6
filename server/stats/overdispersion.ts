import { normalDensity, normalQuantile } from './normal.ts'

/**
 * Distance from expectation on the square-root scale (Spiegelhalter 2005; method, section 5.2): y = √(O/E) − 1, s = √V / 2E,
 * z = y / s; positive = more events than expected. E > 0; with V = 0 z is infinite, or NaN where
 * O = E.
 */
export function distance(observed: number, expected: number, variance: number) {
  const y = Math.sqrt(observed / expected) - 1
  const s = Math.sqrt(variance) / (2 * expected)
  return { y, s, z: y / s }
}

/**
 * Variance of a standard normal winsorised at its `trim` quantiles, (1 − 2t) − 2 k φ(k) + 2 t k² (method, section 5.2); what the
 * published estimator leaves out. 0 < trim < ½; .678655 at .10.
 */
export function winsorisedVariance(trim: number): number {
  const k = normalQuantile(1 - trim)
  return 1 - 2 * trim - 2 * k * normalDensity(k) + 2 * trim * k * k
}

/** Type 7 quantile of R (Hyndman and Fan 1996), in the unit of the values, of any order; 0 ≤ p ≤ 1. Of no values 0. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * p
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return below + (place - Math.floor(place)) * (above - below)
}

/** Values beyond their `trim` and 1 − `trim` quantiles (type 7) drawn in to these, in their order. */
export function winsorised(values: readonly number[], trim: number): number[] {
  const [low, high] = [quantile(values, trim), quantile(values, 1 - trim)]
  return values.map((value) => Math.min(Math.max(value, low), high))
}

export interface Overdispersion {
  phi: number
  /** Variance, on the square-root scale, of the ordinary differences between units; 0 where chance explains them. */
  tau2: number
}

/**
 * Winsorised φ and additive τ² (Spiegelhalter 2005; Spiegelhalter et al. 2012), with φ divided by winsorisedVariance so
 * that it is 1 when only chance is at work. Fewer than two units: nothing to estimate, τ² = 0.
 */
export function overdispersion(
  units: readonly { z: number; s: number }[],
  trim = 0.1,
  factor = winsorisedVariance(trim),
): Overdispersion {
  const count = units.length
  if (count < 2) return { phi: 1, tau2: 0 }
  const squares = winsorised(
    units.map(({ z }) => z),
    trim,
  ).map((z) => z * z)
  const phi = sum(squares) / count / factor
  if (phi <= 1 + 2 * Math.sqrt(2 / count)) return { phi, tau2: 0 }
  const weights = units.map(({ s }) => 1 / s ** 2)
  const total = sum(weights)
  const effective = total - sum(weights.map((w) => w * w)) / total
  return { phi, tau2: Math.max(0, (count * phi - (count - 1)) / effective) }
}

/** Pairwise, so that the error does not grow with the number of units. */
function sum(values: readonly number[], from = 0, to = values.length): number {
  if (to - from > 8) {
    const middle = (from + to) >> 1
    return sum(values, from, middle) + sum(values, middle, to)
  }
  let total = 0
  for (let i = from; i < to; i++) total += values[i] ?? 0
  return total
}

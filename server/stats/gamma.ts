import { normalQuantile } from './normal.ts'

/**
 * Incomplete gamma function. Our own, because @stdlib 0.2/0.3 errs by up to 2.4e-2 for shapes from 900 on.
 * Series below a + 1, continued fraction (modified Lentz) above; DLMF 8.11.4 and 8.9.2. Relative error about 1e-13.
 */

const EPSILON = 1e-16
const TINY = 1e-300
/** From here on the Stirling series with seven terms is exact to double precision. */
const STIRLING_FROM = 16

/** ln Γ(a) − ((a − ½) ln a − a + ½ ln 2π), for a ≥ 16: DLMF 5.11.1. */
function stirlingRest(a: number): number {
  const r = 1 / (a * a)
  return (
    (1 / 12 -
      r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) /
    a
  )
}

function logGamma(a: number): number {
  let shift = 1
  let b = a
  while (b < STIRLING_FROM) {
    shift *= b
    b += 1
  }
  return (
    (b - 0.5) * Math.log(b) - b + 0.5 * Math.log(2 * Math.PI) + stirlingRest(b) - Math.log(shift)
  )
}

/** x − a − a ln(x/a) without cancellation near x = a (Loader 2000). */
function deviance(x: number, a: number): number {
  const u = (x - a) / (x + a)
  if (Math.abs(u) > 0.1) return a * (x / a - 1 - Math.log(x / a))
  // a (e − ln(1 + e)) with e = (x − a)/a, by the series of artanh u: ln(x/a) = 2 (u + u³/3 + …).
  let term = u
  let odd = 0
  for (let k = 3; ; k += 2) {
    term *= u * u
    const next = odd + term / k
    if (next === odd) break
    odd = next
  }
  return (x - a) * u - 2 * a * odd
}

/** x^a e^−x / Γ(a + 1). */
function leadingTerm(a: number, x: number): number {
  if (x === 0) return 0
  if (a < STIRLING_FROM) return Math.exp(a * Math.log(x) - x - logGamma(a + 1))
  return Math.exp(-deviance(x, a) - stirlingRest(a)) / Math.sqrt(2 * Math.PI * a)
}

function series(a: number, x: number): number {
  let sum = 1
  let term = 1
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return leadingTerm(a, x) * sum
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let h = d
  for (let n = 1; n < 100_000; n++) {
    const step = -n * (n - a)
    b += 2
    d = 1 / (step * d + b || TINY)
    c = b + step / c || TINY
    const delta = c * d
    h *= delta
    if (Math.abs(delta - 1) < 1e-15) break
  }
  return leadingTerm(a, x) * a * h
}

/** P(a, x): chance that a Gamma(a, 1) is at most x. `a` > 0; x ≤ 0 gives 0. */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x)
}

/** Q(a, x) = 1 − P(a, x), computed as itself so that small tails keep their digits. */
export function gammaUpper(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x)
}

/** A step so small has a square, the error after it, that no double tells. */
const SETTLED = 1e-11

/** The x with P(a, x) = p; 0 for p = 0, infinity for p = 1. Newton inside a bracket, on the smaller tail, from the cube of Wilson and Hilferty (1931). */
export function gammaQuantile(p: number, a: number): number {
  if (p <= 0) return 0
  if (p >= 1) return Number.POSITIVE_INFINITY
  const miss = (x: number) => (p < 0.5 ? gammaLower(a, x) - p : 1 - p - gammaUpper(a, x))
  let low = 0
  let high = Number.POSITIVE_INFINITY
  const root = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a))
  let x = root > 0 ? a * root ** 3 : a / 2
  for (let n = 0; n < 400; n++) {
    const gap = miss(x)
    if (gap > 0) high = x
    else low = x
    const density = (leadingTerm(a, x) * a) / x
    const newton = x - gap / density
    const halfway = high === Number.POSITIVE_INFINITY ? 2 * x : (low + high) / 2
    const next = newton >= low && newton <= high ? newton : halfway
    if (Math.abs(next - x) <= SETTLED * x) return next
    x = next
  }
  return x
}

/**
 * Mean and standard deviation of the logarithm of a Gamma(shape, rate): ψ(shape) − ln rate and √ψ′(shape), by recurrence
 * to 16 and the asymptotic series (DLMF 5.11.2, 5.15.8). Both above 0.
 */
export function logGammaMoments(shape: number, rate: number): { mean: number; sd: number } {
  let digamma = 0
  let trigamma = 0
  let a = shape
  for (; a < STIRLING_FROM; a++) {
    digamma -= 1 / a
    trigamma += 1 / (a * a)
  }
  const r = 1 / (a * a)
  digamma += Math.log(a) - 1 / (2 * a) - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r / 240)))
  trigamma += 1 / a + r / 2 + (r / a) * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r / 30)))
  return { mean: digamma - Math.log(rate), sd: Math.sqrt(trigamma) }
}

import { quantile } from './overdispersion.ts'
import { curvesThrough } from './polynomial.ts'

/** Bins on each side of the limit that are not used for the counterfactual. */
const WINDOW = 2
const DEGREES = [2, 3, 4] as const
export type Degree = (typeof DEGREES)[number]
/** Fewer events outside the window give no curve. */
const LEAST_OUTSIDE = 20

export interface ExcessMass {
  degree: Degree
  /** What the polynomial puts into each bin. */
  curve: number[]
  /** More than that in the two bins before the limit; less than that in the two after it. */
  excess: number
  missing: number
  /** Excess over the mean of the curve in the four bins around the limit. */
  b: number
}

/**
 * Excess mass before a limit (Chetty et al. 2011; Kleven 2016). `counts` are of an even number of bins of equal width, the
 * limit in the middle; a least-squares polynomial through the bins outside [−2, +2] says what would be there. Degree 2 to 4
 * by least BIC unless it is given. Null where fewer than 20 events lie outside, or the curve is not positive at the limit.
 */
export function excessMass(counts: readonly number[], degree?: Degree): ExcessMass | null {
  const middle = counts.length / 2
  const outside = binsOutside(counts.length)
  if (sum(outside.map((bin) => counts[bin] ?? 0)) < LEAST_OUTSIDE) return null
  const fits = (degree === undefined ? DEGREES : [degree]).map((power) => {
    const curve = curveOf(counts, power)
    const rest = sum(outside.map((bin) => ((counts[bin] ?? 0) - (curve[bin] ?? 0)) ** 2))
    const n = outside.length
    return { power, curve, bic: n * Math.log(rest / n) + (power + 1) * Math.log(n) }
  })
  const { power, curve } = fits.reduce((a, b) => (b.bic < a.bic ? b : a))
  const beyond = counts.map((count, bin) => count - (curve[bin] ?? 0))
  const mean = sum(curve.slice(middle - WINDOW, middle + WINDOW)) / (2 * WINDOW)
  if (!(mean > 0)) return null
  const excess = sum(beyond.slice(middle - WINDOW, middle))
  const missing = -sum(beyond.slice(middle, middle + WINDOW))
  return { degree: power, curve, excess, missing, b: excess / mean }
}

export interface ExcessInterval {
  /** Lower 99 % bound of b. */
  lower: number
  /** Standard error of b. */
  error: number
}

/**
 * Bootstrap of excessMass: each bin is drawn anew from Poisson of its count, at the degree of the estimate; a replicate
 * without an estimate counts as none. The same `random` (0 ≤ r < 1) gives the same bounds.
 */
export function excessInterval(
  counts: readonly number[],
  { degree }: Pick<ExcessMass, 'degree'>,
  random: () => number,
  replicates = 500,
): ExcessInterval {
  const drawn = Array.from({ length: replicates }, () => {
    const again = counts.map((count) => poissonDraw(count, random))
    return excessMass(again, degree)?.b ?? 0
  })
  const mean = sum(drawn) / drawn.length
  const error = Math.sqrt(sum(drawn.map((one) => (one - mean) ** 2)) / (drawn.length - 1))
  return { lower: quantile(drawn, 0.01), error }
}

const binsOutside = (bins: number) =>
  Array.from({ length: bins }, (_, bin) => bin).filter(
    (bin) => bin < bins / 2 - WINDOW || bin >= bins / 2 + WINDOW,
  )

const curves = new Map<string, readonly (readonly number[])[]>()
/** The polynomial through the bins outside the window, in every bin. */
function curveOf(counts: readonly number[], degree: Degree): number[] {
  const bins = counts.length
  const known = `${bins} ${degree}`
  const outside = binsOutside(bins)
  let weights = curves.get(known)
  if (!weights) {
    const place = (bin: number) => (2 * bin + 1) / bins - 1
    weights = curvesThrough(
      outside.map(place),
      degree,
      counts.map((_, bin) => place(bin)),
    )
    curves.set(known, weights)
  }
  return weights.map((row) =>
    row.reduce((value, weight, i) => value + weight * (counts[outside[i] ?? 0] ?? 0), 0),
  )
}

/** A number of events where `mean` are expected: by multiplication while few (Knuth), by the normal law from 30 on. */
function poissonDraw(mean: number, random: () => number): number {
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const least = Math.exp(-mean)
  let events = 0
  for (let product = random(); product > least; product *= random()) events++
  return events
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

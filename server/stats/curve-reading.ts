import type { Curve } from './kaplan-meier.ts'

/**
 * Survival S at a time, in the unit of the curve's times, with its band, and how many are under observation: [1, 1] and everybody
 * before the first time; a null band where it is undefined (nobody left); after the last time the curve stays where it ended.
 */
export function survivalAt(curve: Curve, time: number) {
  let low = -1
  let high = curve.time.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((curve.time[middle] ?? 0) <= time) low = middle
    else high = middle
  }
  if (low < 0) return { survival: 1, lower: 1, upper: 1, atRisk: curve.n }
  const left = (curve.atRisk[low] ?? 0) - (curve.event[low] ?? 0) - (curve.censored[low] ?? 0)
  return {
    survival: curve.survival[low] ?? 1,
    lower: curve.lower[low] ?? null,
    upper: curve.upper[low] ?? null,
    /** Under observation after that time. */
    atRisk: curve.time[low] === time ? (curve.atRisk[low] ?? 0) : left,
  }
}

/** A time with its 95 % interval; null is "not reached": never the largest time seen. */
export interface Percentile {
  value: number | null
  lower: number | null
  upper: number | null
}

/**
 * The time by which a share p has had its event, with the interval of Brookmeyer and Crowley 1982. Where the curve lies
 * exactly on 1 − p, the middle of that step (R quantile.survfit). In the unit of the curve's times; 0 < p < 1. Null where the curve,
 * or a band of it, never comes so low.
 */
export function percentile(curve: Curve, p: number): Percentile {
  return {
    value: crossing(curve.time, curve.survival, 1 - p),
    lower: crossing(curve.time, curve.lower, 1 - p),
    upper: crossing(curve.time, curve.upper, 1 - p),
  }
}

/** R's tolerance for "exactly on the level". */
export const ON_LEVEL = 1.5e-8

function crossing(time: readonly number[], heights: readonly (number | null)[], level: number) {
  for (let j = 0; j < heights.length; j++) {
    const height = heights[j] ?? null
    if (height === null) return null
    if (height > level + ON_LEVEL) continue
    const here = time[j] ?? 0
    if (Math.abs(height - level) > ON_LEVEL) return here
    const next = heights.findIndex((later, k) => k > j && later !== height)
    const end = next === -1 ? time.at(-1) : time[next]
    return (here + (end ?? here)) / 2
  }
  return null
}

/**
 * Restricted mean time to `tau`, the area under S, with its standard error Σ A² d / (n (n − d)) (method, section 2.1; R survfit
 * rmean), in the unit of the times. The curve is carried on from its last time; a step at which everybody ended adds no
 * variance. No events: `tau` and 0.
 */
export function restrictedMean(curve: Curve, tau: number): { mean: number; se: number } {
  let inside = 0
  let mean = 0
  let from = 0
  let height = 1
  for (; inside < curve.time.length; inside++) {
    const time = curve.time[inside] ?? 0
    if (time > tau) break
    mean += height * (time - from)
    from = time
    height = curve.survival[inside] ?? 0
  }
  mean += height * (tau - from)
  let ahead = 0
  let until = tau
  let variance = 0
  for (let j = inside - 1; j >= 0; j--) {
    const time = curve.time[j] ?? 0
    ahead += (curve.survival[j] ?? 0) * (until - time)
    until = time
    const [n, d] = [curve.atRisk[j] ?? 0, curve.event[j] ?? 0]
    if (ahead > 0 && d > 0) variance += (ahead ** 2 * d) / (n * (n - d))
  }
  return { mean, se: Math.sqrt(variance) }
}

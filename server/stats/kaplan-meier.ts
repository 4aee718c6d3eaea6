import { Z95 } from './normal.ts'

/** Events and censorings at one time; several tallies of one time add up. Times are positive, in any one unit. */
export interface Tally {
  time: number
  events: number
  censored: number
}

/** A survival curve: entry j holds from its time until the next. S is 1 with band [1, 1] before the first time. */
export interface Curve {
  n: number
  events: number
  time: number[]
  atRisk: number[]
  event: number[]
  censored: number[]
  survival: number[]
  /** Greenwood's sum d / (n (n − d)); infinite once nobody is left. */
  greenwood: number[]
  /** Log-log band; null where it is undefined (nobody left). */
  lower: (number | null)[]
  upper: (number | null)[]
}

/**
 * Kaplan and Meier 1958 with log-log bands, as R survfit(conf.type = 'log-log'). At one time events precede censorings.
 * Nobody observed gives an empty curve. Throws a RangeError for a time that is not a number.
 */
export function kaplanMeier(tallies: Iterable<Tally>, z = Z95): Curve {
  const sorted = [...tallies].sort((a, b) => a.time - b.time)
  let atRisk = sorted.reduce((sum, tally) => sum + tally.events + tally.censored, 0)
  const curve: Curve = { ...empty(), n: atRisk }
  let survival = 1
  let greenwood = 0
  for (let i = 0; i < sorted.length; ) {
    const time = sorted[i]?.time ?? Number.NaN
    if (Number.isNaN(time)) throw new RangeError('a time of a survival curve is not a number')
    let event = 0
    let censored = 0
    for (; sorted[i]?.time === time; i++) {
      event += sorted[i]?.events ?? 0
      censored += sorted[i]?.censored ?? 0
    }
    if (event + censored === 0) continue
    survival *= 1 - event / atRisk
    greenwood += event / (atRisk * (atRisk - event))
    push(curve, { time, atRisk, event, censored, survival, greenwood }, z)
    atRisk -= event + censored
  }
  return curve
}

/**
 * The curve a city would show on another mix: the mean of its strata's curves weighted by that mix (direct
 * standardisation), with the variances that follow. After the last time of a stratum its curve stays where it ended.
 * Weights of strata without a curve are spread over the others.
 */
export function standardisedCurve(
  strata: readonly { curve: Curve; weight: number }[],
  z = Z95,
): Curve {
  const known = strata.filter(({ curve, weight }) => curve.n > 0 && weight > 0)
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const steps = known
    .flatMap(({ curve }, stratum) => curve.time.map((time, index) => ({ time, stratum, index })))
    .sort((a, b) => a.time - b.time)
  const now = known.map(({ weight }) => ({ share: weight / total, survival: 1, variance: 0 }))
  const curve = empty()
  curve.n = known.reduce((sum, stratum) => sum + stratum.curve.n, 0)
  let atRisk = curve.n
  for (let i = 0; i < steps.length; ) {
    const time = steps[i]?.time ?? 0
    let event = 0
    let censored = 0
    for (; steps[i]?.time === time; i++) {
      const { stratum, index } = steps[i] ?? { stratum: -1, index: -1 }
      const source = known[stratum]?.curve
      const state = now[stratum]
      if (!source || !state) continue
      event += source.event[index] ?? 0
      censored += source.censored[index] ?? 0
      state.survival = source.survival[index] ?? 0
      state.variance = state.survival > 0 ? state.survival ** 2 * (source.greenwood[index] ?? 0) : 0
    }
    const survival = now.reduce((sum, s) => sum + s.share * s.survival, 0)
    const variance = now.reduce((sum, s) => sum + s.share ** 2 * s.variance, 0)
    const greenwood = survival > 0 ? variance / survival ** 2 : Number.POSITIVE_INFINITY
    push(curve, { time, atRisk, event, censored, survival, greenwood }, z)
    atRisk -= event + censored
  }
  return curve
}

/** Survival at a time with its band; [1, 1] before the first time, null band where it is undefined. */
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
 * exactly on 1 − p, the middle of that step (R quantile.survfit).
 */
export function percentile(curve: Curve, p: number): Percentile {
  return {
    value: crossing(curve.time, curve.survival, 1 - p),
    lower: crossing(curve.time, curve.lower, 1 - p),
    upper: crossing(curve.time, curve.upper, 1 - p),
  }
}

/** R's tolerance for "exactly on the level". */
const ON_LEVEL = 1.5e-8

function crossing(time: readonly number[], heights: readonly (number | null)[], level: number) {
  for (const [j, height] of heights.entries()) {
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

/** Mean time lost up to `tau` (area under S) with its standard error. The curve is carried on from its last time. */
export function restrictedMean(curve: Curve, tau: number): { mean: number; se: number } {
  const inside = curve.time.flatMap((time, j) => (time <= tau ? [j] : []))
  let mean = 0
  let from = 0
  let height = 1
  for (const j of inside) {
    const time = curve.time[j] ?? 0
    mean += height * (time - from)
    from = time
    height = curve.survival[j] ?? 0
  }
  mean += height * (tau - from)
  let ahead = 0
  let until = tau
  let variance = 0
  for (const j of inside.reverse()) {
    const time = curve.time[j] ?? 0
    ahead += (curve.survival[j] ?? 0) * (until - time)
    until = time
    const [n, d] = [curve.atRisk[j] ?? 0, curve.event[j] ?? 0]
    if (ahead > 0 && d > 0) variance += (ahead ** 2 * d) / (n * (n - d))
  }
  return { mean, se: Math.sqrt(variance) }
}

const empty = (): Curve => ({
  n: 0,
  events: 0,
  time: [],
  atRisk: [],
  event: [],
  censored: [],
  survival: [],
  greenwood: [],
  lower: [],
  upper: [],
})

interface Step {
  time: number
  atRisk: number
  event: number
  censored: number
  survival: number
  greenwood: number
}

function push(curve: Curve, step: Step, z: number) {
  curve.events += step.event
  curve.time.push(step.time)
  curve.atRisk.push(step.atRisk)
  curve.event.push(step.event)
  curve.censored.push(step.censored)
  curve.survival.push(step.survival)
  curve.greenwood.push(step.greenwood)
  const [lower, upper] = logLogBand(step.survival, step.greenwood, z)
  curve.lower.push(lower)
  curve.upper.push(upper)
}

/** S to the power of exp(± z √V / ln S). */
function logLogBand(
  survival: number,
  greenwood: number,
  z: number,
): [number | null, number | null] {
  if (survival >= 1) return [1, 1]
  if (survival <= 0) return [null, null]
  const spread = (z * Math.sqrt(greenwood)) / Math.log(survival)
  return [survival ** Math.exp(-spread), survival ** Math.exp(spread)]
}

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

/** Tallies in columns, times ascending; `n` counts events and censorings together. */
export interface Times {
  time: ArrayLike<number>
  events: ArrayLike<number>
  n: ArrayLike<number>
}

/**
 * Kaplan and Meier 1958 with log-log bands, as R survfit(conf.type = 'log-log'). At one time events precede censorings.
 * Nobody observed gives an empty curve. Throws a RangeError for a time that is not a number.
 */
export function kaplanMeier(tallies: Iterable<Tally>, z = Z95): Curve {
  const sorted = [...tallies].sort((a, b) => a.time - b.time)
  return curveOf(
    {
      time: sorted.map(({ time }) => time),
      events: sorted.map(({ events }) => events),
      n: sorted.map(({ events, censored }) => events + censored),
    },
    z,
  )
}

/** The same of times in order. */
export function curveOf({ time: times, events, n }: Times, z = Z95): Curve {
  const curve = empty()
  for (let i = 0; i < n.length; i++) curve.n += n[i] ?? 0
  let atRisk = curve.n
  let survival = 1
  let greenwood = 0
  for (let i = 0; i < times.length; ) {
    const time = times[i] ?? Number.NaN
    if (Number.isNaN(time)) throw new RangeError('a time of a survival curve is not a number')
    let event = 0
    let all = 0
    for (; times[i] === time; i++) {
      event += events[i] ?? 0
      all += n[i] ?? 0
    }
    if (all === 0) continue
    survival *= 1 - event / atRisk
    greenwood += event / (atRisk * (atRisk - event))
    push(curve, { time, atRisk, event, censored: all - event, survival, greenwood }, z)
    atRisk -= all
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
  const now = known.map(({ curve, weight }) => ({
    ...{ curve, share: weight / total, next: 0, survival: 1, variance: 0 },
  }))
  const curve = empty()
  curve.n = known.reduce((sum, stratum) => sum + stratum.curve.n, 0)
  let atRisk = curve.n
  for (const time of timesOf(known)) {
    let event = 0
    let censored = 0
    let survival = 0
    let variance = 0
    for (const state of now) {
      const { curve: own, next } = state
      if (own.time[next] === time) {
        event += own.event[next] ?? 0
        censored += own.censored[next] ?? 0
        state.survival = own.survival[next] ?? 0
        state.variance = state.survival > 0 ? state.survival ** 2 * (own.greenwood[next] ?? 0) : 0
        state.next++
      }
      survival += state.share * state.survival
      variance += state.share ** 2 * state.variance
    }
    const greenwood = survival > 0 ? variance / survival ** 2 : Number.POSITIVE_INFINITY
    push(curve, { time, atRisk, event, censored, survival, greenwood }, z)
    atRisk -= event + censored
  }
  return curve
}

/** Every time of any of the curves, once, ascending. */
function timesOf(strata: readonly { curve: Curve }[]): Float64Array {
  const times = new Set<number>()
  for (const { curve } of strata) for (const time of curve.time) times.add(time)
  return Float64Array.from(times).sort()
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

/** Mean time lost up to `tau` (area under S) with its standard error. The curve is carried on from its last time. */
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
  const last = curve.time.length - 1
  // Where only watching ended the curve goes on as it was, and so does its band.
  const isSame =
    last >= 0 && curve.survival[last] === step.survival && curve.greenwood[last] === step.greenwood
  const [lower = null, upper = null] = isSame
    ? [curve.lower[last], curve.upper[last]]
    : logLogBand(step.survival, step.greenwood, z)
  curve.events += step.event
  curve.time.push(step.time)
  curve.atRisk.push(step.atRisk)
  curve.event.push(step.event)
  curve.censored.push(step.censored)
  curve.survival.push(step.survival)
  curve.greenwood.push(step.greenwood)
  curve.lower.push(lower)
  curve.upper.push(upper)
}

/** S to the power of exp(± z √V / ln S). */
export function logLogBand(
  survival: number,
  greenwood: number,
  z: number,
): [number | null, number | null] {
  if (survival >= 1) return [1, 1]
  if (survival <= 0) return [null, null]
  const spread = (z * Math.sqrt(greenwood)) / Math.log(survival)
  return [survival ** Math.exp(-spread), survival ** Math.exp(spread)]
}

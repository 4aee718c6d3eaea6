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

/** The same of times in order: ascending, positive, in any one unit. Rows of one time add up, rows of nobody are passed over. */
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
 * Weights of strata without a curve are spread over the others. Weights in any one unit, all curves in one unit of time; no stratum
 * with a curve gives an empty curve.
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

/**
 * Band of one step: S to the power of exp(± z √V / ln S), V Greenwood's sum (method, section 2.1). [1, 1] where nothing happened
 * yet, null where nobody is left.
 */
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

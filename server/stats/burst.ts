import { poissonAtLeast } from './poisson.ts'

/** Kilometres of the circles that are looked at on each arrival (method, section 10). */
export const RADII_KM = [0.3, 0.6, 1] as const
/** Minutes of the windows, up to the arrival. */
export const WINDOWS_MIN = [30, 60, 120] as const
/** Incidents; less is never expected: a place that has not called yet is no proof that it will not. */
export const LEAST_EXPECTED = 0.02
/** Distinct apartments below which nothing is a burst. */
export const LEAST_APARTMENTS = 4
/** A signal; about one false alarm a month in a simulated city of 7,000 buildings, where so many calls are scanned a day. */
export const SIGNAL = 12
const CALLS_A_DAY = 250
/** Below it an event fades. */
export const FADED = 3
/** However many false alarms there were, an outage of this weight is told. */
const MOST_SIGNAL = 24
/** Quiet days before which the threshold is not moved. */
const QUIET_DAYS = 20

/**
 * Log likelihood ratio of an expectation-based Poisson scan (Neill 2006): c ln(c/e) + e − c where more came than expected, else 0.
 * `e` > 0 in the unit of `c`.
 */
export const burstRatio = (c: number, e: number): number =>
  c > e ? c * Math.log(c / e) + e - c : 0

/**
 * Kulldorff's ratio (1997) for a place looked at afterwards: given `all` cases of the city and the study's time, c of them fell where
 * e were expected. 0 where not more than expected.
 */
export const scanRatio = (c: number, e: number, all: number): number =>
  c <= e ? 0 : c * Math.log(c / e) + (c < all ? (all - c) * Math.log((all - c) / (all - e)) : 0)

/** Chance of `c` or more where `e` are expected (Poisson). */
export const burstChance = (c: number, e: number): number => poissonAtLeast(c, e)

/** The ratio of one circle and window with its floor and its least count (method, section 10). Apartments. */
export const circleRatio = (apartments: number, expected: number): number =>
  apartments < LEAST_APARTMENTS ? 0 : burstRatio(apartments, Math.max(LEAST_EXPECTED, expected))

/** The smallest count of apartments whose ratio reaches `level`, where so many are expected. */
export function leastFor(level: number, expected: number): number {
  let c = LEAST_APARTMENTS
  while (circleRatio(c, expected) < level) c++
  return c
}

export interface ScannedCall {
  /** From the middle of the circle, kilometres. */
  km: number
  /** UTC epoch milliseconds. */
  at: number
  /** The same for calls of one apartment. */
  apartment: number
}

export interface Burst {
  ratio: number
  apartments: number
  expected: number
  radiusKm: number
  windowMin: number
  /** Until when, without another call, some circle and window keeps the ratio at `FADED`; −∞ where none does. */
  until: number
}

const MINUTE = 60_000

/**
 * The strongest circle and window around a place at an instant; of equal ones the smallest. `calls` in any order; those after
 * `now`, outside a circle or before a window count for nothing. `expected(radius, window)`: by position in RADII_KM and WINDOWS_MIN.
 */
export function strongestBurst(
  calls: readonly ScannedCall[],
  now: number,
  expected: (radius: number, window: number) => number,
): Burst {
  const burst: Burst = {
    ratio: 0,
    apartments: 0,
    expected: 0,
    radiusKm: RADII_KM[0],
    windowMin: WINDOWS_MIN[0],
    until: Number.NEGATIVE_INFINITY,
  }
  RADII_KM.forEach((radiusKm, radius) => {
    const within = calls.filter(({ km, at }) => km <= radiusKm && at <= now)
    if (within.length < LEAST_APARTMENTS) return
    WINDOWS_MIN.forEach((windowMin, window) => {
      const last = lastCalls(within, now - windowMin * MINUTE)
      if (last.length < LEAST_APARTMENTS) return
      const e = Math.max(LEAST_EXPECTED, expected(radius, window))
      const ratio = circleRatio(last.length, e)
      if (ratio > burst.ratio)
        Object.assign(burst, { ratio, apartments: last.length, expected: e, radiusKm, windowMin })
      if (ratio < FADED) return
      const deciding = last[leastFor(FADED, e) - 1]
      if (deciding !== undefined) burst.until = Math.max(burst.until, deciding + windowMin * MINUTE)
    })
  })
  return burst
}

/** The last call of each apartment after `since`, latest first. */
function lastCalls(calls: readonly ScannedCall[], since: number): number[] {
  const last = new Map<number, number>()
  for (const { at, apartment } of calls)
    if (at > since && at > (last.get(apartment) ?? since)) last.set(apartment, at)
  return [...last.values()].sort((a, b) => b - a)
}

/**
 * The threshold before a city has quiet days of its own: each scan is a chance of a false alarm, and the tail of the ratio falls
 * about as exp(−ratio), so that k times as many scans want ln k more. `callsADay`: scanned calls; never below SIGNAL.
 */
export const startingSignal = (callsADay: number): number =>
  SIGNAL + Math.log(Math.max(1, callsADay / CALLS_A_DAY))

/**
 * The threshold of tomorrow: the second largest daily maximum of the ratio over the quiet days given (method, section 10), never
 * below where it starts and never so high that a whole block could go unnoticed. Of fewer than 20 days: where it starts.
 */
export function recalibrated(dailyMaxima: readonly number[], start: number = SIGNAL): number {
  if (dailyMaxima.length < QUIET_DAYS) return start
  const second = dailyMaxima.toSorted((a, b) => b - a)[1] ?? start
  return Math.min(MOST_SIGNAL, Math.max(start, second))
}

/** From here on a day is no quiet day, unless a person said that it was nothing. */
export const UNDOUBTED = MOST_SIGNAL

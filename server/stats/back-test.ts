import { LEAST_KNOWN, mase, type Told } from './forecast.ts'

/** Origins a week apart by which forecasters are compared, and days of the past on which intervals are measured. */
const ORIGINS = 26
const MEASURED = 182
/** Errors on which an interval rests, at least: nineteen are the fewest of which one in twenty can be left out. */
const LEAST_ERRORS = 19

/** The sum of the days [from, to) after an origin; 0 is the first day that is not known. */
export interface Target {
  from: number
  to: number
}
export type Interval = [lower: number, upper: number]
export interface Ahead extends Target {
  value: number
  /** null while too few forecasts so far ahead can be compared with what came. */
  of80: Interval | null
  of95: Interval | null
  measured: Measured
}
/** How often the truth lay within the interval that would have been shown, of so many days. */
export interface Measured {
  n: number
  within80: number
  within95: number
}

/** Days of record without which nothing can be said of so many days ahead. */
export const leastDays = (ahead: number) => LEAST_KNOWN + ahead + LEAST_ERRORS

/**
 * Mean absolute scaled error over origins a week apart, each knowing only its past (method, section 10). Infinite where not one
 * origin has so many days after it.
 */
export function backTested(y: readonly number[], told: Told, ahead: number): number {
  const errors: number[] = []
  for (let k = 0; k < ORIGINS; k++) {
    const origin = y.length - ahead - 7 * k
    const said = origin >= LEAST_KNOWN ? told[origin] : undefined
    if (said) errors.push(mase(y.slice(0, origin), y.slice(origin, origin + ahead), said))
  }
  return errors.length === 0
    ? Number.POSITIVE_INFINITY
    : errors.reduce((sum, error) => sum + error, 0) / errors.length
}

/**
 * Targets told now, with intervals as wide as past errors were: with m of them, the ⌈(m+1)·level⌉-th smallest |√truth − √told|
 * around √told (split conformal prediction, Lei et al. 2018). Measured on the last 182 origins: each had its interval from errors
 * known by then, in the whole numbers that would have been shown.
 */
export function withIntervals(
  y: readonly number[],
  told: Told,
  targets: readonly Target[],
): Ahead[] {
  return targets.map((target) => {
    const { from, to } = target
    const truthAt = (origin: number) => sumOf(y, origin + from, origin + to)
    const saidAt = (origin: number) => {
      const said = told[origin]
      return said && sumOf(said, from, to)
    }
    const errors: number[] = []
    const measured = { n: 0, within80: 0, within95: 0 }
    for (let origin = LEAST_KNOWN; origin <= y.length; origin++) {
      const before = origin - to
      const earlier = before >= LEAST_KNOWN ? saidAt(before) : undefined
      if (earlier !== undefined)
        insert(errors, Math.abs(Math.sqrt(truthAt(before)) - Math.sqrt(earlier)))
      const said = saidAt(origin)
      if (said === undefined || origin + to > y.length || origin < y.length - MEASURED) continue
      const [of80, of95] = intervalsOf(said, errors)
      if (!of80 || !of95) continue
      const truth = truthAt(origin)
      measured.n++
      if (isWithin(truth, of80)) measured.within80++
      if (isWithin(truth, of95)) measured.within95++
    }
    const value = saidAt(y.length) ?? 0
    const [of80, of95] = intervalsOf(value, errors)
    return { ...target, value, of80, of95, measured }
  })
}

/** Errors of a target in the past as actual over told, newest last; where 0 was told, 1. */
export function ratios(y: readonly number[], told: Told, { from, to }: Target): number[] {
  const found: number[] = []
  for (let origin = LEAST_KNOWN; origin + to <= y.length; origin++) {
    const said = told[origin]
    if (!said) continue
    const expected = sumOf(said, from, to)
    found.push(expected > 0 ? sumOf(y, origin + from, origin + to) / expected : 1)
  }
  return found
}

const isWithin = (truth: number, [lower, upper]: Interval) =>
  truth >= Math.round(lower) && truth <= Math.round(upper)

function intervalsOf(
  value: number,
  errors: readonly number[],
): [of80: Interval | null, of95: Interval | null] {
  if (errors.length < LEAST_ERRORS) return [null, null]
  const around = (level: number): Interval => {
    const reach = errors[Math.min(errors.length, Math.ceil((errors.length + 1) * level)) - 1] ?? 0
    const root = Math.sqrt(value)
    return [Math.max(0, root - reach) ** 2, (root + reach) ** 2]
  }
  return [around(0.8), around(0.95)]
}

function sumOf(values: readonly number[], from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i] ?? 0
  return sum
}

/** Keeps the order. */
export function insert(sorted: number[], value: number) {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  sorted.splice(low, 0, value)
}

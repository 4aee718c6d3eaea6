import { factorise, solve } from './cholesky.ts'
import { add } from './columns.ts'
import { fitHoltWinters, holtWinters } from './holt-winters.ts'
import { quantile } from './overdispersion.ts'

const WEEK = 7
/** Days of the past that parameters are fitted on. */
const FITTED = 400
/** Weeks whose same weekdays are averaged by the naive forecast. */
const WEEKS = 8
/** Least days with which a forecast is tried: fewer give none. */
const LEAST = 8 * WEEK
/** Holds an effect of which no day is known at 0. */
const RIDGE = 1e-6

export const FORECASTERS = ['holtWinters', 'weekdayMean', 'lastWeek'] as const
export type Forecaster = (typeof FORECASTERS)[number]

export interface Ahead {
  value: number
  lower: number
  upper: number
}

export interface Forecast {
  /** Who did best at the origins tried; a naive one where nothing beats it. */
  by: Forecaster
  /** Mean absolute scaled error of each (Hyndman and Koehler 2006), the scale being last week's error in the past. */
  mase: Record<Forecaster, number>
  days: Ahead[]
}

/** Next days as mean of the same weekdays of the last eight weeks (of fewer, if there are no more). */
export function weekdayMean(y: readonly number[], ahead: number): number[] {
  return Array.from({ length: ahead }, (_, h) => {
    const same: number[] = []
    for (let t = y.length + (h % WEEK) - WEEK; t >= 0 && same.length < WEEKS; t -= WEEK)
      same.push(y[t] ?? 0)
    return same.reduce((sum, value) => sum + value, 0) / Math.max(1, same.length)
  })
}

/** Next days as the same weekdays of the last week. */
export const lastWeek = (y: readonly number[], ahead: number): number[] =>
  Array.from({ length: ahead }, (_, h) => y[y.length + (h % WEEK) - WEEK] ?? 0)

/** Mean absolute error over that of "as a week ago" in the past; infinite where weeks never differed but the error is not 0. */
export function mase(
  past: readonly number[],
  actual: readonly number[],
  told: readonly number[],
  period = WEEK,
): number {
  const error = meanOf(actual.map((value, i) => Math.abs(value - (told[i] ?? 0))))
  const scale = meanOf(past.slice(period).map((value, i) => Math.abs(value - (past[i] ?? 0))))
  return error === 0 ? 0 : error / scale
}

export interface ForecastOptions {
  /** Days told, and origins tried. */
  ahead?: number
  origins?: number
  /** Share of days between lower and upper. */
  level?: number
  /** Days of a kind, of the past and of those ahead (holidays; the heating season): their effect is taken out first. */
  marks?: readonly (readonly boolean[])[]
}

/**
 * Daily counts of the next days (method, section 10): Holt-Winters with a week's season on √y, against the mean of the same
 * weekdays and last week, each tried at `origins` origins a week apart; the one with the least MASE is shown, with the
 * empirical quantiles of its own errors so many days ahead. Null
 * with fewer than eight weeks of past.
 */
export function forecast(
  y: readonly number[],
  { ahead = 14, origins = 26, level = 0.8, marks = [] }: ForecastOptions = {},
): Forecast | null {
  const from = Math.max(0, y.length - FITTED - origins * WEEK - ahead)
  const past = y.slice(from)
  const tried = Math.min(origins, Math.floor((past.length - LEAST - ahead) / WEEK) + 1)
  if (past.length < LEAST || tried < 1) return null
  const plain = past.map((count) => Math.sqrt(Math.max(0, count)))
  const earliest = past.length - ahead - (tried - 1) * WEEK
  // Effects too are estimated on what the earliest origin knew.
  const effect = effectOf(
    plain.slice(0, earliest),
    marks.map((days) => days.slice(from)),
  )
  const roots = plain.map((root, t) => root - effect(t))
  // Fitted once, on what the earliest origin knew: no origin sees its own future.
  const weights = fitHoltWinters(roots.slice(Math.max(0, earliest - FITTED), earliest), WEEK)
  const tell: Record<Forecaster, (until: number) => number[]> = {
    holtWinters: (until) => holtWinters(roots.slice(0, until), WEEK, weights).forecast(ahead),
    weekdayMean: (until) => weekdayMean(roots.slice(0, until).map(squared), ahead).map(Math.sqrt),
    lastWeek: (until) => lastWeek(roots.slice(0, until), ahead),
  }
  const errors = {
    holtWinters: noErrors(ahead),
    weekdayMean: noErrors(ahead),
    lastWeek: noErrors(ahead),
  }
  const scores = { holtWinters: 0, weekdayMean: 0, lastWeek: 0 }
  for (let origin = 0; origin < tried; origin++) {
    const until = past.length - ahead - origin * WEEK
    const actual = past.slice(until, until + ahead)
    for (const by of FORECASTERS) {
      const told = tell[by](until)
      const shown = told.map((root, h) => squared(root + effect(until + h)))
      scores[by] += mase(past.slice(0, until), actual, shown) / tried
      for (let h = 0; h < ahead; h++) errors[by][h]?.push((roots[until + h] ?? 0) - (told[h] ?? 0))
    }
  }
  const by = FORECASTERS.reduce((best, other) => (scores[other] < scores[best] ? other : best))
  const tail = (1 - level) / 2
  const days = tell[by](past.length).map((plain, h) => {
    const root = plain + effect(past.length + h)
    return {
      value: squared(root),
      lower: squared(root + Math.min(0, quantile(errors[by][h] ?? [], tail))),
      upper: squared(root + Math.max(0, quantile(errors[by][h] ?? [], 1 - tail))),
    }
  })
  return { by, mase: scores, days }
}

/** What a mark adds to the root of a day: least squares beside the days of the week. Marks of no day, or every day, add 0. */
function effectOf(roots: readonly number[], marks: readonly (readonly boolean[])[]) {
  if (marks.length === 0) return () => 0
  const size = WEEK + marks.length
  const columnsAt = (t: number) => [
    t % WEEK,
    ...marks.flatMap((days, mark) => (days[t] ? [WEEK + mark] : [])),
  ]
  const matrix = Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size)
    row[i] = RIDGE
    return row
  })
  const right = new Float64Array(size)
  for (const [t, root] of roots.entries())
    for (const i of columnsAt(t)) {
      add(right, i, root)
      const row = matrix[i]
      if (row) for (const j of columnsAt(t)) add(row, j, 1)
    }
  const found = solve(factorise(matrix), right)
  return (t: number) =>
    marks.reduce((sum, days, mark) => sum + (days[t] ? (found[WEEK + mark] ?? 0) : 0), 0)
}

const noErrors = (ahead: number): number[][] => Array.from({ length: ahead }, () => [])
const squared = (root: number) => Math.max(0, root) ** 2
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

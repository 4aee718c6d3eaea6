import { factorise, solve } from './cholesky.ts'
import { add } from './columns.ts'
import { fitHoltWinters, holtWinters, type Smoothing } from './holt-winters.ts'
import { quantile } from './overdispersion.ts'

const WEEK = 7
/** Days of the past that parameters are fitted on. */
const FITTED = 400
/** Weeks whose same weekdays are averaged by the naive forecast. */
const WEEKS = 8
/** Days that the earliest forecast knows. */
export const LEAST_KNOWN = WEEKS * WEEK
/** Days after which the weights and the effects of marked days are fitted anew. */
const FIT_EVERY = 28
/** Draws an effect of few marked days towards 0, as much as one more day without it. */
const SHRINK = 1
/** √ of a count has this deviation by chance alone, whatever its mean. */
const CHANCE = 0.5
/** A day so many deviations above its weekday is no ordinary day; MAD to deviation of a normal distribution. */
const FENCE = 3
const MAD = 1.4826
/** What lasts longer is no event but the new level. */
const LONGEST_EVENT = 3

export const FORECASTERS = ['holtWinters', 'weekdayMean', 'lastWeek'] as const
export type Forecaster = (typeof FORECASTERS)[number]

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

/** Mean absolute error over that of "as a week ago" in the past (Hyndman and Koehler 2006); infinite where weeks never differed but the error is not 0. */
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

/** By origin (how many days were known), the counts told of the days that follow; nothing before the earliest origin. */
export type Told = readonly (readonly number[] | undefined)[]

/**
 * Daily counts told at every origin of the past and now, each from the days before it alone (method, section 10): Holt and
 * Winters with a week's season on √y, the mean of the same weekdays of eight weeks, and last week. `marks`: days of a kind, of the
 * past and of those ahead (holidays), whose effect is taken out first and told of those ahead. A mass event counts as much
 * as an ordinary day can, for at most three days in a row.
 */
export function toldByAll(y: readonly number[], options: ToldOptions): Record<Forecaster, Told> {
  const blocks = tellInBlocks(y, options)
  for (;;) {
    const { done, value } = blocks.next()
    if (done) return value
  }
}

export interface ToldOptions {
  ahead: number
  marks?: readonly (readonly boolean[])[]
}

/** The same, pausing after every four weeks of origins, so that a server can answer others in between. */
export function* tellInBlocks(
  y: readonly number[],
  { ahead, marks = [] }: ToldOptions,
): Generator<void, Record<Forecaster, Told>> {
  const clean = withoutEvents(y, marks)
  const told: Record<Forecaster, (number[] | undefined)[]> = {
    holtWinters: [],
    weekdayMean: [],
    lastWeek: [],
  }
  for (let fitted = LEAST_KNOWN; fitted <= y.length; fitted += FIT_EVERY) {
    const effect = effectOf(clean.slice(0, fitted), marks)
    const roots = clean.map((root, t) => root - effect(t))
    const counts = roots.map(squared)
    const weights: Smoothing = fitHoltWinters(
      roots.slice(Math.max(0, fitted - FITTED), fitted),
      WEEK,
    )
    for (let origin = fitted; origin < fitted + FIT_EVERY && origin <= y.length; origin++) {
      const from = Math.max(0, origin - FITTED)
      const known = roots.slice(from, origin)
      const shown = (plain: readonly number[]) =>
        plain.map((root, h) => squared(root + effect(origin + h)))
      told.holtWinters[origin] = shown(holtWinters(known, WEEK, weights).forecast(ahead))
      told.weekdayMean[origin] = shown(
        weekdayMean(counts.slice(Math.max(0, origin - LEAST_KNOWN), origin), ahead).map(Math.sqrt),
      )
      told.lastWeek[origin] = shown(lastWeek(known, ahead))
    }
    yield
  }
  return told
}

/** √y, where a day far above the same weekdays of the eight weeks before it counts up to the fence; marked days as they are. */
export function withoutEvents(
  y: readonly number[],
  marks: readonly (readonly boolean[])[] = [],
): number[] {
  const roots = y.map((count) => Math.sqrt(Math.max(0, count)))
  let running = 0
  return roots.map((root, t) => {
    const same: number[] = []
    for (let before = t - WEEK; before >= 0 && same.length < WEEKS; before -= WEEK)
      same.push(roots[before] ?? 0)
    const middle = quantile(same, 0.5)
    const spread = quantile(
      same.map((value) => Math.abs(value - middle)),
      0.5,
    )
    const fence = middle + FENCE * Math.max(MAD * spread, CHANCE)
    const isEvent = same.length >= WEEKS / 2 && root > fence && !marks.some((days) => days[t])
    running = isEvent ? running + 1 : 0
    return isEvent && running <= LONGEST_EVENT ? fence : root
  })
}

/** What a mark adds to the root of a day: least squares beside the days of the week, of what a day differs by from its four weeks. Marks of no day add 0. */
function effectOf(roots: readonly number[], marks: readonly (readonly boolean[])[]) {
  if (marks.length === 0) return () => 0
  const sums = [0]
  for (const root of roots) sums.push((sums.at(-1) ?? 0) + root)
  const around = (t: number) => {
    const [from, to] = [Math.max(0, t - 2 * WEEK), Math.min(roots.length, t + 2 * WEEK)]
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / Math.max(1, to - from)
  }
  const size = WEEK + marks.length
  const columnsAt = (t: number) => [
    t % WEEK,
    ...marks.flatMap((days, mark) => (days[t] ? [WEEK + mark] : [])),
  ]
  const matrix = Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size)
    row[i] = i < WEEK ? 1e-6 : SHRINK
    return row
  })
  const right = new Float64Array(size)
  for (const [t, root] of roots.entries())
    for (const i of columnsAt(t)) {
      add(right, i, root - around(t))
      const row = matrix[i]
      if (row) for (const j of columnsAt(t)) add(row, j, 1)
    }
  const found = solve(factorise(matrix), right)
  return (t: number) =>
    marks.reduce((sum, days, mark) => sum + (days[t] ? (found[WEEK + mark] ?? 0) : 0), 0)
}

const squared = (root: number) => Math.max(0, root) ** 2
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

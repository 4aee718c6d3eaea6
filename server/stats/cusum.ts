import { add } from './columns.ts'
import { type Columns, numbersOf, type Portion, readPortions } from './portions.ts'

/** Mature outcomes of a unit in order; a batch of the same expectation (a day of one stratum) counts as its sum. */
export interface Outcome {
  /** Expected share of events of such a request, between 0 and 1. */
  share: number
  events: number
  /** Requests of the batch; absent: one. */
  n?: number
}

export interface Cusum {
  /** The chart after each outcome, before the head start after a signal. */
  path: number[]
  /** Places of outcomes at which it signalled. */
  signals: number[]
  /** Where it stands now, after the head start if it signalled at the last. */
  last: number
}

/**
 * Risk-adjusted CUSUM (Steiner, Cook, Farewell and Treasure 2000): W = y ln R − ln(1 − p + R p), S = max(0, S + W); a signal at
 * S ≥ limit, then S = limit / 2 (fast initial response). `oddsRatio` R > 1 looks for more events, below 1 for fewer. Shares
 * of 0 or 1 tell nothing and move nothing.
 */
export function cusum(outcomes: Iterable<Outcome>, limit: number, oddsRatio = 2): Cusum {
  return chartOf(
    Array.from(outcomes, (outcome) => weightOf(outcome, oddsRatio)),
    limit,
  )
}

function weightOf({ share, events, n = 1 }: Outcome, oddsRatio: number): number {
  if (share <= 0 || share >= 1) return 0
  return events * Math.log(oddsRatio) - n * Math.log1p(share * (oddsRatio - 1))
}

function chartOf(weights: ArrayLike<number>, limit: number): Cusum {
  const path: number[] = []
  const signals: number[] = []
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    sum = Math.max(0, sum + (weights[i] ?? 0))
    path.push(sum)
    if (sum < limit) continue
    signals.push(i)
    sum = limit / 2
  }
  return { path, signals, last: sum }
}

/** Mature outcomes by unit, week and stratum (both whole numbers from 0), in columns of one length. */
export interface WeekColumns {
  unit: ArrayLike<number>
  week: ArrayLike<number>
  stratum: ArrayLike<number>
  n: ArrayLike<number>
  events: ArrayLike<number>
}

/** The change that is looked for, and limits by requests a year, ascending. */
interface WarningPolicy {
  oddsRatio: number
  limits: readonly (readonly [number, number])[]
}

/** One unit week by week. */
export interface Warning extends Cusum {
  limit: number
  /** Requests, their events, and what is expected of them by the city's shares alone, with its variance. */
  weeks: Record<'n' | 'events' | 'expected' | 'variance', Float64Array>
}

const WEEKS_A_YEAR = 52

/**
 * One chart a unit, a point a week: the weights of a week's requests of all strata are summed before it is drawn up to 0. The
 * expected share of a request is the city's of its stratum, times the unit's own ratio of the year before (`ratios`, drawn in
 * by `posterior`; absent: 1), so that the chart finds change and not level (method, section 7). The limit is by the unit's
 * volume and its expected share. Units of which nothing is expected are left out.
 */
export function earlyWarnings(
  columns: WeekColumns,
  ratios: ReadonlyMap<number, number> = new Map(),
  { oddsRatio, limits }: WarningPolicy = WARNING_POLICY,
): Map<number, Warning> {
  const { unit, week, stratum, n, events } = columns
  const rows = {
    ...{ unit: numbersOf(unit), week: numbersOf(week), stratum: numbersOf(stratum) },
    ...{ n: numbersOf(n), events: numbersOf(events) },
  }
  const { shares, weeks } = cityOf(rows)
  const units = new Map<number, WeekSums>()
  const steps = emptySteps(shares, oddsRatio)
  readPortions([rows], { keys: ['unit', 'week', 'stratum'], counts: COUNTS }, (portion, length) => {
    for (let from = 0; from < length; ) {
      const who = portion.unit[from] ?? 0
      let to = from + 1
      while (to < length && portion.unit[to] === who) to++
      const sums = units.get(who) ?? emptySums(who, weeks)
      units.set(who, sums)
      steps.ratio = ratios.get(who) ?? 1
      addWeeks(portion, [from, to], steps, sums)
      from = to
    }
  })
  const found = new Map<number, Warning>()
  for (const [who, { weights, expected, weeks: of }] of units) {
    if (expected <= 0) continue
    const requests = of.n.reduce((sum, more) => sum + more, 0)
    const limit = cusumLimit((requests * WEEKS_A_YEAR) / weeks, expected / requests, limits)
    found.set(who, { ...chartOf(weights, limit), limit, weeks: of })
  }
  return found
}

const COUNTS = ['n', 'events'] as const
type WeekPortion = Portion<'unit' | 'week' | 'stratum', (typeof COUNTS)[number]>

interface WeekSums {
  unit: number
  expected: number
  weights: Float64Array
  weeks: Warning['weeks']
}

/** What moves a unit's chart in each stratum, reckoned once for each unit of which requests come one after the other. */
interface Steps {
  shares: Float64Array
  oddsRatio: number
  /** Of the unit whose requests are added. */
  ratio: number
  /** By stratum: for which unit the others hold, its share, and what a request without the event moves; NaN where nothing. */
  reckonedFor: Float64Array
  own: Float64Array
  byRequest: Float64Array
}

const emptySteps = (shares: Float64Array, oddsRatio: number): Steps => ({
  ...{ shares, oddsRatio, ratio: 1 },
  reckonedFor: new Float64Array(shares.length).fill(Number.NaN),
  own: new Float64Array(shares.length),
  byRequest: new Float64Array(shares.length),
})

/** The rows of one unit in [from, to). */
function addWeeks(
  { week, stratum, n, events }: WeekPortion,
  [from, to]: readonly [from: number, to: number],
  { shares, oddsRatio, ratio, reckonedFor, own, byRequest }: Steps,
  sums: WeekSums,
) {
  const { unit, weights, weeks } = sums
  const byEvent = Math.log(oddsRatio)
  let ofAll = sums.expected
  for (let row = from; row < to; ) {
    // A week at a time: its sums stay at hand.
    const when = week[row] ?? 0
    let weight = weights[when] ?? 0
    let all = weeks.n[when] ?? 0
    let allHappened = weeks.events[when] ?? 0
    let expected = weeks.expected[when] ?? 0
    let variance = weeks.variance[when] ?? 0
    for (; row < to && week[row] === when; row++) {
      const requests = n[row] ?? 0
      if (requests === 0) continue
      const of = stratum[row] ?? 0
      const city = shares[of] ?? 0
      if (reckonedFor[of] !== unit) {
        reckonedFor[of] = unit
        const share = Math.min(MOST_SHARE, city * ratio)
        own[of] = share
        byRequest[of] = share > 0 ? Math.log1p(share * (oddsRatio - 1)) : Number.NaN
      }
      const happened = events[row] ?? 0
      const step = byRequest[of] ?? Number.NaN
      if (step > 0 || step < 0) weight += happened * byEvent - requests * step
      ofAll += requests * (own[of] ?? 0)
      all += requests
      allHappened += happened
      expected += requests * city
      variance += requests * city * (1 - city)
    }
    weights[when] = weight
    weeks.n[when] = all
    weeks.events[when] = allHappened
    weeks.expected[when] = expected
    weeks.variance[when] = variance
  }
  sums.expected = ofAll
}

const emptySums = (unit: number, weeks: number): WeekSums => ({
  ...{ unit, expected: 0, weights: new Float64Array(weeks) },
  weeks: {
    ...{ n: new Float64Array(weeks), events: new Float64Array(weeks) },
    ...{ expected: new Float64Array(weeks), variance: new Float64Array(weeks) },
  },
})

/** The city's share of each stratum over all weeks, and how many weeks there are. */
function cityOf(rows: Columns<'week' | 'stratum' | (typeof COUNTS)[number]>) {
  let weeks = 0
  let [all, shares] = [new Float64Array(STRATA), new Float64Array(STRATA)]
  readPortions([rows], { keys: ['week', 'stratum'], counts: COUNTS }, (portion, length) => {
    const { week, stratum, n, events } = portion
    let most = 0
    for (let row = 0; row < length; row++) {
      if ((week[row] ?? 0) >= weeks) weeks = (week[row] ?? 0) + 1
      if ((stratum[row] ?? 0) > most) most = stratum[row] ?? 0
    }
    if (most >= all.length) [all, shares] = [wider(all, most), wider(shares, most)]
    for (let row = 0; row < length; row++) {
      const of = stratum[row] ?? 0
      add(all, of, n[row] ?? 0)
      add(shares, of, events[row] ?? 0)
    }
  })
  for (let of = 0; of < shares.length; of++)
    shares[of] = (all[of] ?? 0) > 0 ? (shares[of] ?? 0) / (all[of] ?? 1) : 0
  return { shares, weeks }
}
/** Of so many strata there is room at first. */
const STRATA = 1024
function wider(sums: Float64Array, most: number) {
  const all = new Float64Array(2 * (most + 1))
  all.set(sums)
  return all
}

/** A share beyond which nothing can come more often. */
const MOST_SHARE = 0.95

/** Limits by requests a year for one false signal in a hundred company-years, as the method states them (section 7). */
const LIMITS = [
  [300, 5.4],
  [1000, 6.49],
  [3000, 7.35],
  [10_000, 8.14],
] as const
/** Method, section 7. */
export const WARNING_POLICY: WarningPolicy = { oddsRatio: 2, limits: LIMITS }

/** Below, no signal would need more than a few events. */
const LEAST = 3

/**
 * Limit of `cusum` for a volume of requests a year, between the stated ones by the logarithm of the volume, beyond them on
 * the same line, and at least 3. The stated limits hold for rare events; where the `share` expected of the unit's requests is
 * given, the limit is raised to what keeps one false signal in a hundred company-years at that share (own simulation of
 * 8,000 years at shares of .05 to .2 and 300 to 3,000 requests: without it 0.8 to 6.3 in a hundred; false signals fall as e^−h).
 */
export function cusumLimit(
  perYear: number,
  share?: number,
  limits: WarningPolicy['limits'] = LIMITS,
): number {
  const volume = Math.max(1, perYear)
  let [low = LIMITS[0], high = LIMITS[1]] = limits
  for (const [i, next] of limits.entries()) {
    const before = limits[i - 1]
    if (before && (i === 1 || volume > before[0])) [low, high] = [before, next]
  }
  const along = Math.log(volume / low[0]) / Math.log(high[0] / low[0])
  const stated = low[1] + along * (high[1] - low[1])
  const raise =
    share === undefined
      ? 0
      : Math.log(2.67) +
        0.76 * Math.log(Math.max(share, 0.001) / 0.1) +
        0.28 * Math.log(volume / 1000)
  return Math.max(LEAST, stated + Math.max(0, raise))
}

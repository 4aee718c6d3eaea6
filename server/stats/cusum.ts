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
  const { shares, weeks } = cityOf(columns)
  const byEvent = Math.log(oddsRatio)
  // What a request without the event moves a unit's chart by, in each stratum, reckoned once.
  const [own, byRequest] = [new Float64Array(shares.length), new Float64Array(shares.length)]
  const reckonedFor = new Float64Array(shares.length).fill(Number.NaN)
  const units = new Map<number, WeekSums>()
  let sums: WeekSums | undefined
  for (let row = 0; row < n.length; row++) {
    const requests = n[row] ?? 0
    if (requests === 0) continue
    const [who, when, of] = [unit[row] ?? 0, week[row] ?? 0, stratum[row] ?? 0]
    if (sums?.unit !== who) {
      sums = units.get(who) ?? emptySums(who, weeks)
      units.set(who, sums)
    }
    const city = shares[of] ?? 0
    if (reckonedFor[of] !== who) {
      reckonedFor[of] = who
      const share = Math.min(MOST_SHARE, city * (ratios.get(who) ?? 1))
      own[of] = share
      byRequest[of] = share > 0 ? Math.log1p(share * (oddsRatio - 1)) : Number.NaN
    }
    const [happened, step] = [events[row] ?? 0, byRequest[of] ?? Number.NaN]
    sums.expected += requests * (own[of] ?? 0)
    if (step > 0 || step < 0) add(sums.weights, when, happened * byEvent - requests * step)
    add(sums.weeks.n, when, requests)
    add(sums.weeks.events, when, happened)
    add(sums.weeks.expected, when, requests * city)
    add(sums.weeks.variance, when, requests * city * (1 - city))
  }
  const found = new Map<number, Warning>()
  for (const [who, { weights, expected, weeks: of }] of units) {
    if (expected <= 0) continue
    const requests = of.n.reduce((sum, more) => sum + more, 0)
    const limit = cusumLimit((requests * WEEKS_A_YEAR) / weeks, expected / requests, limits)
    found.set(who, { ...chartOf(weights, limit), limit, weeks: of })
  }
  return found
}

interface WeekSums {
  unit: number
  expected: number
  weights: Float64Array
  weeks: Warning['weeks']
}

const emptySums = (unit: number, weeks: number): WeekSums => ({
  ...{ unit, expected: 0, weights: new Float64Array(weeks) },
  weeks: {
    ...{ n: new Float64Array(weeks), events: new Float64Array(weeks) },
    ...{ expected: new Float64Array(weeks), variance: new Float64Array(weeks) },
  },
})

function add(column: Float64Array, place: number, more: number) {
  column[place] = (column[place] ?? 0) + more
}

/** The city's share of each stratum over all weeks, and how many weeks there are. */
function cityOf({ week, stratum, n, events }: WeekColumns) {
  let [weeks, strata] = [0, 0]
  for (let row = 0; row < n.length; row++) {
    weeks = Math.max(weeks, (week[row] ?? 0) + 1)
    strata = Math.max(strata, (stratum[row] ?? 0) + 1)
  }
  const [all, shares] = [new Float64Array(strata), new Float64Array(strata)]
  for (let row = 0; row < n.length; row++) {
    const of = stratum[row] ?? 0
    add(all, of, n[row] ?? 0)
    add(shares, of, events[row] ?? 0)
  }
  for (let of = 0; of < strata; of++)
    shares[of] = (all[of] ?? 0) > 0 ? (shares[of] ?? 0) / (all[of] ?? 1) : 0
  return { shares, weeks }
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

import { type Cusum, chartOf, cusumLimit, LIMITS, type Limits } from './cusum.ts'
import { type Columns, numbersOf, type Portion, readPortions } from './portions.ts'

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
  limits: Limits
}

/** Method, section 7. */
export const WARNING_POLICY: WarningPolicy = { oddsRatio: 2, limits: LIMITS }

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

function emptySums(unit: number, weeks: number): WeekSums {
  const all = new Float64Array(4 * weeks)
  const sums = (place: number) => all.subarray(place * weeks, (place + 1) * weeks)
  return {
    ...{ unit, expected: 0, weights: new Float64Array(weeks) },
    weeks: { n: sums(0), events: sums(1), expected: sums(2), variance: sums(3) },
  }
}

/** The city's share of each stratum over all weeks, and how many weeks there are. */
function cityOf(rows: Columns<'week' | 'stratum' | (typeof COUNTS)[number]>) {
  let last = -1
  // Of each stratum two: its requests, and their events.
  let city = new Float64Array(2 * STRATA)
  readPortions(
    [rows],
    { keys: ['week', 'stratum'], counts: COUNTS },
    ({ week, stratum, n, events }, length) => {
      let [latest, sums] = [last, city]
      for (let row = 0; row < length; row++) {
        const when = week[row] ?? 0
        const of = 2 * (stratum[row] ?? 0)
        if (when > latest) latest = when
        if (of >= sums.length) sums = wider(sums, of)
        sums[of] = (sums[of] ?? 0) + (n[row] ?? 0)
        sums[of + 1] = (sums[of + 1] ?? 0) + (events[row] ?? 0)
      }
      last = latest
      city = sums
    },
  )
  const shares = Float64Array.from({ length: city.length / 2 }, (_, of) => {
    const all = city[2 * of] ?? 0
    return all > 0 ? (city[2 * of + 1] ?? 0) / all : 0
  })
  return { shares, weeks: last + 1 }
}
/** Of so many strata there is room at first. */
const STRATA = 1024
function wider(sums: Float64Array, place: number) {
  const all = new Float64Array(2 * (place + 2))
  all.set(sums)
  return all
}

/** A share beyond which nothing can come more often. */
const MOST_SHARE = 0.95

import { createHeld } from '#server/judgement/held.ts'
import { comparable } from '#server/judgement/judge.ts'
import {
  type Percentile,
  percentile,
  restrictedMean,
  survivalAt,
} from '#server/stats/curve-reading.ts'
import { type Curve, curveOf, kaplanMeier, standardisedCurve } from '#server/stats/kaplan-meier.ts'
import { Z95 } from '#server/stats/normal.ts'
import { askColumns } from '#server/store/ask.ts'
import type { Context } from '#server/trpc.ts'
import { type Asked, leastWatched, type OwnColumns, ownOf } from './own.ts'
import { type OwnTimes, ownTimes, timesWhere } from './own-times.ts'
import { openTicks, thin, type Vertex } from './thin.ts'
import { type Clock, cityStrata, isOfFew } from './times.ts'
import { type Wait, waitOfCurve, watched } from './waits.ts'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** Where the number still watched is told, in seconds. */
const TICKS = [300, HOUR / 2, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 28 * DAY, 98 * DAY]
const NORMS_SHOWN = 4

export const CITY_STRATA = {
  response: cityStrata('response'),
  resolution: cityStrata('resolution'),
}

export interface Waiting extends Wait {
  p90: Percentile | null
  curve: Vertex[]
  /** Where somebody still waits. */
  stillOpen: [seconds: number, survival: number][]
  atRisk: { seconds: number; n: number }[]
  city: { median: number | null; p90: number | null; curve: Vertex[] }
  /** How much longer than the city on the same mix, on average within the first `within` seconds; no longer than both were seen. */
  longer: { within: number; seconds: number; lower: number; upper: number } | null
  /** Mean time waited within the first `within` seconds, of its own. */
  restricted: { within: number; mean: number; se: number } | null
  /** From here on not all of them have been watched so long: the youngest were registered later. */
  immature: number
  /** Times allowed, commonest first, by which the requests can be chosen. */
  norms: { minutes: number; n: number }[]
  /**
   * The norm of the requests shown, and who still waits then; null where they have different ones. Nothing is said of a norm
   * that is longer than anybody has been seen to wait.
   */
  norm: {
    seconds: number
    own: { survival: number; lower: number | null; upper: number | null } | null
    city: number | null
  } | null
}

interface Chosen extends Asked {
  /** Only requests allowed so many minutes; 0 takes all. Left out: the commonest norm, where resolution is asked for. */
  norm?: number | undefined
}

type Strata = Map<number, Curve>
const held = createHeld<(allowed: number) => Strata>(16)

/** Curves of every stratum of the city, read once in ten minutes for all norms that are few. */
async function cityCurves(
  context: Context,
  clock: Clock,
  { unit, filter }: Asked,
  allowed: number,
): Promise<Strata> {
  const few = isOfFew(allowed)
  const params = { ...watched(context, comparable(filter, unit)), allowed: few ? 0 : allowed }
  const question = CITY_STRATA[clock]
  const curves = await held(context.engine, `${clock} ${JSON.stringify(params)}`, () =>
    askColumns(context.engine, question, params),
  )
  return curves(few ? allowed : 0)
}

/** Times of one unit from its own rows, against the city on the unit's mix of strata. */
export async function waitingOf(context: Context, clock: Clock, asked: Chosen): Promise<Waiting> {
  const own = await ownOf(context, asked)
  const all = ownTimes(own, clock)
  const { columns } = own
  const norms = clock === 'resolution' ? normsOf(all, columns) : []
  const norm = clock === 'resolution' ? (asked.norm ?? norms[0]?.minutes ?? 0) : 0
  const times = norm === 0 ? all : timesWhere(all, (row) => columns.allowed[row] === norm)
  const everyone = await cityCurves(context, clock, asked, norm)
  const curve = curveOf(times)
  const strata = weighed(times, columns, everyone)
  const city = standardisedCurve(strata)
  const wait = waitOfCurve(curve)
  const wanted = norm > 0 ? 2 * norm * MINUTE : roundTime(percentile(city, 0.9).value)
  const within = wanted && Math.min(wanted, followedTo(curve), followedTo(city))
  return {
    ...wait,
    p90: wait.median && percentile(curve, 0.9),
    curve: thin(curve),
    stillOpen: openTicks(curve, times),
    atRisk: TICKS.map((seconds) => ({ seconds, n: survivalAt(curve, seconds).atRisk })),
    city: {
      median: percentile(city, 0.5).value,
      p90: percentile(city, 0.9).value,
      curve: thin(city),
    },
    longer: !within || !wait.median ? null : longerThan(strata, curve, within),
    restricted: !within || !wait.median ? null : { within, ...restrictedMean(curve, within) },
    immature: leastWatched(own, context.city.zone),
    norms,
    norm:
      norm === 0
        ? null
        : {
            seconds: norm * MINUTE,
            own: norm * MINUTE > followedTo(curve) ? null : survivalAt(curve, norm * MINUTE),
            city:
              norm * MINUTE > followedTo(city) ? null : survivalAt(city, norm * MINUTE).survival,
          },
  }
}

/** The longest time about which a curve says something: the last that was seen, unless nobody was left then. */
function followedTo({ time, survival }: Curve): number {
  return survival.at(-1) === 0 ? Number.POSITIVE_INFINITY : (time.at(-1) ?? 0)
}

/** Times allowed and how many requests have each, commonest first. */
function normsOf({ row: rows }: OwnTimes, { allowed }: OwnColumns) {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const minutes = allowed[row] ?? 0
    if (minutes > 0) counts.set(minutes, (counts.get(minutes) ?? 0) + 1)
  }
  return Array.from(counts, ([minutes, n]) => ({ minutes, n }))
    .sort((a, b) => b.n - a.n || a.minutes - b.minutes)
    .slice(0, NORMS_SHOWN)
}

/** The city's curves by the unit's own number of requests in each stratum. */
function weighed({ row: rows }: OwnTimes, { stratum }: OwnColumns, everyone: Strata) {
  const weights = new Map<number, number>()
  for (const row of rows) {
    const key = stratum[row] ?? 0
    weights.set(key, (weights.get(key) ?? 0) + 1)
  }
  return Array.from(weights, ([stratum, weight]) => ({
    curve: everyone.get(stratum) ?? kaplanMeier([]),
    weight,
  }))
}

const ROUND = [
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  3 * DAY,
  7 * DAY,
  14 * DAY,
]

/** A time that people name, not shorter; beyond a fortnight whole weeks. */
function roundTime(seconds: number | null): number | null {
  if (seconds === null) return null
  return ROUND.find((round) => round >= seconds) ?? Math.ceil(seconds / (7 * DAY)) * 7 * DAY
}

/** Difference of restricted means; the city's is the mean of its strata's on the same mix, as is its variance. */
function longerThan(strata: { curve: Curve; weight: number }[], own: Curve, within: number) {
  const total = strata.reduce((sum, { weight }) => sum + weight, 0)
  const mean = { seconds: 0, variance: 0 }
  for (const { curve, weight } of strata) {
    const stratum = restrictedMean(curve, within)
    mean.seconds += (weight / total) * stratum.mean
    mean.variance += (weight / total) ** 2 * stratum.se ** 2
  }
  const mine = restrictedMean(own, within)
  const half = Z95 * Math.sqrt(mine.se ** 2 + mean.variance)
  const seconds = mine.mean - mean.seconds
  return { within, seconds, lower: seconds - half, upper: seconds + half }
}

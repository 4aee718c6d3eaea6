import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import { KEPT, SOUND } from '#server/metrics.ts'
import {
  type Curve,
  kaplanMeier,
  type Percentile,
  percentile,
  restrictedMean,
  standardisedCurve,
  survivalAt,
} from '#server/stats/kaplan-meier.ts'
import { Z95 } from '#server/stats/normal.ts'
import { ask, askColumns } from '#server/store/ask.ts'
import { WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { openTicks, thin, type Vertex } from './thin.ts'
import { type Clock, cityStrata, NORM_MINUTES, ownTimes } from './times.ts'
import { type Wait, waitOfCurve, watched } from './waits.ts'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** Where the number still watched is told, in seconds. */
const TICKS = [300, HOUR / 2, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 28 * DAY, 98 * DAY]
const NORMS_SHOWN = 4

export const CURVES = {
  response: { own: ownTimes('response'), city: cityStrata('response') },
  resolution: { own: ownTimes('resolution'), city: cityStrata('resolution') },
}

/** Times allowed and how many requests have each, commonest first. */
export const NORMS = {
  name: 'norms',
  row: z.object({ minutes: z.number(), n: z.number() }),
  sql: `
    SELECT ${NORM_MINUTES} AS minutes, CAST(count(*) AS INTEGER) AS n
    FROM request
    WHERE ${WITHIN_FILTER} AND ${SOUND} AND ${KEPT} AND due_at > registered_at
    GROUP BY minutes
    ORDER BY n DESC, minutes
    LIMIT ${NORMS_SHOWN}`,
}

export interface Waiting extends Wait {
  p90: Percentile | null
  curve: Vertex[]
  /** Where somebody still waits. */
  stillOpen: [seconds: number, survival: number][]
  atRisk: { seconds: number; n: number }[]
  city: { median: number | null; curve: Vertex[] }
  /** How much longer than the city on the same mix, on average within the first `within` seconds. */
  longer: { within: number; seconds: number; lower: number; upper: number } | null
  /** Times allowed, commonest first, by which the requests can be chosen. */
  norms: { minutes: number; n: number }[]
  /** The norm of the requests shown, and who still waits then; null where they have different ones. */
  norm: {
    seconds: number
    own: { survival: number; lower: number | null; upper: number | null }
    city: number
  } | null
}

interface Asked {
  organization: string
  filter: Filter
  /** Only requests allowed so many minutes; 0 takes all. Left out: the commonest norm, where resolution is asked for. */
  norm?: number | undefined
}

/** Times of one organization from its own rows, against the city on the organization's mix of category and priority. */
export async function waitingOf(
  context: Context,
  clock: Clock,
  { organization, filter, norm: chosen }: Asked,
): Promise<Waiting> {
  const all = watched(context, { ...filter, organization: [organization] })
  const norms = clock === 'resolution' ? await ask(context.engine, NORMS, all) : []
  const norm = clock === 'resolution' ? (chosen ?? norms[0]?.minutes ?? 0) : 0
  const mine = await askColumns(context.engine, CURVES[clock].own, { ...all, allowed: norm })
  const categories = [...new Set(Array.from(mine.keys(), (key) => Number(key.split(' ')[0])))]
  const everyone = await askColumns(context.engine, CURVES[clock].city, {
    ...watched(context, { ...filter, organization: [] }),
    category: categories.sort((a, b) => a - b),
    allowed: norm,
  })
  const times = [...mine.values()].flat()
  const curve = kaplanMeier(times)
  const strata = Array.from(mine, ([key, tallies]) => ({
    curve: everyone.get(key) ?? kaplanMeier([]),
    weight: tallies.length,
  }))
  const city = standardisedCurve(strata)
  const wait = waitOfCurve(curve)
  const within = norm > 0 ? 2 * norm * MINUTE : roundTime(percentile(city, 0.9).value)
  return {
    ...wait,
    p90: wait.median && percentile(curve, 0.9),
    curve: thin(curve),
    stillOpen: openTicks(curve, times),
    atRisk: TICKS.map((seconds) => ({ seconds, n: survivalAt(curve, seconds).atRisk })),
    city: { median: percentile(city, 0.5).value, curve: thin(city) },
    longer: within === null || !wait.median ? null : longerThan(strata, curve, within),
    norms,
    norm:
      norm === 0
        ? null
        : {
            seconds: norm * MINUTE,
            own: survivalAt(curve, norm * MINUTE),
            city: survivalAt(city, norm * MINUTE).survival,
          },
  }
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

import binomial from '@stdlib/stats-base-dists-binomial'
import type { Filter } from '#server/contract/filter.ts'
import { type ComparedDays, type Deviation, WINDOW_OF } from '#server/contract/geometry.ts'
import { trendOf } from '#server/stats/building-intensity.ts'
import { clopperPearson } from '#server/stats/proportion.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, minuteOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { type Deviating, MORE, MUCH, TAIL } from './deviation.ts'

const DAY = 86_400_000

type Columns = 'building' | 'recent' | 'before'
type Inflow = ReadonlyMap<number, { recent: number; before: number }>

export const INFLOW_OF_TWO_PERIODS: ColumnQuestion<Columns, Inflow> = {
  name: 'mapInflowOfTwoPeriods',
  sql: `
    SELECT building,
      CAST(count(CASE WHEN registered_at >= $recentStart THEN 1 END) AS INTEGER) AS recent,
      CAST(count(CASE WHEN registered_at < $beforeEnd THEN 1 END) AS INTEGER) AS before
    FROM request
    WHERE ${WITHIN_FILTER} AND building > 0
      AND registered_at >= $beforeStart AND registered_at < $now
      AND (registered_at >= $recentStart OR registered_at < $beforeEnd)
    GROUP BY building
    ORDER BY building`,
  columns: ['building', 'recent', 'before'],
  read: ({ building, recent, before }) =>
    new Map(
      Array.from(building, (key, i) => [key, { recent: recent[i] ?? 0, before: before[i] ?? 0 }]),
    ),
}

export interface ChangeAnswer {
  /** Every building whose change is more than chance; `expected` is what came in the period before. */
  deviating: Deviating[]
  /** Keys of buildings that cannot be compared: nothing came in either period, or there was no period before. */
  uncompared: number[]
  /** Buildings with a request in either period, and how many of them chance alone would name. */
  buildings: number
  byChance: number
  /** Whole days of each period, and requests of both. */
  days: number
  observed: number
  before: number
  /** The period before begins before the first request that is known. */
  tooEarly: boolean
}

const SINCE = {
  name: 'mapRequestsBegin',
  sql: 'SELECT min(registered_at) AS at FROM request WHERE test = false',
  columns: ['at'],
  read: ({ at }) => at[0] ?? Number.POSITIVE_INFINITY,
} as const satisfies ColumnQuestion<'at', number>

/** What came in of late against an equal period before, building by building. */
export async function change(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  filter: Filter,
  days: ComparedDays,
): Promise<ChangeAnswer> {
  const until = minuteOf(now())
  const length = WINDOW_OF[days]
  const beforeEnd = until - days * DAY
  const beforeStart = beforeEnd - length * DAY
  const [inflow, since] = await Promise.all([
    askColumns(engine, INFLOW_OF_TWO_PERIODS, {
      ...bindFilter(filter, registry, until),
      recentStart: until - length * DAY,
      beforeEnd,
      beforeStart,
    }),
    askColumns(engine, SINCE),
  ])
  let [observed, before] = [0, 0]
  for (const one of inflow.values()) {
    observed += one.recent
    before += one.before
  }
  const tooEarly = !(since < beforeStart + DAY)
  return {
    ...(tooEarly ? { deviating: [], buildings: inflow.size, byChance: 0 } : changesOf(inflow)),
    uncompared: [...registry.buildings()].flatMap(({ key, gone }) =>
      !gone && (tooEarly || !inflow.has(key)) ? [key] : [],
    ),
    ...{ days: length, observed, before, tooEarly },
  }
}

/**
 * Who has another inflow than in an equal period before, beyond chance: the requests of both periods fall on either side like a coin
 * (the conditional test of two Poisson counts, Przyborowski and Wilenski 1940). A season that moves the whole city shows here.
 */
export function changesOf(
  inflow: Inflow,
): Pick<ChangeAnswer, 'deviating' | 'buildings' | 'byChance'> {
  const deviating: Deviating[] = []
  const chances = new Map<number, number>()
  let byChance = 0
  for (const [building, { recent, before }] of inflow) {
    const n = recent + before
    const chance = chances.get(n) ?? chanceOf(n)
    chances.set(n, chance)
    byChance += chance
    const deviation = judge(recent, before)
    if (deviation !== 'usual')
      deviating.push({ building, observed: recent, expected: before, deviation })
  }
  return { deviating, buildings: inflow.size, byChance }
}

function judge(recent: number, before: number): Deviation {
  const { rising, falling } = trendOf(recent, before, 0.5)
  if (falling < TAIL) return 'less'
  if (rising >= TAIL) return 'usual'
  const [share] = clopperPearson(recent, recent + before, 1 - 2 * TAIL)
  const ratio = share / (1 - share)
  return ratio >= MUCH ? 'much' : ratio >= MORE ? 'more' : 'slightly'
}

/** Chance that a building with n requests in both periods together is named though nothing changed. */
function chanceOf(n: number): number {
  let fewest = -1
  while (fewest < n && binomial.cdf(fewest + 1, n, 0.5) < TAIL) fewest++
  return fewest < 0 ? 0 : 2 * binomial.cdf(fewest, n, 0.5)
}

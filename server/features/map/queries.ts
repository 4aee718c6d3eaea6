import type { Filter } from '#server/contract/filter.ts'
import { apartmentsOf } from '#server/domain/apartments.ts'
import { localClock } from '#server/domain/local-time.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, minuteOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { type Deviations, deviationsOf } from './deviation.ts'

const DAY = 86_400_000
export const WINDOW_DAYS = 7
const BEFORE_DAYS = 364
/** With less history than this nobody knows what is usual. */
const ENOUGH_DAYS = 28

type Columns = 'building' | 'window' | 'before' | 'since'
type Inflows = Map<number, { window: number; before: number; since: number }>

/** Requests of each building in the window and before it, of the local days of registration that the filter names. */
export const INFLOW_BY_BUILDING: ColumnQuestion<Columns, Inflows> = {
  name: 'inflowByBuilding',
  within: 'filter',
  sql: `
    SELECT building,
      CAST(count(CASE WHEN registered_at >= $windowStart THEN 1 END) AS INTEGER) AS window,
      CAST(count(CASE WHEN registered_at < $windowStart THEN 1 END) AS INTEGER) AS before,
      min(registered_at) AS since
    FROM request
    WHERE ${WITHIN_FILTER} AND building > 0 AND registered_at < $now
    GROUP BY building
    ORDER BY building`,
  columns: ['building', 'window', 'before', 'since'],
  read: ({ building, window, before, since }) =>
    new Map(
      Array.from(building, (key, i) => [
        key,
        { window: window[i] ?? 0, before: before[i] ?? 0, since: since[i] ?? 0 },
      ]),
    ),
}

export interface DeviationAnswer extends Deviations {
  /** Whole days of the window. */
  days: number
  /** Requests of the window. */
  observed: number
  /** There is too little history to say what is usual. */
  tooEarly: boolean
}

interface Judged {
  past: Inflows
  registry: number
  answer: DeviationAnswer
}
/** The same inflows give the same answer: `ask` shares them until the facts change, and so does this. */
const judged = new WeakMap<Inflows, Judged>()

/**
 * Which buildings had another inflow in the last seven days than their own past makes likely: that of the 364 local days before
 * the day on which these begin, and of the hours between.
 */
export async function deviation(
  { engine, registry, city, now }: Pick<Context, 'engine' | 'registry' | 'city' | 'now'>,
  filter: Filter,
): Promise<DeviationAnswer> {
  const until = minuteOf(now())
  const windowStart = until - WINDOW_DAYS * DAY
  const { day } = localClock(city.zone)(windowStart)
  const { from, to, ...chosen } = bindFilter(filter, registry, until)
  // What is past is read again only where it changes: its instants are those of its last day, where nothing asks for now or for a cut.
  const asksForNow = filter.is.length > 0 || filter.cut !== undefined
  const end = asksForNow ? {} : { now: (day + 2) * DAY, windowStart: (day + 2) * DAY }
  const [past, lately] = await Promise.all([
    askColumns(engine, INFLOW_BY_BUILDING, {
      ...{ ...chosen, windowStart, ...end },
      from: Math.max(Number(from), day - BEFORE_DAYS),
      to: Math.min(Number(to), day),
    }),
    askColumns(engine, INFLOW_BY_BUILDING, {
      ...{ ...chosen, windowStart, to: Number(to) },
      from: Math.max(Number(from), day),
    }),
  ])
  const known = judged.get(lately)
  if (known?.past === past && known.registry === registry.revision()) return known.answer
  let since = until
  for (const inflows of [past, lately])
    for (const { since: first } of inflows.values()) since = Math.min(since, first)
  const districts = new Set(filter.district.map((id) => registry.districtById(id)?.key ?? -1))
  const inflows = [...registry.buildings()]
    .filter(({ gone, district }) => !gone && (districts.size === 0 || districts.has(district)))
    .map((building) => ({
      building: building.key,
      window: lately.get(building.key)?.window ?? 0,
      before: (past.get(building.key)?.before ?? 0) + (lately.get(building.key)?.before ?? 0),
      size: apartmentsOf(building)?.count ?? null,
    }))
  const observed = inflows.reduce((sum, { window }) => sum + window, 0)
  const tooEarly = windowStart - since < ENOUGH_DAYS * DAY
  const deviations = tooEarly
    ? { deviating: [], buildings: inflows.length, byChance: 0 }
    : deviationsOf(inflows)
  const answer = { ...deviations, days: WINDOW_DAYS, observed, tooEarly }
  judged.set(lately, { past, registry: registry.revision(), answer })
  return answer
}

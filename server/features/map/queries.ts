import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import { ask, type Question } from '#server/store/ask.ts'
import { bindFilter, minuteOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { type Deviations, deviationsOf } from './deviation.ts'

const DAY = 86_400_000
export const WINDOW_DAYS = 7
const BEFORE_DAYS = 364
/** With less history than this nobody knows what is usual. */
const ENOUGH_DAYS = 28
/** Where the register knows entrances only (method, section 10). */
const APARTMENTS_PER_ENTRANCE = 36

const Row = z.object({
  building: z.number(),
  window: z.number(),
  before: z.number(),
  since: z.number(),
})

export const INFLOW_BY_BUILDING: Question<z.output<typeof Row>> = {
  name: 'inflowByBuilding',
  row: Row,
  sql: `
    SELECT building,
      count(*) FILTER (WHERE registered_at >= $windowStart) AS window,
      count(*) FILTER (WHERE registered_at < $windowStart) AS before,
      min(registered_at) AS since
    FROM request
    WHERE ${WITHIN_FILTER} AND building > 0
      AND registered_at >= $beforeStart AND registered_at < $now
    GROUP BY building
    ORDER BY building`,
}

export interface DeviationAnswer extends Deviations {
  /** Whole days of the window. */
  days: number
  /** Requests of the window. */
  observed: number
  /** There is too little history to say what is usual. */
  tooEarly: boolean
}

/** The same rows give the same answer: `ask` shares them until the facts change, and so does this. */
const judged = new WeakMap<readonly unknown[], { registry: number; answer: DeviationAnswer }>()

/** Which buildings had another inflow in the last seven days than their own past makes likely. */
export async function deviation(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  filter: Filter,
): Promise<DeviationAnswer> {
  const until = minuteOf(now())
  const windowStart = until - WINDOW_DAYS * DAY
  const rows = await ask(engine, INFLOW_BY_BUILDING, {
    ...bindFilter(filter, registry, until),
    windowStart,
    beforeStart: windowStart - BEFORE_DAYS * DAY,
  })
  const known = judged.get(rows)
  if (known?.registry === registry.revision()) return known.answer
  const asked = new Map(rows.map((row) => [row.building, row]))
  const since = Math.min(until, ...rows.map((row) => row.since))
  const districts = new Set(filter.district.map((id) => registry.districtById(id)?.key ?? -1))
  const inflows = [...registry.buildings()]
    .filter(({ gone, district }) => !gone && (districts.size === 0 || districts.has(district)))
    .map(({ key, apartments, entrances }) => ({
      building: key,
      window: asked.get(key)?.window ?? 0,
      before: asked.get(key)?.before ?? 0,
      size: apartments || (entrances ? entrances * APARTMENTS_PER_ENTRANCE : null),
    }))
  const observed = inflows.reduce((sum, { window }) => sum + window, 0)
  const tooEarly = windowStart - since < ENOUGH_DAYS * DAY
  const deviations = tooEarly
    ? { deviating: [], buildings: inflows.length, byChance: 0 }
    : deviationsOf(inflows)
  const answer = { ...deviations, days: WINDOW_DAYS, observed, tooEarly }
  judged.set(rows, { registry: registry.revision(), answer })
  return answer
}

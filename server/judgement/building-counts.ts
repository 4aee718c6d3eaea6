import { z } from 'zod'
import { YEAR_WEEKS } from '#server/contract/buildings.ts'
import { localClock, mondayOf } from '#server/domain/local-time.ts'
import { ask, askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import type { Engine } from '#server/store/engine.ts'
import type { Context } from '#server/trpc.ts'

/** Requests of a building are judged over so many whole days, the last of them against those before (method, section 10). */
const WINDOW_DAYS = 365
export const RECENT_DAYS = 90

interface Count {
  requests: number
  /** Of these, registered in the last 90 days. */
  recent: number
}
type Columns = 'building' | 'requests' | 'recent'

/** By key of the building. */
const COUNTS = {
  name: 'judgement.buildings',
  sql: `
    SELECT building, CAST(count(*) AS INTEGER) AS requests,
      CAST(count(CASE WHEN registered_on >= $recentFrom THEN 1 END) AS INTEGER) AS recent
    FROM request
    WHERE test = false AND building <> 0 AND registered_on >= $from AND registered_on < $to
    GROUP BY building`,
  columns: ['building', 'requests', 'recent'],
  read: ({ building, requests, recent }) =>
    new Map(
      Array.from(building, (key, i) => [
        key,
        { requests: requests[i] ?? 0, recent: recent[i] ?? 0 },
      ]),
    ),
} as const satisfies ColumnQuestion<Columns, Map<number, Count>>

/** By key of the building, one count for each week from `firstWeek` on. */
const WEEKS = {
  name: 'judgement.buildingWeeks',
  sql: `
    SELECT building, CAST((week - $firstWeek) / 7 AS INTEGER) AS place, CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE test = false AND building <> 0 AND week >= $firstWeek AND registered_on < $to
    GROUP BY building, week`,
  columns: ['building', 'place', 'requests'],
  read: ({ building, place, requests }) => {
    const weeks = new Map<number, Uint16Array>()
    for (let i = 0; i < building.length; i++) {
      const key = building[i] ?? 0
      let own = weeks.get(key)
      if (!own) {
        own = new Uint16Array(YEAR_WEEKS)
        weeks.set(key, own)
      }
      own[place[i] ?? 0] = requests[i] ?? 0
    }
    return weeks
  },
} as const satisfies ColumnQuestion<'building' | 'place' | 'requests', Map<number, Uint16Array>>

/** Changes where anything of the window does. */
const FINGERPRINT = {
  name: 'judgement.buildingsPrint',
  row: z.object({ print: z.string() }),
  sql: `
    SELECT concat(count(*), ' ', sum(building), ' ', sum(registered_on)) AS print
    FROM request
    WHERE test = false AND building <> 0 AND registered_on >= $from AND registered_on < $to`,
}

/** Requests of every building up to the last midnight of the city; the same all day for everyone who asks. */
export interface BuildingCounts {
  /** Local days since 1970-01-01, half-open. */
  from: number
  to: number
  /** Monday of the first week of `weeks`. */
  firstWeek: number
  of: ReadonlyMap<number, Count>
  weeks: ReadonlyMap<number, Uint16Array>
}

interface Kept {
  to: number
  revision: number
  print: string
  counts: BuildingCounts
}
const kept = new WeakMap<Engine, Promise<Kept>>()

/**
 * Counted once a day. Days that have passed change only by what is told of them late: whether they did is looked at behind the
 * back of whoever asks, and the next one is told.
 */
export async function buildingCounts({
  engine,
  city,
  now,
}: Pick<Context, 'engine' | 'city' | 'now'>): Promise<BuildingCounts> {
  const to = localClock(city.zone)(now()).day
  const known = await kept.get(engine)
  if (known?.to !== to) return (await keep(engine, count(engine, to))).counts
  if (known.revision !== engine.revision()) void lookAgain(engine, known).catch(() => {})
  return known.counts
}

function keep(engine: Engine, counting: Promise<Kept>): Promise<Kept> {
  kept.set(engine, counting)
  counting.catch(() => kept.delete(engine))
  return counting
}

const spanTo = (to: number) => ({ from: to - WINDOW_DAYS, to })

async function lookAgain(engine: Engine, known: Kept) {
  const revision = engine.revision()
  const standing = engine.changedFrom(known.revision) >= known.to
  known.revision = revision
  if (standing) return
  const [row] = await ask(engine, FINGERPRINT, spanTo(known.to))
  if (row?.print !== known.print) await keep(engine, count(engine, known.to))
}

async function count(engine: Engine, to: number): Promise<Kept> {
  const revision = engine.revision()
  const span = spanTo(to)
  const firstWeek = mondayOf(to) - 7 * (YEAR_WEEKS - 1)
  const [of, weeks, [row]] = await Promise.all([
    askColumns(engine, COUNTS, { ...span, recentFrom: to - RECENT_DAYS }),
    askColumns(engine, WEEKS, { firstWeek, to }),
    ask(engine, FINGERPRINT, span),
  ])
  return { to, revision, print: row?.print ?? '', counts: { ...span, firstWeek, of, weeks } }
}

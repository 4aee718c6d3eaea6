import { EVERYTHING } from '#server/contract/filter.ts'
import { isoOf } from '#server/judgement/period.ts'
import { chanceFrom } from '#server/stats/random.ts'
import { type Cluster, spaceTimeScan } from '#server/stats/space-time-scan.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { scannedCategories } from './history.ts'
import { SCANNED } from './resources.ts'

/** Whole weeks, up to a Monday. */
export const STUDY_DAYS = 28
/** A cluster is told where so few of a thousand shuffled months have its like: of five resources by chance one in twenty weeks. */
const RARE = 0.01
/** Houses so near to each other are one place. */
const CELL_KM = 0.3
const KM_OF_DEGREE = 111.195
/** Milliseconds at a stretch, in which nobody is answered. */
const STRETCH_MS = 10

/** A flat that called: its house, about which category, and on which local day. */
interface Call {
  house: number
  category: number
  day: number
}

/** A flat counts once a day, however often it calls; a request that names nobody is a flat of its own. */
const CALLS = {
  name: 'outages.calls',
  sql: `
    SELECT building, category, day FROM (
      SELECT DISTINCT building, category, registered_on AS day,
        CASE WHEN coalesce(subject, 0) = 0 THEN -request ELSE subject END AS flat
      FROM request
      WHERE ${WITHIN_FILTER} AND building <> 0) AS call
    ORDER BY day, building, category`,
  columns: ['building', 'category', 'day'],
  read: ({ building, category, day }) =>
    Array.from(building, (house, i) => ({ house, category: category[i] ?? 0, day: day[i] ?? 0 })),
} as const satisfies ColumnQuestion<'building' | 'category' | 'day', Call[]>

export interface FoundCluster extends Pick<Cluster, 'observed' | 'expected' | 'ratio' | 'p'> {
  /** Position in SCANNED. */
  resource: number
  /** Ids of the categories that tell of it. */
  categories: string[]
  /** Local days since 1970-01-01, half-open. */
  from: number
  to: number
  /** Keys of the houses whose calls were observed. */
  houses: number[]
}

export interface Study {
  /** Local days since 1970-01-01, half-open. */
  from: number
  to: number
  /** Calls that were looked at. */
  calls: number
  clusters: FoundCluster[]
}

type Asked = Pick<Context, 'engine' | 'registry' | 'now'>

/**
 * Where and when calls about one resource crowded in the four weeks before a Monday (method, section 10), the least likely first.
 * Chance is seeded with that day: the same facts give the same answer.
 */
export async function studyOf(context: Asked, to: number): Promise<Study> {
  const { engine, registry, now } = context
  const from = to - STUDY_DAYS
  const resourceOf = scannedCategories(registry)
  const idsOf = (resource?: number) =>
    [...resourceOf].flatMap(([key, of]) =>
      resource === undefined || of === resource ? (registry.category(key)?.id ?? []) : [],
    )
  const filter = {
    ...EVERYTHING,
    ...{ from: isoOf(from), to: isoOf(to), category: idsOf() },
  }
  const calls =
    resourceOf.size === 0
      ? []
      : await askColumns(engine, CALLS, bindFilter(filter, registry, now()))
  const cellOf = cellsOf(context)
  const located = calls.flatMap((one) => {
    const cell = cellOf(one.house)
    return cell ? [{ ...one, cell }] : []
  })
  const clusters: FoundCluster[] = []
  for (const resource of SCANNED.keys()) {
    const own = located.filter(({ category }) => resourceOf.get(category) === resource)
    const found = await clustersOf(own, { from, seed: to * SCANNED.length + resource })
    const categories = idsOf(resource)
    clusters.push(...found.map((cluster) => ({ ...cluster, resource, categories })))
  }
  clusters.sort((a, b) => b.ratio - a.ratio || a.from - b.from || a.resource - b.resource)
  return { from, to, calls: located.length, clusters }
}

/** Column and row on a grid of CELL_KM. */
type Cell = readonly [x: number, y: number]

/** The cell of a house; undefined of one without a position. */
function cellsOf({ registry }: Pick<Asked, 'registry'>) {
  let narrowing: number | undefined
  return (house: number): Cell | undefined => {
    const { lon = null, lat = null } = registry.building(house) ?? {}
    if (lon === null || lat === null) return undefined
    narrowing ??= Math.cos((lat * Math.PI) / 180)
    const side = CELL_KM / KM_OF_DEGREE
    return [Math.floor((lon * narrowing) / side), Math.floor(lat / side)]
  }
}

async function clustersOf(
  calls: readonly (Call & { cell: Cell })[],
  { from, seed }: { from: number; seed: number },
) {
  const at = new Map<string, number>()
  const places: { x: number; y: number }[] = []
  const place = calls.map(({ cell: [x, y] }) => {
    const known = at.get(`${x} ${y}`)
    if (known !== undefined) return known
    at.set(`${x} ${y}`, places.length)
    return places.push({ x: x * CELL_KM, y: y * CELL_KM }) - 1
  })
  const day = calls.map((one) => one.day - from)
  const scan = spaceTimeScan({ places, days: STUDY_DAYS, place, day }, chanceFrom(seed), {
    rare: RARE,
  })
  const found = await inStretches(scan)
  return found.map(({ places: within, observed, expected, ratio, p, ...window }) => {
    const circle = new Set(within)
    const seen = calls.filter(
      (_, i) =>
        circle.has(place[i] ?? -1) && (day[i] ?? 0) >= window.from && (day[i] ?? 0) < window.to,
    )
    return {
      ...{ observed, expected, ratio, p },
      ...{ from: from + window.from, to: from + window.to },
      houses: [...new Set(seen.map(({ house }) => house))],
    }
  })
}

/** Lets others be answered in between. */
async function inStretches<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    const until = performance.now() + STRETCH_MS
    while (performance.now() < until) {
      const { done, value } = work.next()
      if (done) return value
    }
  }
}

import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Engine, NumberColumns, Params } from '#server/store/engine.ts'

const EMERGENCY = PRIORITIES.indexOf('emergency')

const WITHIN = `test = false
    AND (len($district) = 0 OR list_contains($district, district))
    AND (len($category) = 0 OR list_contains($category, category))
    AND (len($organization) = 0 OR list_contains($organization, organization))
    AND (len($building) = 0 OR list_contains($building, building))`
const instants = (...columns: string[]) =>
  columns.map((column) => `CAST(${column} AS DOUBLE) AS ${column}`).join(', ')
const SHARED = 'request, building, organization, CAST(category AS INTEGER) AS category'
const URGENT = `CAST(priority = ${EMERGENCY} AS INTEGER) AS emergency`

/**
 * Everything that was open in a part of [from, to], as it was or as it was known: in the order of the log one row for a spell, else one for each
 * version. `heard`, `heardTo`: the bounds of what was known by then.
 */
const LIVED = `
  SELECT ${SHARED}, ${URGENT}, 0 AS version,
    ${instants('start_at', 'end_at', 'due_at', 'known_at', 'end_known_at')}
  FROM spell
  WHERE retold = false AND start_at <= $to
    AND (end_at IS NULL OR end_at > $from OR (end_known_at > $heard AND known_at <= $heardTo))
    AND ${WITHIN}
  UNION ALL
  SELECT ${SHARED}, ${URGENT}, 1 AS version,
    ${instants('start_at', 'end_at', 'due_at', 'known_at')},
    CAST(known_until AS DOUBLE) AS end_known_at
  FROM version
  WHERE start_at <= $to AND (end_at IS NULL OR end_at > $from)
    AND (known_until IS NULL OR (known_at <= $heardTo AND known_until > $heard))
    AND ${WITHIN}`

export interface Window {
  /** UTC epoch milliseconds, both included. */
  from: number
  to: number
  /** What was recorded by then; absent = by each instant itself. */
  by?: number | undefined
}
export interface Scope {
  district?: readonly string[]
  category?: readonly string[]
  organization?: readonly string[]
  building?: readonly string[]
}

/** A half-open time in which a request stood open in one house with one organization; `from` >= `to` is none. */
export interface Stretch {
  request: number
  building: number
  organization: number
  category: number
  emergency: boolean
  /** Infinity = nobody set one. */
  due: number
  from: number
  /** Infinity = still. */
  to: number
  /** How long after its beginning, and after its end, the log heard of it; 0 where the clock does not ask. */
  heardAfter: number
  endHeardAfter: number
}
export interface Lived {
  was: Stretch[]
  known: Stretch[]
}

/** What stood open in the window by both clocks. Test requests are nobody's. An id that nobody knows matches nothing. */
export async function livedIn(
  { engine, registry }: { engine: Engine; registry: Registry },
  window: Window,
  scope: Scope,
): Promise<Lived> {
  const keys = (ids: readonly string[] = [], find: (id: string) => { key: number } | undefined) =>
    ids.map((id) => find(id)?.key ?? -1)
  const params: Params = {
    from: window.from,
    to: window.to,
    heard: window.by ?? window.from,
    heardTo: window.by ?? window.to,
    district: keys(scope.district, (id) => registry.districtById(id)),
    category: keys(scope.category, (id) => registry.categoryById(id)),
    organization: keys(scope.organization, (id) => registry.organizationById(id)),
    building: keys(scope.building, (id) => registry.buildingById(id)),
  }
  return byClock(await engine.columns(LIVED, params), window)
}

const COLUMNS = [
  'request',
  'building',
  'organization',
  'category',
  'emergency',
  'version',
  'start_at',
  'end_at',
  'due_at',
  'known_at',
  'end_known_at',
] as const

function byClock(columns: NumberColumns, { from, to, by }: Window): Lived {
  const of = (name: (typeof COLUMNS)[number]) => {
    const values = columns[name]
    if (!values) throw new Error(`replay: no column ${name}`)
    return (row: number) => values[row] ?? Number.NaN
  }
  const [request, building, organization] = [of('request'), of('building'), of('organization')]
  const [category, emergency, version] = [of('category'), of('emergency'), of('version')]
  const [starts, ends, dues] = [of('start_at'), of('end_at'), of('due_at')]
  const [knowns, untils] = [of('known_at'), of('end_known_at')]
  const rows = columns.request?.length ?? 0
  const lived: Lived = { was: [], known: [] }
  for (let row = 0; row < rows; row++) {
    const [start, end] = [starts(row), orNever(ends(row))]
    const [known, until] = [knowns(row), orNever(untils(row))]
    const stretch = {
      request: request(row),
      building: building(row),
      organization: organization(row),
      category: category(row),
      emergency: emergency(row) === 1,
      due: orNever(dues(row)),
    }
    const isVersion = version(row) === 1
    const put = (
      stretches: Stretch[],
      [since, till, heardAfter, endHeardAfter]: readonly [number, number, number, number],
    ) => {
      if (since < till && since <= to && till > from)
        stretches.push({ ...stretch, from: since, to: till, heardAfter, endHeardAfter })
    }
    if (!isVersion || until === Number.POSITIVE_INFINITY) put(lived.was, [start, end, 0, 0])
    if (by === undefined)
      put(
        lived.known,
        isVersion ? told({ start, end, known, until }) : heard({ start, end, known, until }),
      )
    else if (known <= by && !(isVersion && until <= by))
      put(lived.known, [start, isVersion || until <= by ? end : Number.POSITIVE_INFINITY, 0, 0])
  }
  return lived
}

const orNever = (value: number) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)

interface Told {
  start: number
  end: number
  known: number
  until: number
}
type Shown = readonly [from: number, to: number, heardAfter: number, endHeardAfter: number]

/** A spell is seen from when its beginning had happened and was heard until the same of its end. */
const heard = ({ start, end, known, until }: Told): Shown => [
  Math.max(start, known),
  end === Number.POSITIVE_INFINITY ? end : Math.max(end, until),
  Math.max(0, known - start),
  end === Number.POSITIVE_INFINITY ? 0 : Math.max(0, until - end),
]
/** A version is seen while it is believed. */
const told = ({ start, end, known, until }: Told): Shown => [
  Math.max(start, known),
  Math.min(end, until),
  Math.max(0, known - start),
  0,
]

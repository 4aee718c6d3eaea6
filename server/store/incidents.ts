import { KINDS, OUTCOMES, UNSOUND_BITS } from '#server/contract/vocabulary.ts'
import { joinedIncidents, type Member, type Place, placesOf } from '#server/domain/incident.ts'
import type { Writer } from './duckdb.ts'
import type { NumberColumns, Params } from './engine.ts'

const outcome = (name: (typeof OUTCOMES)[number]) => OUTCOMES.indexOf(name)
const orNone = (column: string) => `coalesce(CAST(${column} AS DOUBLE), -1)`

/** Requests of buildings and categories, group by group, with what stands in their rows; -1 is none. */
const groupsWhere = (which: string) => `
  SELECT request, registered_on, building, category, ${orNone('registered_at')} AS registered,
    ${orNone('closed_at')} AS closed, ${orNone('first_closed_at')} AS first_closed,
    CAST(kind = ${KINDS.indexOf('work_request')} AND (marks & ${UNSOUND_BITS}) = 0 AS INTEGER) AS sound,
    CAST(outcome NOT IN (${outcome('cancelled')}, ${outcome('duplicate')}) AS INTEGER) AS kept,
    CAST(outcome = ${outcome('duplicate')} AS INTEGER) AS duplicate,
    CAST(joined_to IS NOT NULL AS INTEGER) AS placed,
    CAST(joined_to IS NOT NULL AND joined_to <> request AS INTEGER) AS joined,
    CAST(repeat_of IS NOT NULL AS INTEGER) AS linked,
    CAST(duplicate_ref IS NOT NULL AS INTEGER) AS told_duplicate,
    coalesce(subject, 0) AS subject, CAST(coalesce(entrance, 0) AS INTEGER) AS entrance,
    CAST(coalesce(riser, 0) AS INTEGER) AS riser, coalesce(reopen_delay_s, -1) AS reopen_delay,
    incident, coalesce(duplicate_of, -1) AS duplicate_of,
    coalesce(hidden_repeat_of, -1) AS hidden_repeat_of,
    coalesce(effective_reopen_delay_s, -1) AS effective_delay
  FROM request
  WHERE test = false AND building <> 0 AND category <> 0 AND ${which}
  ORDER BY building, category, registered_at, number`

const OF_GROUPS = groupsWhere(
  '(building, category) IN (SELECT (unnest($buildings), unnest($categories)))',
)
const OF_BUILDINGS = groupsWhere('building >= $from AND building < $to')

const REPLACE = `
  UPDATE request
  SET incident = place.incident, duplicate_of = NULLIF(place.duplicate_of, -1),
    hidden_repeat_of = NULLIF(place.hidden_repeat_of, -1),
    effective_reopen_delay_s = NULLIF(place.effective_delay, -1)
  FROM (SELECT unnest($requests) AS request, unnest($incidents) AS incident,
      unnest($duplicates) AS duplicate_of, unnest($repeats) AS hidden_repeat_of,
      unnest($delays) AS effective_delay) AS place
  WHERE request.request = place.request`

interface Changes {
  requests: number[]
  incidents: number[]
  duplicates: number[]
  repeats: number[]
  delays: number[]
  /** Local days of registration of what changes. */
  days: Set<number>
}
const GROUPS_AT_ONCE = 2000
/** Each reading is a scan of the whole table: as few as the memory allows. */
const ROWS_AT_ONCE = 250_000

/** Puts the requests of these groups where they belong; only rows that change are written. Returns their keys. */
export async function placeGroups(
  writer: Writer,
  groups: readonly { building: number; category: number }[],
): Promise<number[]> {
  const changed: number[] = []
  for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE) {
    const some = groups.slice(start, start + GROUPS_AT_ONCE)
    const params = {
      buildings: some.map(({ building }) => building),
      categories: some.map(({ category }) => category),
    }
    changed.push(...(await place(writer, OF_GROUPS, params)))
  }
  return changed
}

/** The same for every request of the facts, building by building. */
export async function placeAll(writer: Writer): Promise<void> {
  const rows = await writer.query(
    'SELECT building, count(*) AS requests FROM request GROUP BY building ORDER BY building',
  )
  let from = 1
  let gathered = 0
  for (const [index, row] of rows.entries()) {
    gathered += Number(row.requests)
    if (gathered < ROWS_AT_ONCE && index < rows.length - 1) continue
    const to = Number(row.building) + 1
    await place(writer, OF_BUILDINGS, { from, to })
    from = to
    gathered = 0
  }
}

/** Puts requests that a person joined to others into the incidents of those. Returns the incidents that lost or gained one. */
export async function placeJoined(
  writer: Writer,
  joins: ReadonlyMap<number, number>,
): Promise<number[]> {
  if (joins.size === 0) return []
  const keys = [...new Set([...joins.keys(), ...joins.values()])]
  const rows = await writer.query(
    'SELECT request, incident, registered_on FROM request WHERE request IN (SELECT unnest($keys))',
    { keys },
  )
  const stands = new Map(rows.map((row) => [Number(row.request), Number(row.incident)]))
  const moved = [...joinedIncidents(joins, (key) => stands.get(key))].filter(
    ([key, incident]) => stands.has(key) && stands.get(key) !== incident,
  )
  if (moved.length === 0) return []
  const changed = new Set(moved.map(([key]) => key))
  for (const row of rows)
    if (changed.has(Number(row.request))) writer.touches(Number(row.registered_on))
  await writer.run(
    `UPDATE request SET incident = place.incident
     FROM (SELECT unnest($requests) AS request, unnest($incidents) AS incident) AS place
     WHERE request.request = place.request`,
    { requests: moved.map(([key]) => key), incidents: moved.map(([, incident]) => incident) },
  )
  return moved.flatMap(([key, incident]) => [incident, stands.get(key) ?? key])
}

async function place(writer: Writer, sql: string, params: Params): Promise<number[]> {
  const columns = await writer.columns(sql, params)
  const changes: Changes = {
    requests: [],
    incidents: [],
    duplicates: [],
    repeats: [],
    delays: [],
    days: new Set(),
  }
  const at = reader(columns)
  const rows = columns.request?.length ?? 0
  for (let start = 0; start < rows; ) {
    let end = start + 1
    while (
      end < rows &&
      at('building', end) === at('building', start) &&
      at('category', end) === at('category', start)
    )
      end++
    const members: Member[] = []
    for (let row = start; row < end; row++) members.push(memberAt(at, row))
    for (const [index, found] of placesOf(members).entries())
      note(changes, at, start + index, found)
    start = end
  }
  const { days, ...values } = changes
  for (const day of days) writer.touches(day)
  if (values.requests.length > 0) await writer.run(REPLACE, values)
  return values.requests
}

const reader =
  (columns: NumberColumns) =>
  (name: string, row: number): number => {
    const value = columns[name]?.[row]
    if (value === undefined) throw new Error(`no column ${name}`)
    return value
  }
type Read = ReturnType<typeof reader>

const orNull = (value: number) => (value === -1 ? null : value)

const memberAt = (at: Read, row: number): Member => ({
  key: at('request', row),
  registeredAt: at('registered', row),
  closedAt: orNull(at('closed', row)),
  firstClosedAt: orNull(at('first_closed', row)),
  sound: at('sound', row) === 1,
  placed: at('placed', row) === 1,
  kept: at('kept', row) === 1,
  duplicate: at('duplicate', row) === 1,
  linked: at('linked', row) === 1,
  subject: at('subject', row),
  entrance: at('entrance', row),
  riser: at('riser', row),
  reopenDelayS: orNull(at('reopen_delay', row)),
})

/** What a person or the source said stands; the rest is written where it differs. */
function note(changes: Changes, at: Read, row: number, found: Place) {
  const incident = at('joined', row) === 1 ? at('incident', row) : found.incident
  const duplicateOf =
    at('told_duplicate', row) === 1 ? at('duplicate_of', row) : (found.duplicateOf ?? -1)
  const repeatOf = found.hiddenRepeatOf ?? -1
  const delay = found.effectiveReopenDelayS ?? -1
  if (
    incident === at('incident', row) &&
    duplicateOf === at('duplicate_of', row) &&
    repeatOf === at('hidden_repeat_of', row) &&
    delay === at('effective_delay', row)
  )
    return
  changes.days.add(at('registered_on', row))
  changes.requests.push(at('request', row))
  changes.incidents.push(incident)
  changes.duplicates.push(duplicateOf)
  changes.repeats.push(repeatOf)
  changes.delays.push(delay)
}

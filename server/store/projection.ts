import { isRequestEvent, type Recorded } from '#server/contract/events.ts'
import { hash32 } from '#server/domain/hash.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { NormBook } from '#server/domain/norm/book.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Log } from '#server/log/log.ts'
import { buildingRows } from './dimensions.ts'
import type { Writer } from './duckdb.ts'
import type { Row } from './engine.ts'
import { noteAllReturns, noteReturns } from './incident-returns.ts'
import { placeAll, placeGroups, placeJoined } from './incidents.ts'
import { openLinks } from './links.ts'
import type { Surroundings } from './rows.ts'
import {
  BUILDING_COLUMNS,
  REQUEST_COLUMNS,
  type RequestRow,
  SPELL_COLUMNS,
  TENURE_COLUMNS,
  VERSION_COLUMNS,
} from './schema.ts'
import { openTestPeriods } from './test-periods.ts'
import { type RequestRows, rowsTold } from './versions.ts'

/** From the events of requests to their rows in the facts. */
export function createProjection({
  log,
  registry,
  zone,
  norms,
  authority,
}: {
  log: Log
  registry: Registry
  zone: string
} & CityRules) {
  const links = openLinks()
  const testPeriods = openTestPeriods()
  /** Buildings and categories of rows written and not placed yet. */
  const unplaced = new Map<string, { building: number; category: number }>()
  /** Requests written, and the incidents they were in before. */
  const unnoted = new Set<number>()
  const around: Surroundings = {
    registry,
    norms,
    authority,
    local: localClock(zone),
    requestKey: (number) => log.key(`request:${number}`),
    repeats: links.repeatsOf,
    inTest: testPeriods.inTest,
  }

  function fold(key: number, events: readonly Recorded[]): RequestRows | undefined {
    const told = rowsTold(
      key,
      events.filter((event) => isRequestEvent(event)),
      around,
    )
    if (told) links.learn(told.request)
    return told
  }

  /** Rows of one organization, and of one house, stand together: a question about it skips the blocks of the others. */
  async function insert(writer: Writer, projected: readonly RequestRows[]) {
    const together = projected.toSorted(
      ({ request: a }, { request: b }) =>
        Number(a.organization) - Number(b.organization) || Number(a.building) - Number(b.building),
    )
    await writer.append(
      'request',
      REQUEST_COLUMNS,
      together.map((rows) => rows.request),
    )
    await writer.append(
      'spell',
      SPELL_COLUMNS,
      together.flatMap((rows) => rows.spells),
    )
    const versions = together.flatMap((rows) => rows.versions)
    if (versions.length > 0) await writer.append('version', VERSION_COLUMNS, versions)
  }

  function displace({ building, category }: Row) {
    if (building === 0 || category === 0) return
    unplaced.set(`${building} ${category}`, {
      building: Number(building),
      category: Number(category),
    })
  }

  /** Incidents and repeats of what was written, and of its neighbours whose own change by it. */
  async function placeWritten(writer: Writer) {
    const groups = [...unplaced.values()]
    unplaced.clear()
    await placeGroups(writer, groups)
    const touched = [...unnoted, ...(await placeJoined(writer, links.joins))]
    unnoted.clear()
    if (touched.length > 0) await noteReturns(writer, groups, touched)
  }

  /** Incidents and repeats of all. */
  async function placeEverything(writer: Writer) {
    unplaced.clear()
    unnoted.clear()
    await placeAll(writer)
    await placeJoined(writer, links.joins)
    await noteAllReturns(writer)
  }

  /**
   * Writes the rows of these requests anew. A row of the facts that knows more events than the log gives is left alone. `fresh`
   * holds what is new of each: all there is of a request without a row, which is not read again.
   */
  async function replace(
    writer: Writer,
    keys: readonly number[],
    fresh?: ReadonlyMap<number, readonly Recorded[]>,
  ): Promise<RequestRow[]> {
    const known = await writer.query(
      'SELECT request, ver, building, category, incident, registered_on FROM request WHERE request IN (SELECT unnest($keys))',
      { keys },
    )
    for (const row of known) writer.touches(Number(row.registered_on))
    const written = new Map(known.map((row) => [Number(row.request), Number(row.ver)]))
    const projected: RequestRows[] = []
    for (const [index, key] of keys.entries()) {
      if (index % STREAMS_AT_A_STRETCH === STREAMS_AT_A_STRETCH - 1) await breath()
      const rows = fold(key, (written.has(key) ? undefined : fresh?.get(key)) ?? log.stream(key))
      if (rows && Number(rows.request.ver) >= (written.get(key) ?? 0)) projected.push(rows)
    }
    for (const row of [...known, ...projected.map((rows) => rows.request)]) {
      displace(row)
      unnoted.add(Number(row.request)).add(Number(row.incident))
    }
    const replaced = projected
      .map((rows) => Number(rows.request.request))
      .filter((key) => written.has(key))
    await remove(writer, ['request', 'spell', 'version'], 'request', replaced)
    await insert(writer, projected)
    return projected.map((rows) => rows.request)
  }

  /** Writes anew the requests whose rows depend on what was learned from others. */
  async function replaceLinked(writer: Writer): Promise<RequestRow[]> {
    const rows: RequestRow[] = []
    for (let linked = links.take(); linked.length > 0; linked = links.take())
      for (const keys of inChunks(linked)) rows.push(...(await replace(writer, keys)))
    return rows
  }

  async function replaceDimensions(writer: Writer, touched: Iterable<number>) {
    const { buildings, tenures } = buildingRows(registry, touched)
    const keys = buildings.map((row) => Number(row.building))
    await remove(writer, ['building', 'tenure'], 'building', keys)
    await writer.append('building', BUILDING_COLUMNS, buildings)
    await writer.append('tenure', TENURE_COLUMNS, tenures)
  }

  return {
    links,
    testPeriods,
    fold,
    insert,
    replace,
    replaceLinked,
    replaceDimensions,
    placeWritten,
    placeEverything,
  }
}

async function remove(
  writer: Writer,
  tables: readonly string[],
  column: string,
  keys: readonly number[],
) {
  if (keys.length === 0) return
  for (const table of tables)
    await writer.run(`DELETE FROM ${table} WHERE ${column} IN (SELECT unnest($keys))`, { keys })
}

const STREAMS_AT_ONCE = 4096
/** Reading and folding so many takes some ten milliseconds, in which nobody is answered. */
const STREAMS_AT_A_STRETCH = 200

/** Lets the server answer what has come in meanwhile. */
export const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

export function* inChunks(keys: Iterable<number>): Generator<number[]> {
  const all = [...keys]
  for (let start = 0; start < all.length; start += STREAMS_AT_ONCE)
    yield all.slice(start, start + STREAMS_AT_ONCE)
}

/** Ties the facts to the log they were made from: up to which event, and which event that was. */
export async function writeProgress(writer: Writer, log: Log, seq: number) {
  const values = { seq, event: fingerprintAt(log, seq) }
  for (const [key, value] of Object.entries(values))
    await writer.run('UPDATE meta SET value = $value WHERE key = $key', { key, value })
}

/** What the city decides and no event tells; facts made by other rules are made anew. */
export interface CityRules {
  /** Absent = only sources set due times. */
  norms?: NormBook | undefined
  /** Id of the organization that takes complaints about companies; absent = the first inspectorate. */
  authority?: string | undefined
}

export const fingerprintOfRules = ({ norms, authority }: CityRules): number =>
  ((norms?.fingerprint ?? 0) ^ (authority === undefined ? 0 : hash32(authority))) >>> 0

/** Ties the facts to the rules they were made by. */
export async function writeRules(writer: Writer, rules: CityRules) {
  await writer.run(`DELETE FROM meta WHERE key = 'rules'`)
  await writer.run(`INSERT INTO meta VALUES ('rules', $value)`, {
    value: fingerprintOfRules(rules),
  })
}

/** 32 bits of the event with that number; 0 where the log has none. */
export function fingerprintAt(log: Log, seq: number): number {
  const [event] = log.read(seq - 1, 1)
  if (event?.seq !== seq) return 0
  return hash32(`${event.id}\n${event.recordedAt}`)
}

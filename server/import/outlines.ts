import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { City } from '#server/config.ts'
import { type DomainEvent, isRegistryEvent, streamOf } from '#server/contract/events.ts'
import { distance } from '#server/domain/distance.ts'
import { holds, partsOf } from '#server/domain/footprint.ts'
import { zoneOffset } from '#server/domain/local-time.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Imports, QuarantinedRow } from '#server/log/imports.ts'
import type { Log } from '#server/log/log.ts'
import { creditOutlines } from '#server/outline-credit.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { type AsOf, dateOfFile, dayOf } from './as-of.ts'
import { cut, type Fault, idOf } from './fields.ts'
import { NO_HOME, noHome } from './outlines-homes.ts'
import {
  createMatcher,
  type Described,
  describe,
  type Match,
  middleOf,
  ownId,
} from './outlines-match.ts'
import { type FeatureFile, featuresOf } from './outlines-read.ts'
import { type Around, type Ring, shapeOf } from './outlines-shape.ts'
import { ImportRefusal } from './refusal.ts'
import { createRowsFile, createTally, type ImportReport } from './report.ts'
import { createSink } from './sink.ts'

/** What `--preset` says for a file of outlines. */
export const OUTLINES = 'outlines'

interface OutlinesOptions {
  /** GeoJSON, plain or gzip. */
  file: string
  dataDir: string
  log: Log
  imports: Imports
  now: () => number
  asOf?: string
  /** The property that carries the register's id of the building. */
  idProperty?: string
  /** Outlines of which the register knows no building become buildings: of dwellings, or of whatever. */
  newBuildings?: boolean
  anyUse?: boolean
  /** Whom they are owed to. */
  attribution?: string
  progress?: (done: number, total: number) => void
}

/** Metres from the centre within which a city without a register of places lies. */
const CITY = 80_000
/** Uses that a warning names. */
const NAMED = 6
/** Fewer known places say nothing about how far the city reaches. */
const ENOUGH = 100

/**
 * Outlines of buildings become registry events of the buildings they are of. Two readings: the first finds what is wrong and which
 * building each feature is of, so that of two outlines of one building the better stands wherever it is in the file; the second stores.
 * An outline that the register has already changes nothing. Throws ImportRefusal.
 */
export async function importOutlines(
  options: OutlinesOptions & { city: City | undefined },
): Promise<ImportReport> {
  const { file, dataDir, log, imports, now, city } = options
  if (!city)
    throw new ImportRefusal(
      `outlines need a city to lie in: write ${dataDir}/city.json first, such as {"name":{"ru":"Астана"},"zone":"Asia/Almaty","languages":["ru","kk"],"centre":[71.43,51.13]}`,
    )
  const registry = registryOf(log, city)
  const around = aroundOf(registry, city)
  const asOf = dateOf(file, options.asOf, city.zone, now())
  const { fates, read: found } = await survey(options, registry, around)
  const { sha256 } = found
  const entry = imports.begin({ source: OUTLINES, file: basename(file), sha256, at: now() })
  const rowsFile = createRowsFile(dataDir, file, sha256)
  const quarantine = createTally()
  const counts = { read: 0, stored: 0, known: 0, quarantined: 0 }
  let waiting: QuarantinedRow[] = []
  let attribution = options.attribution
  const tellQuarantine = () => {
    imports.quarantine(entry, waiting)
    waiting = []
  }
  const reject = (row: number, fault: Fault) => {
    counts.quarantined++
    quarantine.add(row, fault)
    rowsFile.add(row, false, fault)
    const { column: field, reason, value } = fault
    waiting.push({ row, field, reason, value: value.slice(0, 300).toWellFormed() })
    if (waiting.length >= 1000) tellQuarantine()
  }
  const sink = createSink(log, ({ line }, fate) => {
    if (fate.is === 'differs')
      reject(line, {
        column: '',
        reason: 'differs from what is in the log, which stands',
        value: '',
      })
    else counts[fate.is]++
  })
  const origin = { asOf, city, registry }
  try {
    const again = featuresOf(file, (bytes) =>
      options.progress?.((found.size + bytes) / 2, found.size),
    )
    const { sha256: second } = await each(again, async ({ row, value }) => {
      counts.read++
      const fate = fates[row] ?? {
        fault: { column: '', reason: 'was not there before', value: '' },
      }
      if ('fault' in fate) return reject(row, fate.fault)
      const shape = shapeOf(value?.geometry, around)
      if ('fault' in shape) return reject(row, shape.fault)
      const described = describedBy(value, shape.rings, options.idProperty)
      attribution ??= creditOf(value)
      const events = eventsOf(fate.building, described, shape.rings, origin)
      if (sink.add({ line: row, events })) await sink.flush()
    })
    await sink.flush()
    tellQuarantine()
    if (attribution && counts.stored > 0) creditOutlines(dataDir, attribution)
    if (second !== sha256)
      throw new ImportRefusal(`${file} changed while it was read; import it again`)
    imports.finish(entry, counts)
  } catch (cause) {
    rowsFile.abandon()
    throw cause
  }
  return {
    ...{ file, source: OUTLINES, sha256, encoding: 'utf-8', delimiter: '' },
    ...{ zone: city.zone, asOf: asOf.date, numbered: 'feature' as const },
    rowsRead: counts.read,
    ...{ stored: counts.stored, known: counts.known, quarantined: counts.quarantined },
    ...{ eventsStored: sink.stored(), removed: 0, notes: [] },
    quarantine: quarantine.groups(),
    warnings: warningsOf(fates, options),
    rowsFile: rowsFile.finish(),
  }
}

const OPEN_STREET_MAP = '© OpenStreetMap contributors, ODbL'
/** Its ids tell that a feature is of OpenStreetMap, whose licence asks to be named where its data are drawn. */
const creditOf = (value: Record<string, unknown> | null): string | undefined =>
  'osm_id' in propertiesOf(value) || /^(?:way|relation)\/\d+$/.test(String(value?.id ?? ''))
    ? OPEN_STREET_MAP
    : undefined

/** What becomes of a feature: the building it is of, null for one of its own, or why it is nobody's. */
type Fate = { building: string | null } | { fault: Fault }

async function survey(options: OutlinesOptions, registry: Registry, around: Around) {
  const match = createMatcher(registry)
  const fates: Fate[] = []
  const claims = new Map<string, { row: number; rank: number }>()
  const claim = (row: number, building: string, rank: number): Fate => {
    const other = claims.get(building)
    if (other && other.rank >= rank) return { fault: second(building, other.row) }
    if (other) fates[other.row] = { fault: second(building, row) }
    claims.set(building, { row, rank })
    return { building }
  }
  const { size } = statSync(options.file)
  const features = featuresOf(options.file, (bytes) => options.progress?.(bytes / 2, size))
  const read = await each(features, async ({ row, value, fault }) => {
    fates[row] = fateOf(row, value, fault)
  })
  return { fates, read }

  function fateOf(row: number, value: Record<string, unknown> | null, fault: string): Fate {
    if (!value) return { fault: { column: '', reason: fault, value: '' } }
    const shape = shapeOf(value.geometry, around)
    if ('fault' in shape) return shape
    const described = describedBy(value, shape.rings, options.idProperty)
    const found = match(described, shape.rings)
    if (found && 'fault' in found)
      return { fault: { column: '', reason: found.fault, value: described.featureId } }
    if (found) return claim(row, found.building.id, rankOf(found))
    if (options.newBuildings) {
      const other = options.anyUse ? null : noHome(propertiesOf(value), described.address)
      if (other) return { fault: { column: 'building', ...other } }
      const fate = claim(row, ownId(described), 0)
      return 'fault' in fate ? fate : { building: null }
    }
    const reason = 'is of no building of the register, by id, address or point'
    return { fault: { column: '', reason, value: described.address ?? described.featureId } }
  }
}

const second = (building: string, row: number): Fault => ({
  column: '',
  reason: 'is another outline of a building that has a better one, or an earlier, in this file',
  value: `${building}: feature ${row}`,
})
const rankOf = ({ how, around }: Match) =>
  how === 'id' ? 4 : around ? 3 : how === 'address' ? 2 : 1

const describedBy = (
  value: Record<string, unknown> | null,
  rings: readonly Ring[],
  idProperty: string | undefined,
) => {
  return describe(propertiesOf(value), value?.id, rings, idProperty)
}

function propertiesOf(value: Record<string, unknown> | null): Record<string, unknown> {
  const properties = value?.properties
  return (typeof properties === 'object' && properties !== null ? properties : {}) as Record<
    string,
    unknown
  >
}

async function each<T>(
  features: AsyncGenerator<T[], FeatureFile>,
  hear: (feature: T) => Promise<void>,
): Promise<FeatureFile> {
  for (;;) {
    const step = await features.next()
    if (step.done) return step.value
    for (const feature of step.value) await hear(feature)
  }
}

function eventsOf(
  id: string | null,
  described: Described,
  rings: Ring[],
  { asOf, city, registry }: { asOf: AsOf; city: City; registry: Registry },
): DomainEvent[] {
  const building = id === null ? undefined : registry.buildingById(id)
  const of = building?.id ?? ownId(described)
  const outline = JSON.stringify(rings)
  // With what stood before in the id, a shape may come back on the same day.
  const stood = JSON.stringify(building?.outline ?? null)
  if (stood === outline) return []
  const language = city.languages[0] ?? 'ru'
  const told = {
    id: `${OUTLINES}:${idOf(of, 56)}:${asOf.date}:${stampOf(outline + stood)}`,
    type: 'building.registered' as const,
    occurredAt: asOf.at,
    source: OUTLINES,
    building: of,
    outline: rings,
  }
  if (building) return [{ ...told, address: building.address }]
  const [lon, lat] = middleOf(rings)
  const { address, name, featureId, floors } = described
  const called = cut(address ?? name.ru ?? name.kk ?? `№ ${featureId}`, 200)
  const district = districtAt(registry, [lon, lat])
  return [
    {
      ...told,
      address: { [language]: called, ...(address === null && name.kk && { kk: name.kk }) },
      ...{ lon, lat },
      ...(district && { district }),
      ...(floors && { floors }),
    },
  ]
}

function districtAt(registry: Registry, at: [number, number]): string | undefined {
  for (const { id, outline } of registry.districts())
    if (
      outline &&
      partsOf(outline).some(
        ([outer = [], ...holes]) => holds(outer, at) && !holes.some((hole) => holds(hole, at)),
      )
    )
      return id
  return undefined
}

const stampOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** What the log knows of the city now. */
function registryOf(log: Log, { name }: City): Registry {
  const registry = memoryRegistry(Object.values(name))
  for (const event of log.registry()) {
    if (!isRegistryEvent(event)) continue
    const key = log.key(streamOf(event))
    if (key !== undefined) registry.apply(event, key)
  }
  return registry
}

function aroundOf(registry: Registry, { centre }: City): Around {
  const away = [...registry.buildings()].flatMap(({ lon, lat, gone }) =>
    gone || lon === null || lat === null ? [] : [distance([lon, lat], centre)],
  )
  if (away.length < ENOUGH) return { centre, within: CITY }
  away.sort((a, b) => a - b)
  const most = away[Math.floor(0.99 * (away.length - 1))] ?? 0
  return { centre, within: Math.max(30_000, 1.5 * most + 5000) }
}

/** The day of the file, at its beginning: an outline of today stands today. */
function dateOf(file: string, given: string | undefined, zone: string, now: number): AsOf {
  const found = dateOfFile(file, given, zone, 'beginning')
  if (found) return found
  const { date } = dayOf(now, zone, zoneOffset(zone))
  return dateOfFile(file, date, zone, 'beginning') ?? { at: now, date }
}

function warningsOf(fates: readonly Fate[], { newBuildings }: OutlinesOptions): string[] {
  const faulty = (beginning: string) =>
    fates.flatMap((fate) =>
      'fault' in fate && fate.fault.reason.startsWith(beginning) ? [fate.fault] : [],
    )
  const nobody = faulty('is of no building').length
  if (nobody > 0 && !newBuildings)
    return [
      `${nobody} outlines are of no building of the register; with --new-buildings those of dwellings become buildings`,
    ]
  const others = faulty(NO_HOME)
  if (others.length === 0) return []
  const uses = new Map<string, number>()
  for (const { value } of others) uses.set(value, (uses.get(value) ?? 0) + 1)
  const most = [...uses].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, NAMED)
  const named = most.map(([use, count]) => `${use} ${count}`).join(', ')
  return [
    `${others.length} outlines are no dwellings of the register and were left out (building = ${named}${uses.size > NAMED ? ', …' : ''}; "yes" only where it has no address); with --any-use they become buildings too`,
  ]
}

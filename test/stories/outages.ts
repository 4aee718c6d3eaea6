import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorded } from '#server/contract/events.ts'
import type { Resource } from '#server/contract/vocabulary.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Registry } from '#server/domain/registry.ts'
import { createDetector } from '#server/outages/detector.ts'
import { apartmentOf, scannedCategories } from '#server/outages/history.ts'
import { SCANNED } from '#server/outages/resources.ts'
import type { Suspicion } from '#server/outages/suspicions.ts'
import { bitsOf } from '#server/store/closing.ts'
import { houseOf } from '#server/store/rows.ts'
import { openTestPeriods } from '#server/store/test-periods.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const MONTH = 30.44 * DAY
/** Callers of an outage come for a while after it was put right, and shortly before a supplier says that it began. */
const AFTER = 6 * 60 * MINUTE
const BEFORE = 60 * MINUTE

interface Planted {
  id: string
  resource: Resource
  buildings: string[]
  from: number
  until: number
}
/** What truth.json says of outages. */
export interface OutageTruth {
  undeclaredOutages: (Planted & { requests: string[] })[]
  declaredOutages: (Omit<Planted, 'id'> & {
    outage: string
    declaredEnd: number
    wrongEnd: boolean
  })[]
}

export const outageTruth = (folder: string): OutageTruth =>
  JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))

export interface FoundOutage {
  id: string
  resource: Resource
  buildings: number
  /** Calls of it that the city has. */
  calls: number
  /** Minutes from its beginning to the suspicion; null = none was raised. */
  delay: number | null
  apartments: number | null
  expected: number | null
}

export interface OutageStory {
  /** Planted and never announced. */
  planted: FoundOutage[]
  /** Announced as over while the calls went on; the delay is from then. */
  wrongEnds: FoundOutage[]
  /** Suspicions of outages that were announced later: true, and early. */
  early: number
  falseAlarms: { id: string; at: number; apartments: number; expected: number; ratio: number }[]
  months: number
  /** Milliseconds of each scanned arrival. */
  scans: number[]
}

/** What a city's arrivals make the detector say, against the truth that was planted. `clock`: milliseconds that only grow. */
export function outageStory(
  {
    truth,
    registry,
    log,
    zone,
  }: {
    truth: OutageTruth
    registry: Registry
    log: { read(after: number, limit: number): Recorded[]; key(stream: string): number | undefined }
    zone: string
  },
  clock: () => number,
): OutageStory {
  const local = localClock(zone)
  const detector = createDetector(registry, local)
  const testPeriods = openTestPeriods()
  const categories = scannedCategories(registry)
  const raised = new Map<string, Suspicion>()
  const scans: number[] = []
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY

  function take(event: Recorded) {
    if (event.type === 'source.test_mode_changed') testPeriods.apply(event)
    if (event.type.startsWith('outage.')) detector.tell(event as never)
    if (event.type !== 'request.registered') return
    const category = registry.categoryById(event.category ?? '')
    const resource = category && categories.get(category.key)
    if (resource === undefined || event.test) return
    if (testPeriods.inTest(event.source, event.occurredAt)) return
    first = Math.min(first, event.recordedAt)
    last = Math.max(last, event.recordedAt)
    const key = log.key(`request:${event.request}`) ?? 0
    const arrival = {
      ...{ number: event.request, at: event.occurredAt, receivedAt: event.recordedAt, resource },
      building: houseOf(event.building, event.place, registry),
      apartment: apartmentOf(event.subjectId === undefined ? 0 : bitsOf(event.subjectId), key),
    }
    const startedAt = clock()
    const changed = detector.take(arrival)
    scans.push(clock() - startedAt)
    if (changed) for (const suspicion of detector.suspicions()) raised.set(suspicion.id, suspicion)
  }
  for (let seq = 0; ; ) {
    const events = log.read(seq, 5000)
    for (const event of events) take(event)
    const end = events.at(-1)
    if (!end) break
    seq = end.seq
  }

  const matched = new Set<string>()
  const idOf = (building: number) => registry.building(building)?.id ?? ''
  function find({ resource, buildings }: Planted, from: number, until: number) {
    const houses = new Set(buildings)
    const found = [...raised.values()]
      .filter(
        (one) =>
          SCANNED[one.resource] === resource &&
          one.raisedAt >= from - BEFORE &&
          one.raisedAt <= until + AFTER &&
          [...one.calls.values()].some(({ place }) => houses.has(idOf(place.key))),
      )
      .sort((a, b) => a.raisedAt - b.raisedAt)
    for (const { id } of found) matched.add(id)
    return found[0]
  }
  const told = (planted: Planted, from: number, calls: number): FoundOutage => {
    const found = find(planted, from, planted.until)
    return {
      id: planted.id,
      resource: planted.resource,
      buildings: planted.buildings.length,
      calls,
      delay: found ? (found.raisedAt - from) / MINUTE : null,
      apartments: found?.first.apartments ?? null,
      expected: found?.first.expected ?? null,
    }
  }

  const planted = truth.undeclaredOutages.map((one) => told(one, one.from, one.requests.length))
  const announced = truth.declaredOutages.map((one) => ({ ...one, id: one.outage }))
  const wrongEnds = announced
    .filter(({ wrongEnd }) => wrongEnd)
    .map((one) => told(one, one.declaredEnd, Number.NaN))
  const before = matched.size
  for (const one of announced) find(one, one.from, one.until)
  return {
    planted,
    wrongEnds,
    early: matched.size - before,
    falseAlarms: [...raised.values()]
      .filter(({ id }) => !matched.has(id))
      .map(({ id, raisedAt, first: { apartments, expected, ratio } }) => ({
        ...{ id, at: raisedAt, apartments, expected, ratio },
      })),
    months: (last - first) / MONTH,
    scans,
  }
}

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (
    ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2
  )
}

/** Calls below which no detector that waits for four apartments can say anything. */
export const TELLING = 4

/** Lines of a table, and whether the targets hold: all found, half of them within six minutes, at most one false alarm a month. */
export function outageTable(story: OutageStory): { lines: string[]; holds: boolean } {
  const { planted, wrongEnds, early, falseAlarms, months } = story
  const able = planted.filter(({ calls }) => calls >= TELLING)
  const delays = able.flatMap(({ delay }) => delay ?? [])
  const rate = falseAlarms.length / months
  const half = median(delays)
  const row = (cells: readonly string[]) =>
    [12, 12, 7, 7, 9, 12, 10]
      .map((width, i) => (cells[i] ?? '').padEnd(width))
      .join('')
      .trimEnd()
  const number = (value: number | null, digits = 1) => value?.toFixed(digits) ?? '-'
  const lines = [
    row(['outage', 'resource', 'houses', 'calls', 'minutes', 'apartments', 'expected']),
    ...[...planted, ...wrongEnds].map((one) =>
      row([
        one.id.replace('undeclared', 'silent'),
        one.resource,
        String(one.buildings),
        Number.isNaN(one.calls) ? '' : String(one.calls),
        number(one.delay),
        number(one.apartments, 0),
        number(one.expected, 2),
      ]),
    ),
    `found ${delays.length} of ${able.length} that at least ${TELLING} called about; median delay ${number(half)} minutes (target 6)`,
    `false alarms ${falseAlarms.length} in ${number(months)} months, ${number(rate, 2)} a month (target 1); ${early} more were announced later`,
  ]
  return { lines, holds: delays.length === able.length && half <= 6 && rate <= 1 }
}

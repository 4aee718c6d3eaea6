import { describe, expect, test } from 'vitest'
import {
  type DomainEvent,
  isRequestEvent,
  type Recorded,
  streamOf,
} from '#server/contract/events.ts'
import { localClock } from '#server/domain/local-time.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { coldCorner, NOON, quietCity } from '../../test/outage-city.ts'
import { type Arrival, createDetector } from './detector.ts'
import { scannedCategories } from './history.ts'

const MINUTE = 60_000
const HOUSES = 1200
const CALLS = 20_000
const local = localClock('Asia/Almaty')

/** The quiet city with so many houses more, fifty metres apart, and its calls as arrivals. */
function city(more = 0) {
  const registry = memoryRegistry()
  const keys = new Map<string, number>()
  const keyOf = (stream: string) => {
    const key = keys.get(stream) ?? keys.size + 1
    keys.set(stream, key)
    return key
  }
  const added = Array.from(
    { length: more },
    (_, n) =>
      ({
        ...{ id: `more:${n}`, source: '109', type: 'building.registered', occurredAt: NOON },
        ...{ building: `more-${n}`, address: { ru: `Новая, ${n}` } },
        ...{ lon: 71.5 + (n % 40) * 0.0007, lat: 51.1 + Math.floor(n / 40) * 0.00045 },
      }) as DomainEvent,
  )
  const told = [...added, ...quietCity()]
  for (const event of told)
    if (!isRequestEvent(event))
      registry.apply(
        { ...event, seq: 1, recordedAt: NOON } as Recorded as Parameters<typeof registry.apply>[0],
        keyOf(streamOf(event as Recorded)),
      )
  const categories = scannedCategories(registry)
  const arrivals = (events: readonly DomainEvent[]): Arrival[] =>
    events.flatMap((event) => {
      if (event.type !== 'request.registered') return []
      const { request: number, occurredAt: at, building = '', category = '' } = event
      const resource = categories.get(registry.categoryById(category)?.key ?? 0)
      if (resource === undefined) return []
      const key = registry.buildingById(building)?.key ?? 0
      return [{ number, at, receivedAt: at, resource, building: key, apartment: -keyOf(number) }]
    })
  return { registry, keyOf, quiet: arrivals(told), arrivals }
}

describe('a flood of calls', () => {
  test.each([
    ['over 1,200 houses within a minute', HOUSES],
    ['from one house', 1],
    ['from a block of thirty', 30],
  ])('%s costs each of them a bounded look around', (_, houses) => {
    const { registry, quiet, keyOf } = city(HOUSES)
    const detector = createDetector(registry, local)
    for (const arrival of quiet) detector.take(arrival)
    const before = detector.examined()
    let most = 0
    for (let n = 0; n < CALLS; n++) {
      const at = NOON + Math.floor((n * MINUTE) / CALLS)
      const examined = detector.examined()
      detector.take({
        ...{ number: `flood-${n}`, at, receivedAt: at, resource: quiet[0]?.resource ?? 0 },
        ...{ building: keyOf(`building:more-${(n * 7) % houses}`), apartment: -1_000_000 - n },
      })
      most = Math.max(most, detector.examined() - examined)
    }
    expect((detector.examined() - before) / CALLS).toBeLessThan(300)
    expect(most).toBeLessThan(CALLS + 4000)
    expect(detector.suspicions()).not.toEqual([])
  })

  test('that goes on for an hour is looked at again in each minute', () => {
    const { registry, quiet, keyOf } = city(1)
    const detector = createDetector(registry, local)
    for (const arrival of quiet) detector.take(arrival)
    for (let n = 0; n < 1800; n++) {
      const at = NOON + n * 2000
      detector.take({
        ...{ number: `long-${n}`, at, receivedAt: at, resource: quiet[0]?.resource ?? 0 },
        ...{ building: keyOf('building:more-0'), apartment: -1_000_000 - n },
      })
    }
    const [suspicion] = detector.suspicions()
    const last = Math.max(...[...(suspicion?.calls.values() ?? [])].map(({ at }) => at))
    expect(last).toBeGreaterThan(NOON + 58 * MINUTE)
  })
})

describe('a receipt that runs ahead of the wall clock', () => {
  test('moves nothing: the corner that goes cold after it is seen as ever', () => {
    const seen = (strays: readonly Partial<Arrival>[]) => {
      const { registry, quiet, arrivals } = city()
      let wall = NOON - 400 * 24 * 60 * MINUTE
      const detector = createDetector(registry, local, () => wall)
      const take = (arrival: Arrival) => {
        wall = arrival.at
        detector.take(arrival)
      }
      for (const arrival of quiet) take(arrival)
      const [first] = arrivals(coldCorner())
      if (first) for (const stray of strays) detector.take({ ...first, ...stray })
      for (const arrival of arrivals(coldCorner())) take(arrival)
      return detector.suspicions().map(({ id, raisedAt }) => [id, raisedAt])
    }
    expect(seen([])).toEqual([['heating:1-4', NOON + 7 * MINUTE]])
    const stray = { number: 'stray', building: 0, receivedAt: NOON + 20 * 24 * 60 * MINUTE }
    expect(seen([stray])).toEqual(seen([]))
  })
})

test('what is announced later about days gone by changes no threshold of the days before', () => {
  const DAY = 24 * 60 * MINUTE
  const days = [6, 4]
  /** Four neighbours on two days: something, and short of what is beyond doubt. */
  const stirred = days.flatMap((day) =>
    coldCorner(NOON - day * DAY)
      .slice(0, 4)
      .map((call) => ({ ...call, request: `${day}-${call.id}` }) as DomainEvent),
  )
  const thresholdWhen = (recordedAt: number) => {
    const { registry, quiet, arrivals } = city()
    const detector = createDetector(registry, local)
    for (const [seq, day] of days.entries())
      detector.tell({
        ...{ id: `s:${day}`, source: 's', type: 'outage.declared', outage: `s:${day}`, seq },
        ...{ occurredAt: recordedAt, recordedAt, startsAt: NOON - day * DAY, planned: false },
        ...{ resource: 'lift', buildings: ['b-59'] },
      } as unknown as Parameters<typeof detector.tell>[0])
    const calls = [...quiet, ...arrivals(stirred), ...arrivals(coldCorner())]
    for (const arrival of calls.sort((a, b) => a.at - b.at)) detector.take(arrival)
    return detector.threshold()
  }
  const unannounced = thresholdWhen(Number.POSITIVE_INFINITY)
  expect(thresholdWhen(NOON + DAY)).toBe(unannounced)
  expect(thresholdWhen(NOON - 3 * DAY)).toBeLessThan(unannounced)
})

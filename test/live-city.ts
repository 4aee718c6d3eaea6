import type { Topic } from '#server/contract/live.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Board, BoardChange, Counts, Dimension, PublicEvent } from '#server/live/board.ts'

/** Houses 1 to 4 in two districts, answered for by two organizations: enough for every topic to miss something. */
const HOUSES = [
  { key: 1, id: 'b-1', district: 11, organization: 21 },
  { key: 2, id: 'b-2', district: 11, organization: 22 },
  { key: 3, id: 'b-3', district: 12, organization: 22 },
  { key: 4, id: 'b-4', district: 12, organization: 21 },
]
export const TOPICS: readonly Topic[] = [
  ...(['city', 'district:d-11', 'district:d-12'] as const),
  ...(['organization:o-21', 'organization:o-22', 'building:b-3'] as const),
]
const SCOPES: readonly Dimension[] = ['building', 'organization', 'district']

/** A city of four houses in memory, where requests only come in: what each topic has to hear can be counted by hand. */
export function liveCity() {
  const listeners = new Set<(change: BoardChange) => void>()
  const events: PublicEvent[] = []
  let revision = 1
  const placeOf = (key: number) => {
    const known = HOUSES.find((house) => house.key === key)
    if (!known) throw new Error(`there is no house ${key}`)
    return { building: key, organization: known.organization, district: known.district }
  }
  const counted = (of: readonly PublicEvent[]): Counts => ({
    ...{ open: of.length, overdue: 0, emergency: 0, emergencyOverdue: 0 },
  })
  const by = (dimension: Dimension) =>
    new Map(
      [...new Set(events.map((event) => event[dimension]))].map((key) => [
        key,
        counted(events.filter((event) => event[dimension] === key)),
      ]),
    )
  const isAbout = (event: PublicEvent, topic: Topic) =>
    topic === 'city' ||
    topic === `district:d-${event.district}` ||
    topic === `organization:o-${event.organization}` ||
    topic === `building:b-${event.building}`
  const board: Board = {
    revision: () => revision,
    totals: () => counted(events),
    byBuilding: () => by('building'),
    byOrganization: () => by('organization'),
    byDistrict: () => by('district'),
    byCategory: () => new Map(),
    open: () => [],
    registeredToday: () => 0,
    events: () => events.toReversed().slice(0, 200),
    sources: () => new Map(),
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const house = (id: string) => HOUSES.find((one) => one.id === id)
  const keyed = (id: string, letter: string) =>
    HOUSES.some(
      ({ district, organization }) =>
        id === `${letter}-${letter === 'd' ? district : organization}`,
    )
      ? { key: Number(id.slice(2)), id }
      : undefined
  const registry = {
    building: (key: number) => {
      const known = HOUSES.find((one) => one.key === key)
      return known && { ...known, tenures: [{ ...known, start: 0, end: null }] }
    },
    buildingById: house,
    organization: (key: number) => ({ key, id: `o-${key}`, name: `o-${key}` }),
    organizationById: (id: string) => keyed(id, 'o'),
    district: (key: number) => ({ key, id: `d-${key}` }),
    districtById: (id: string) => keyed(id, 'd'),
    category: () => undefined,
  } as unknown as Registry
  return {
    board,
    registry,
    /** Requests come in at these houses. */
    report(houses: readonly number[]) {
      const touched = {
        building: new Set<number>(),
        organization: new Set<number>(),
        district: new Set<number>(),
      }
      const fresh = houses.map((key): PublicEvent => {
        const place = placeOf(key)
        for (const scope of SCOPES) touched[scope].add(place[scope])
        const seq = events.length + 1
        const event = {
          ...{ seq, type: 'request.registered', request: `r-${seq}`, category: 1, priority: 0 },
          ...{ occurredAt: seq, recordedAt: seq, tookS: null },
          ...place,
        }
        events.push(event)
        return event
      })
      revision++
      for (const listener of listeners)
        listener({ revision, touched, registry: false, events: fresh.toReversed() })
    },
    /** Numbers of what happened to a topic, oldest first. */
    happened: (topic: Topic) => events.filter((one) => isAbout(one, topic)).map(({ seq }) => seq),
    counts: (topic: Topic) =>
      new Map(
        [...by('building')]
          .filter(([key]) => isAbout({ ...placeOf(key) } as PublicEvent, topic))
          .map(([key, { open }]) => [key, open]),
      ),
  }
}

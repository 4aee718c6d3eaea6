import type { Resource, Words } from '#server/contract/vocabulary.ts'
import { isWithin, outlineOf } from '#server/outages/area.ts'
import type { DeclaredOutage } from '#server/outages/declared.ts'
import type { Place } from '#server/outages/places.ts'
import { SCANNED } from '#server/outages/resources.ts'
import { endsAt, housesOf, type Suspicion } from '#server/outages/suspicions.ts'
import type { Context } from '#server/trpc.ts'

/** Houses named in an answer; of more only the number is told. */
const NAMED = 300

export interface OutageHouse {
  id: string
  /** Key of the house on the map. */
  key: number
  address: Words
}

/** What the calls say, at their strongest. */
export interface OutageCalls {
  apartments: number
  /** Numbers of the requests, oldest first. */
  requests: string[]
  lastAt: number
  evidence: {
    apartments: number
    expected: number
    windowMin: number
    radiusKm: number
    ratio: number
    /** Ratio from which it was a signal on that day. */
    at: number
  }
}

/** An outage, announced or suspected. A suspicion that somebody announced is told with the announcement, once. */
export interface OutageLine {
  id: string
  state: 'ahead' | 'in_force' | 'suspected' | 'dismissed' | 'ended'
  resource: Resource
  /** null = nobody announced it. */
  announced: {
    planned: boolean
    promised: number | null
    /** Times the promise was changed. */
    revised: number
    cause: string | null
    organization: { id: string; name: string } | null
    source: string
  } | null
  since: number
  /** When the calls first said so; null = they never did. */
  raisedAt: number | null
  endedAt: number | null
  place: { heatingPoint: string | null; address: Words | null; district: Words | null }
  /** Houses announced, or those that called. */
  houses: OutageHouse[]
  count: number
  /** Within the outline of the calls and silent so far. */
  silent: OutageHouse[]
  apartments: number
  /** Ids of the districts of its houses. */
  districts: string[]
  calls: OutageCalls | null
  outline: [number, number][] | null
  suspicion: string | null
  dismissed: { at: number; reason: string } | null
}

export type Asked = Pick<Context, 'registry' | 'outages' | 'now'>

export function announcedLine(
  context: Asked,
  outage: DeclaredOutage,
  suspicions: readonly Suspicion[],
  now: number,
): OutageLine {
  const { registry, outages } = context
  const { id, resource, startsAt, endedAt } = outage
  const buildings = outage.buildings.flatMap((one) => registry.buildingById(one) ?? [])
  const places = buildings.flatMap(({ key }) => outages.place(key) ?? [])
  const last = outage.promises.at(-1)
  const organization =
    outage.organization === null ? undefined : registry.organizationById(outage.organization)
  const [first] = suspicions
  return {
    id,
    state: endedAt !== null && endedAt <= now ? 'ended' : startsAt > now ? 'ahead' : 'in_force',
    resource,
    announced: {
      planned: outage.planned,
      promised: last?.endsAt ?? null,
      revised: outage.promises.length - 1,
      cause: outage.cause,
      organization: organization ? { id: organization.id, name: organization.name } : null,
      source: outage.source,
    },
    since: startsAt,
    raisedAt: first?.raisedAt ?? null,
    endedAt,
    place: placeOf(context, resource, places),
    houses: buildings.slice(0, NAMED).map(houseLine),
    count: outage.buildings.length,
    silent: [],
    apartments: apartmentsIn(places),
    districts: districtsOf(context, places),
    calls: first ? callsOf(first) : null,
    outline: outlineOf(places),
    suspicion: first?.id ?? outage.suspicion,
    dismissed: null,
  }
}

export function suspectedLine(context: Asked, suspicion: Suspicion, now: number): OutageLine {
  const { outages, registry } = context
  const resource = SCANNED[suspicion.resource] ?? 'heating'
  const places = housesOf(suspicion.calls.values())
  const outline = outlineOf(places)
  const called = new Set(places.map(({ key }) => key))
  const silent = outline
    ? outages.places().filter((place) => !called.has(place.key) && isWithin(outline, place))
    : []
  const named = (all: readonly Place[]) =>
    all.slice(0, NAMED).flatMap(({ key }) => {
      const building = registry.building(key)
      return building ? [houseLine(building)] : []
    })
  const told = outages.dismissal(suspicion.id)
  const over = endsAt(suspicion)
  return {
    id: suspicion.id,
    state: told ? 'dismissed' : over <= now ? 'ended' : 'suspected',
    resource,
    announced: null,
    since: suspicion.since,
    raisedAt: suspicion.raisedAt,
    endedAt: over <= now ? over : null,
    place: placeOf(context, resource, places),
    houses: named(places),
    count: places.length,
    silent: named(silent),
    apartments: apartmentsIn(places),
    districts: districtsOf(context, places),
    calls: callsOf(suspicion),
    outline,
    suspicion: suspicion.id,
    dismissed: told ? { at: told.occurredAt, reason: told.reason } : null,
  }
}

function callsOf({ calls, strongest }: Suspicion): OutageCalls {
  const all = [...calls.values()].sort((a, b) => a.at - b.at || (a.number < b.number ? -1 : 1))
  const { apartments, expected, windowMin, radiusKm, ratio, at } = strongest
  return {
    apartments: new Set(all.map(({ apartment }) => apartment)).size,
    requests: all.map(({ number }) => number),
    lastAt: all.at(-1)?.at ?? at,
    evidence: { apartments, expected, windowMin, radiusKm, ratio, at },
  }
}

const houseLine = ({ id, key, address }: OutageHouse): OutageHouse => ({ id, key, address })
const apartmentsIn = (places: readonly Place[]) =>
  places.reduce((sum, { apartments }) => sum + apartments, 0)

export const districtsOf = ({ registry }: Pick<Asked, 'registry'>, places: readonly Place[]) => [
  ...new Set(
    places.flatMap(({ key }) => registry.district(registry.building(key)?.district ?? 0)?.id ?? []),
  ),
]

/** Where it is, in the words of a dispatcher: the heating point most of the houses hang on, else the house in the middle. */
export function placeOf(
  { registry }: Pick<Asked, 'registry'>,
  resource: Resource,
  places: readonly Place[],
): OutageLine['place'] {
  const buildings = places.flatMap(({ key }) => registry.building(key) ?? [])
  const heated = resource === 'heating' || resource === 'hot_water'
  const point = heated ? most(buildings.map(({ heatingPoint }) => heatingPoint)) : null
  const middle = {
    lon: places.reduce((sum, { lon }) => sum + lon, 0) / Math.max(1, places.length),
    lat: places.reduce((sum, { lat }) => sum + lat, 0) / Math.max(1, places.length),
  }
  const away = ({ lon, lat }: Place) => Math.hypot((lon - middle.lon) * 0.65, lat - middle.lat)
  const central = places.reduce<Place | undefined>(
    (best, place) => (best && away(best) <= away(place) ? best : place),
    undefined,
  )
  const district = most(buildings.map(({ district: key }) => key))
  return {
    heatingPoint: point,
    address: (central && registry.building(central.key)?.address) ?? null,
    district: district === null ? null : (registry.district(district)?.name ?? null),
  }
}

/** What most of them have; null where fewer than six in ten agree. */
function most<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  return best && best[1] >= 0.6 * values.length ? best[0] : null
}

import type { Resource } from '#server/contract/vocabulary.ts'
import { localClock, mondayOf } from '#server/domain/local-time.ts'
import { createHeld } from '#server/judgement/held.ts'
import { isoOf } from '#server/judgement/period.ts'
import { type FoundCluster, type Study, studyOf } from '#server/outages/clusters.ts'
import { TOLD_DAYS } from '#server/outages/history.ts'
import { SCANNED } from '#server/outages/resources.ts'
import type { Context } from '#server/trpc.ts'
import { districtsOf, type OutageLine, placeOf } from './line.ts'

/** Houses that an address may name; of more the rows of their districts are opened. */
const NAMED = 150

/** Calls that crowded in a place for some days: to be looked at, no outage by itself. */
export interface ClusterLine {
  resource: Resource
  /** Local days since 1970-01-01, half-open. */
  from: number
  to: number
  place: OutageLine['place']
  houses: number
  /** Flats that called, once a day each. */
  observed: number
  expected: number
  /** So many of 1,000 months, this one among them, have as strong a cluster somewhere by chance. */
  ofThousand: number
  /** Somebody announced an outage of it there and then, or the calls raised a suspicion; null = it cannot be said (any more). */
  known: 'announced' | 'suspected' | 'none' | null
  /** The filter of its rows: of the houses that called; second calls of a flat are among them and not counted. */
  rows: {
    from: string
    to: string
    category: string[]
    building?: string[]
    district?: string[]
  }
  point: [lon: number, lat: number] | null
}

export interface Clusters extends Pick<Study, 'from' | 'to' | 'calls'> {
  /** false = the history is still being read, and nobody knows yet what was suspected. */
  ready: boolean
  lines: ClusterLine[]
}

type Asked = Pick<Context, 'engine' | 'registry' | 'outages' | 'city' | 'now'>

const held = createHeld<Study>(1)

/** Clusters of the four weeks up to the last Monday; reckoned once a week, whoever asks first. */
export async function clusters(context: Asked): Promise<Clusters> {
  const { engine, city, now } = context
  const to = mondayOf(localClock(city.zone)(now()).day)
  const study = await held(engine, `${to}`, () => studyOf(context, to))
  return {
    ...{ from: study.from, to: study.to, calls: study.calls },
    ready: context.outages.ready(),
    lines: study.clusters.map((found) => clusterLine(context, found)),
  }
}

function clusterLine(context: Asked, found: FoundCluster): ClusterLine {
  const { registry, outages } = context
  const resource = SCANNED[found.resource] ?? 'heating'
  const places = found.houses.flatMap((key) => outages.place(key) ?? [])
  const buildings = found.houses.flatMap((key) => registry.building(key)?.id ?? [])
  const [first] = places
  return {
    ...{ resource, from: found.from, to: found.to },
    place: placeOf(context, resource, places),
    houses: found.houses.length,
    ...{ observed: found.observed, expected: found.expected },
    ofThousand: Math.round(1000 * found.p),
    known: knownAs(context, found),
    rows: {
      ...{ from: isoOf(found.from), to: isoOf(found.to) },
      category: found.categories,
      ...(buildings.length <= NAMED
        ? { building: buildings }
        : { district: districtsOf(context, places) }),
    },
    point: first ? [first.lon, first.lat] : null,
  }
}

/** Of the same resource, on one of its days, with one of its houses. */
function knownAs(context: Asked, found: FoundCluster): ClusterLine['known'] {
  const { registry, outages, city, now } = context
  const local = localClock(city.zone)
  const isThen = (start: number, end: number) =>
    local(start).day < found.to && local(end).day >= found.from
  const houses = new Set(found.houses)
  const announced = outages
    .declared()
    .some(
      ({ resource, startsAt, endedAt, buildings }) =>
        resource === SCANNED[found.resource] &&
        isThen(startsAt, endedAt ?? now()) &&
        buildings.some((id) => houses.has(registry.buildingById(id)?.key ?? 0)),
    )
  if (announced) return 'announced'
  const suspected = outages
    .suspicions()
    .some(
      ({ id, resource, since, calls }) =>
        resource === found.resource &&
        !outages.dismissal(id) &&
        [...calls.values()].some(({ at, place }) => isThen(since, at) && houses.has(place.key)),
    )
  if (suspected) return 'suspected'
  const isRemembered = found.from > local(now()).day - TOLD_DAYS
  return outages.ready() && isRemembered ? 'none' : null
}

import type { Resource, Words } from '#server/contract/vocabulary.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import { outlineOf } from '#server/outages/area.ts'
import type { DeclaredOutage } from '#server/outages/declared.ts'
import type { Context } from '#server/trpc.ts'

/** An announced outage whose time, as it was or as it was known, touches the interval. */
export interface OutageThen {
  id: string
  resource: Resource
  planned: boolean
  houses: number
  district: Words | null
  /** Ids of the districts of its houses. */
  districts: string[]
  outline: [number, number][] | null
  /** Half-open, UTC epoch milliseconds; null = still, or never by that clock. */
  was: { from: number; to: number | null } | null
  known: { from: number; to: number | null } | null
}

/** Announced outages in force in [at, to], by both clocks. */
export function outagesThen(
  { outages, registry }: Pick<Context, 'outages' | 'registry'>,
  { at, to, by }: { at: number; to: number; by?: number | undefined },
): OutageThen[] {
  return outages
    .declared()
    .map((outage): OutageThen => {
      const { id, resource, planned, buildings } = outage
      const houses = buildings.flatMap((house) => registry.buildingById(house) ?? [])
      return {
        ...{ id, resource, planned, houses: buildings.length },
        ...withinDistricts(registry, houses),
        outline: outlineOf(houses.flatMap(({ key }) => outages.place(key) ?? [])),
        was: touching({ from: outage.startsAt, to: outage.endedAt }, at, to),
        known: touching(knownOf(outage, by), at, to),
      }
    })
    .filter(({ was, known }) => was !== null || known !== null)
    .sort((a, b) => beganOf(a) - beganOf(b) || (a.id < b.id ? -1 : 1))
}

/** Ids of the districts of these houses, and the name of the district where it is one. */
export function withinDistricts(registry: Registry, houses: readonly Pick<Building, 'district'>[]) {
  const districts = [...new Set(houses.map(({ district }) => district))].flatMap(
    (key) => registry.district(key) ?? [],
  )
  const [only, ...others] = districts
  return {
    district: only && others.length === 0 ? only.name : null,
    districts: districts.map(({ id }) => id),
  }
}

const beganOf = ({ was, known }: OutageThen) => was?.from ?? known?.from ?? 0

type Time = { from: number; to: number | null }

function knownOf(
  { startsAt, endedAt, declaredHeardAt, endedHeardAt }: DeclaredOutage,
  by: number | undefined,
): Time | null {
  if (by !== undefined) {
    if (declaredHeardAt > by) return null
    return { from: startsAt, to: endedHeardAt !== null && endedHeardAt <= by ? endedAt : null }
  }
  return {
    from: Math.max(startsAt, declaredHeardAt),
    to: endedAt === null || endedHeardAt === null ? null : Math.max(endedAt, endedHeardAt),
  }
}

const touching = (time: Time | null, at: number, until: number): Time | null =>
  time && time.from <= until && (time.to === null || time.to > at) ? time : null

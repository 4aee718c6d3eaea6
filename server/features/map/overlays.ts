import type { Clocks } from '#server/contract/registry-search.ts'
import { answeringBy, goneAt } from '#server/domain/answering.ts'
import { instantsOf } from '#server/domain/clocks.ts'
import { flagEvents, standings } from '#server/judgement/flag-book.ts'
import { minuteOf } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Asked = Pick<Context, 'registry' | 'log' | 'judging' | 'now'>
type Then = Pick<Context, 'registry' | 'city' | 'now'>

/** Houses of organizations of whom a flag stands. */
export interface FlagsOnMap {
  houses: { building: number; level: 'watch' | 'inspect' }[]
  organizations: { id: string; name: string; level: 'watch' | 'inspect'; houses: number }[]
}

export function flagsOnMap({ registry, log, judging, now }: Asked): FlagsOnMap {
  const levels = new Map<string, 'watch' | 'inspect'>()
  for (const [flag, { inspect }] of standings(flagEvents(log), judging.policies)) {
    const organization = flag.slice(flag.indexOf('.') + 1)
    if (inspect || !levels.has(organization))
      levels.set(organization, inspect ? 'inspect' : 'watch')
  }
  const houses = housesNow({ registry, now }).flatMap(({ building, organization }) => {
    const id = registry.organization(organization)?.id
    const level = id === undefined ? undefined : levels.get(id)
    return level && id !== undefined ? [{ building, level, organization: id }] : []
  })
  return {
    houses: houses.map(({ building, level }) => ({ building, level })),
    organizations: [...levels]
      .flatMap(([id, level]) => {
        const name = registry.organizationById(id)?.name
        const count = houses.filter(({ organization }) => organization === id).length
        return name === undefined ? [] : [{ id, name, level, houses: count }]
      })
      .sort((a, b) =>
        a.level === b.level ? (a.name < b.name ? -1 : 1) : a.level === 'inspect' ? -1 : 1,
      ),
  }
}

/** Organizations that answered for houses, by both clocks, those with most first: whose territory the map can show. */
export function holdersOnMap(context: Then, clocks: Clocks) {
  const { registry } = context
  const houses = new Map<number, number>()
  for (const { organization } of housesAt(context, clocks))
    houses.set(organization, (houses.get(organization) ?? 0) + 1)
  return [...houses]
    .flatMap(([key, count]) => {
      const organization = registry.organization(key)
      return organization ? [{ id: organization.id, name: organization.name, houses: count }] : []
    })
    .sort((a, b) => b.houses - a.houses || (a.name < b.name ? -1 : 1))
}

/** Keys of the houses that an organization answered for, by both clocks. */
export function territoryOnMap(context: Then, id: string, clocks: Clocks) {
  const organization = context.registry.organizationById(id)
  if (!organization)
    throw new Refusal('NOT_FOUND', `no organization "${id}" is known; choose one of the list`)
  return {
    id,
    name: organization.name,
    houses: housesAt(context, clocks).flatMap((house) =>
      house.organization === organization.key ? [house.building] : [],
    ),
  }
}

function housesAt(context: Then, clocks: Clocks) {
  const { registry, now, city } = context
  if (clocks.asOf === undefined && clocks.knownAt === undefined) return housesNow(context)
  const instants = instantsOf(clocks, now(), city.zone)
  const answering = answeringBy(registry, instants)
  return [...registry.buildings()].flatMap((building) => {
    const id = answering(building)?.organization
    const holder = id && registry.organizationById(id)
    return !holder || goneAt(registry, building, instants) !== false
      ? []
      : [{ building: building.key, organization: holder.key }]
  })
}

function housesNow({ registry, now }: Pick<Context, 'registry' | 'now'>) {
  const minute = minuteOf(now())
  return [...registry.buildings()].flatMap(({ key, gone, tenures }) => {
    const holder = tenures.find(
      ({ start, end }) => start <= minute && (end === null || minute < end),
    )
    return gone || !holder?.organization
      ? []
      : [{ building: key, organization: holder.organization }]
  })
}

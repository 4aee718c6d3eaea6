import type { CityEvent, Recorded, RegistryEvent } from '#server/contract/events.ts'
import type {
  Building,
  Category,
  District,
  Organization,
  Registry,
  Tenure,
} from '#server/domain/registry.ts'
import { describe, emptyBuilding } from './passport.ts'

/** What a registry event may change about requests already projected. */
export type RegistryChange =
  /** Requests registered at the building from `from` on; their addresses too when the building is new. */
  { building: string; key: number; from: number } | { unknown: 'organization' | 'category' }

export interface MemoryRegistry extends Registry {
  /** `key` is the log's key of the event's stream. */
  apply(event: Recorded<RegistryEvent | CityEvent>, key: number): RegistryChange[]
}

type Told<T extends RegistryEvent['type']> = Extract<Recorded<RegistryEvent>, { type: T }>
interface House {
  building: Building
  registered: boolean
  districtRef: string | null
  /** Instant of the newest news about its being in the register. */
  saidAt: number
  tenures: Told<'tenure.changed'>[]
}

/** Books by key and by id; later news, by `occurredAt`, stand, and a field that is not told says nothing. */
export function memoryRegistry(): MemoryRegistry {
  const houses = new Map<number, House>()
  const buildings = book<Building>()
  const organizations = book<Organization>()
  const categories = book<Category>()
  const districts = book<District>()
  const toldAt = new Map<number, number>()
  const waiting = new Map<string, Set<House>>()
  let revision = 0

  /** Whether this news is not older than what is known; remembers its time if so. */
  const isNews = (key: number, at: number) => {
    if ((toldAt.get(key) ?? Number.NEGATIVE_INFINITY) > at) return false
    toldAt.set(key, at)
    return true
  }

  function houseOf(key: number, id: string): House {
    let house = houses.get(key)
    if (!house) {
      const building = emptyBuilding(key, id)
      house = {
        building,
        registered: false,
        districtRef: null,
        saidAt: Number.NEGATIVE_INFINITY,
        tenures: [],
      }
      houses.set(key, house)
    }
    return house
  }

  /** Sets the tenures of a house; it waits for the organizations that they name and nobody has registered. */
  function resolve(house: House) {
    house.building.tenures = intervals(house.tenures, (id) => organizations.byId.get(id)?.key)
    for (const { organizationRef } of house.building.tenures)
      if (organizationRef) waitFor(`organization:${organizationRef}`, house)
  }

  function waitFor(stream: string, house: House) {
    const others = waiting.get(stream) ?? new Set()
    waiting.set(stream, others.add(house))
  }

  function waitedFor(stream: string): Iterable<House> {
    const houses = waiting.get(stream) ?? []
    waiting.delete(stream)
    return houses
  }

  function registerBuilding(event: Told<'building.registered'>, key: number): RegistryChange[] {
    const house = houseOf(key, event.building)
    const before = house.registered ? placeOf(house.building) : undefined
    const news = isNews(key, event.occurredAt)
    describe(house.building, event, news)
    if (event.district && (news || house.districtRef === null)) {
      house.districtRef = event.district
      house.building.district = districts.byId.get(event.district)?.key ?? 0
      if (house.building.district === 0) waitFor(`district:${event.district}`, house)
    }
    if (event.occurredAt >= house.saidAt) {
      house.saidAt = event.occurredAt
      house.building.gone = false
    }
    house.registered = true
    buildings.set(house.building)
    if (before === placeOf(house.building)) return []
    return [{ building: event.building, key, from: Number.NEGATIVE_INFINITY }]
  }

  function removeBuilding(event: Told<'building.removed'>, key: number): RegistryChange[] {
    const house = houseOf(key, event.building)
    if (event.occurredAt < house.saidAt) return []
    house.saidAt = event.occurredAt
    house.building.gone = true
    return []
  }

  function changeTenure(event: Told<'tenure.changed'>, key: number): RegistryChange[] {
    const house = houseOf(key, event.building)
    house.tenures.push(event)
    house.tenures.sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq)
    resolve(house)
    return house.registered ? [{ building: event.building, key, from: event.occurredAt }] : []
  }

  function registerOrganization(
    event: Told<'organization.registered'>,
    key: number,
  ): RegistryChange[] {
    const known = organizations.byId.get(event.organization)
    const { organization: id, name, kind } = event
    if (isNews(key, event.occurredAt))
      organizations.set({ key, id, name, kind, phone: event.phone ?? known?.phone ?? null })
    if (known) return []
    const changes: RegistryChange[] = [{ unknown: 'organization' }]
    for (const house of waitedFor(`organization:${id}`)) {
      const held = house.building.tenures.find((tenure) => tenure.organizationRef === id)
      if (!held) continue
      resolve(house)
      const { key, id: building } = house.building
      changes.push({ building, key, from: held.start })
    }
    return changes
  }

  function registerDistrict(event: Told<'district.registered'>, key: number): RegistryChange[] {
    const known = districts.byId.get(event.district)
    const { district: id, name } = event
    if (isNews(key, event.occurredAt))
      districts.set({ key, id, name, outline: event.outline ?? known?.outline ?? null })
    if (known) return []
    const changes: RegistryChange[] = []
    for (const { building, districtRef } of waitedFor(`district:${id}`))
      if (districtRef === id) {
        building.district = key
        changes.push({ building: building.id, key: building.key, from: Number.NEGATIVE_INFINITY })
      }
    return changes
  }

  function apply(event: Recorded<RegistryEvent | CityEvent>, key: number): RegistryChange[] {
    revision++
    switch (event.type) {
      case 'building.registered':
        return registerBuilding(event, key)
      case 'building.removed':
        return removeBuilding(event, key)
      case 'tenure.changed':
        return changeTenure(event, key)
      case 'organization.registered':
        return registerOrganization(event, key)
      case 'category.registered': {
        const known = categories.byId.get(event.category)
        const { category: id, name } = event
        if (isNews(key, event.occurredAt))
          categories.set({ key, id, name, group: event.group ?? known?.group ?? null })
        return known ? [] : [{ unknown: 'category' }]
      }
      case 'district.registered':
        return registerDistrict(event, key)
      default:
        return []
    }
  }

  return {
    apply,
    revision: () => revision,
    building: (key) => buildings.byKey.get(key),
    buildingById: (id) => buildings.byId.get(id),
    buildings: () => buildings.byKey.values(),
    organization: (key) => organizations.byKey.get(key),
    organizationById: (id) => organizations.byId.get(id),
    organizations: () => organizations.byKey.values(),
    category: (key) => categories.byKey.get(key),
    categoryById: (id) => categories.byId.get(id),
    categories: () => categories.byKey.values(),
    district: (key) => districts.byKey.get(key),
    districtById: (id) => districts.byId.get(id),
    districts: () => districts.byKey.values(),
  }
}

/** What the rows of requests take from their building. */
const placeOf = ({ district, lon, lat }: Building) => `${district} ${lon} ${lat}`

function book<T extends { key: number; id: string }>() {
  const byKey = new Map<number, T>()
  const byId = new Map<string, T>()
  return {
    byKey,
    byId,
    set(entry: T) {
      byKey.set(entry.key, entry)
      byId.set(entry.id, entry)
    },
  }
}

/** Half-open intervals from changes in order; of several changes of one instant the last recorded stands. */
function intervals(
  changes: readonly Told<'tenure.changed'>[],
  keyOf: (id: string) => number | undefined,
): Tenure[] {
  const tenures: Tenure[] = []
  for (const [index, { occurredAt, organization, contract }] of changes.entries()) {
    const end = changes[index + 1]?.occurredAt ?? null
    if (end === occurredAt) continue
    const key = organization === null ? 0 : keyOf(organization)
    tenures.push({
      organization: key ?? 0,
      ...(key === undefined && organization !== null && { organizationRef: organization }),
      start: occurredAt,
      end,
      contract: contract ?? null,
    })
  }
  return tenures
}

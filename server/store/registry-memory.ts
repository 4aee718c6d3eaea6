import {
  type CityEvent,
  isRegistryEvent,
  type Recorded,
  type RegistryEvent,
} from '#server/contract/events.ts'
import { type AddressAnswer, createAddressIndex } from '#server/domain/address/address-index.ts'
import { isAboutCompany } from '#server/domain/addressees.ts'
import { companyHistory } from '#server/domain/company-history.ts'
import { ALL_KNOWN, type RegistryTold, standing } from '#server/domain/knowledge.ts'
import type {
  Building,
  Category,
  District,
  Organization,
  Registry,
  Tenure,
} from '#server/domain/registry.ts'
import {
  type Held,
  heldBy,
  type Merger,
  type Mergers,
  tenureOf,
  throughMergers,
} from '#server/domain/tenure.ts'
import { emptyBuilding, passportOf } from './passport.ts'
import { breath } from './projection.ts'
import { shownNames } from './registry-names.ts'

/** What a registry event may change about requests already projected. */
export type RegistryChange =
  /** Requests registered at the building from `from` on; where its address is new, requests that only say an address of such a house. */
  | { building: string; key: number; from: number; houses?: ReadonlySet<string> }
  /** Requests whose source names one of these organizations, registered from `from` on. */
  | { organizations: number[]; from: number }
  | { unknown: 'organization' | 'category' }
  /** Complaints of this category: they are about whoever answers from now on, or no longer. */
  | { complaintsOf: number }

export interface MemoryRegistry extends Registry {
  /** `key` is the log's key of the event's stream. An event that was applied before changes nothing. */
  apply(event: Recorded<RegistryEvent | CityEvent>, key: number): RegistryChange[]
  /** As `apply`, of a past whose requests are not projected yet, or all are: nobody asks what it changes. Addresses are taken apart when one is asked for. */
  recall(event: Recorded<RegistryEvent | CityEvent>, key: number): void
  /** Takes recalled addresses apart some at a time, before one who asks must wait for them all. */
  readAddresses(): Promise<void>
}

interface House {
  building: Building
  registered: boolean
  districtRef: string | null
  /** By contracts; who answers, mergers followed, is in the building. */
  held: Held[]
}

const ADDRESSES_AT_A_STRETCH = 200

/** Answers kept while no address changes. */
const REMEMBERED_ADDRESSES = 20_000

/** Books by key and by id. Each thing is a function of the set of its events, so their order does not matter. */
export function memoryRegistry(homes: readonly string[] = []): MemoryRegistry {
  const addresses = createAddressIndex(homes)
  /** Recalled, and not in the index yet. */
  const unread = new Map<number, readonly string[]>()
  const answers = new Map<string, AddressAnswer>()
  const houses = new Map<number, House>()
  const buildings = book<Building>()
  const organizations = book<Organization>()
  const categories = book<Category>()
  const districts = book<District>()
  const told = new Map<number, RegistryTold[]>()
  const ids = new Set<string>()
  const waiting = new Map<string, Set<House>>()
  /** Organizations with a merger among their events, and what stands of it: few, so that questions of the past stay cheap. */
  const merging = new Map<string, { key: number; now: Merger | undefined }>()
  let revision = 0

  const keyOf = (id: string) => organizations.byId.get(id)?.key
  const mergersNow: Mergers = (id) => merging.get(id)?.now

  function waitFor(stream: string, house: House) {
    const others = waiting.get(stream) ?? new Set()
    waiting.set(stream, others.add(house))
  }
  function waitedFor(stream: string): Iterable<House> {
    const found = waiting.get(stream) ?? []
    waiting.delete(stream)
    return found
  }

  /** Sets the tenures of a house; it waits for the organizations that they name and nobody has registered. Tells from when they differ. */
  function resolve(house: House): number | undefined {
    const before = house.building.tenures
    house.building.tenures = throughMergers(house.held, mergersNow).map((span) =>
      tenureOf(span, keyOf),
    )
    for (const { organizationRef } of house.building.tenures)
      if (organizationRef) waitFor(`organization:${organizationRef}`, house)
    return firstDifference(before, house.building.tenures)
  }

  function indexed() {
    for (const [key, writings] of unread) addresses.put(key, writings)
    unread.clear()
    return addresses
  }

  function changeBuilding(
    event: RegistryTold & { building: string },
    key: number,
    recalled: boolean,
  ): RegistryChange[] {
    const { building: id } = event
    const house = houses.get(key) ?? {
      building: emptyBuilding(key, id),
      registered: false,
      districtRef: null,
      held: [],
    }
    houses.set(key, house)
    const { building } = house
    const before = house.registered ? placeOf(building) : undefined
    const address = house.registered ? JSON.stringify(building.address) : undefined
    const all = told.get(key) ?? []
    const { events, corrected } = standing(all, ALL_KNOWN)
    const { passport, district, registered } = passportOf(events, corrected)
    Object.assign(building, passport)
    house.districtRef = district
    building.district = district === null ? 0 : (districts.byId.get(district)?.key ?? 0)
    if (district !== null && building.district === 0) waitFor(`district:${district}`, house)
    house.held = heldBy(events)
    const from = resolve(house)
    house.registered = registered
    if (!house.registered) return []
    buildings.set(building)
    const readdressed = address !== JSON.stringify(building.address)
    let addressed: ReadonlySet<string> | undefined
    if (readdressed) {
      const writings = Object.values(building.address).filter((text) => text !== undefined)
      if (recalled) unread.set(key, writings)
      else addressed = indexed().put(key, writings)
      answers.clear()
    }
    if (readdressed || before !== placeOf(building))
      return [
        {
          building: id,
          key,
          from: Number.NEGATIVE_INFINITY,
          ...(addressed && { houses: addressed }),
        },
      ]
    return from === undefined ? [] : [{ building: id, key, from }]
  }

  function changeOrganization(event: RegistryTold & { organization: string }, key: number) {
    const { organization: id } = event
    const changes: RegistryChange[] = []
    const { names, corrected, merger, phones } = companyHistory(told.get(key) ?? [], ALL_KNOWN)
    // An organization of which every registration was wrong keeps the name under which it is spoken of.
    const wrong = corrected.findLast(({ event }) => event.type === 'organization.registered')?.event
    const last = names.at(-1) ?? (wrong?.type === 'organization.registered' ? wrong : undefined)
    const known = organizations.byId.has(id)
    if (last)
      organizations.set({
        ...{ key, id, name: last.name, kind: last.kind },
        phone: phones[0]?.phone ?? null,
        mergedInto: merger && { id: merger.into, at: merger.at },
      })
    if (last && !known) {
      changes.push({ unknown: 'organization' })
      changes.push(...changedTenures(waitedFor(`organization:${id}`)))
    }
    const before = mergersNow(id)
    if (before?.into === merger?.into && before?.at === merger?.at) return changes
    const from = Math.min(before?.at ?? ALL_KNOWN, merger?.at ?? ALL_KNOWN)
    const affected = family(id, before?.into, merger?.into)
    merging.set(id, { key, now: merger ?? undefined })
    const organizationKeys = affected.flatMap((member) => keyOf(member) ?? [])
    changes.push(...changedTenures(houses.values()), { organizations: organizationKeys, from })
    // Requests of one whom nobody registered have no key to be found by; they wait under their mark.
    if (organizationKeys.length < affected.length) changes.push({ unknown: 'organization' })
    return changes
  }

  const changedTenures = (affected: Iterable<House>): RegistryChange[] =>
    [...affected].flatMap((house) => {
      const from = resolve(house)
      const { key, id: building } = house.building
      return from === undefined || !house.registered ? [] : [{ building, key, from }]
    })

  /** An organization, those that went into it, and those it went into. */
  function family(...members: (string | undefined)[]): string[] {
    const all = new Set(members.filter((id) => id !== undefined))
    for (const id of all) {
      const into = mergersNow(id)?.into
      if (into !== undefined) all.add(into)
      for (const other of merging.keys()) if (mergersNow(other)?.into === id) all.add(other)
    }
    return [...all]
  }

  function changeDistrict(key: number): RegistryChange[] {
    const events = standing(told.get(key) ?? [], ALL_KNOWN).events.filter(
      (event) => event.type === 'district.registered',
    )
    const last = events.at(-1)
    if (!last) return []
    const { district: id, name } = last
    const known = districts.byId.has(id)
    const outline = events.findLast((event) => event.outline !== undefined)?.outline ?? null
    districts.set({ key, id, name, outline })
    if (known) return []
    return [...waitedFor(`district:${id}`)].flatMap(({ building, districtRef }) => {
      if (districtRef !== id) return []
      building.district = key
      return [{ building: building.id, key: building.key, from: Number.NEGATIVE_INFINITY }]
    })
  }

  function changeCategory(key: number): RegistryChange[] {
    const events = standing(told.get(key) ?? [], ALL_KNOWN).events.filter(
      (event) => event.type === 'category.registered',
    )
    const last = events.at(-1)
    if (!last) return []
    const { category: id, name } = last
    const before = categories.byId.get(id)
    const group = events.findLast((event) => event.group !== undefined)?.group ?? null
    const about = events.findLast((event) => event.about !== undefined)?.about ?? null
    const now = { key, id, name, group, about }
    categories.set(now)
    if (!before) return [{ unknown: 'category' }]
    const turned = isAboutCompany('complaint', before) !== isAboutCompany('complaint', now)
    return turned ? [{ complaintsOf: key }] : []
  }

  function take(
    event: Recorded<RegistryEvent | CityEvent>,
    key: number,
    recalled: boolean,
  ): RegistryChange[] {
    revision++
    if (!isRegistryEvent(event) || ids.has(event.id)) return []
    ids.add(event.id)
    const events = told.get(key) ?? []
    told.set(key, events)
    events.push(shownNames(event))
    if ('building' in event) return changeBuilding(event, key, recalled)
    if ('organization' in event) return changeOrganization(event, key)
    return 'district' in event ? changeDistrict(key) : changeCategory(key)
  }

  return {
    apply: (event, key) => take(event, key, false),
    recall: (event, key) => void take(event, key, true),
    async readAddresses() {
      let count = 0
      for (const [key, writings] of unread) {
        addresses.put(key, writings)
        unread.delete(key)
        if (++count % ADDRESSES_AT_A_STRETCH === 0) await breath()
      }
    },
    revision: () => revision,
    building: (key) => buildings.byKey.get(key),
    buildingById: (id) => buildings.byId.get(id),
    addressed(text) {
      const known = answers.get(text)
      if (known) return known
      if (answers.size >= REMEMBERED_ADDRESSES) answers.clear()
      const answer = indexed().match(text)
      answers.set(text, answer)
      return answer
    },
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
    told: (key) => told.get(key) ?? [],
    mergers(knownAt) {
      if (knownAt === undefined) return mergersNow
      const known = new Map(
        Array.from(merging, ([id, { key }]) => [
          id,
          companyHistory(told.get(key) ?? [], knownAt).merger,
        ]),
      )
      return (id) => known.get(id) ?? undefined
    },
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

/** The first instant for which two histories differ in who answers, or in whether it was told ahead; undefined where they agree. */
function firstDifference(before: readonly Tenure[], after: readonly Tenure[]): number | undefined {
  const starts = [...before, ...after].map(({ start }) => start).sort((a, b) => a - b)
  const at = (tenures: readonly Tenure[], instant: number) => {
    const held = tenures.findLast(({ start }) => start <= instant)
    return held && `${held.organization} ${held.organizationRef ?? ''} ${held.ahead ?? ''}`
  }
  return starts.find((instant) => at(before, instant) !== at(after, instant))
}

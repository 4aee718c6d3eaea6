import {
  type BuildingOrder,
  type BuildingSort,
  type BuildingsFilter,
  buildingSortOf,
} from '#server/contract/buildings.ts'
import { inLanguage, LANGUAGES, type Language, type Words } from '#server/contract/vocabulary.ts'
import { apartmentsOf } from '#server/domain/apartments.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import { type JudgedBuildings, judgeBuildings } from '#server/judgement/buildings.ts'
import { tenureAt } from '#server/store/rows.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'board' | 'city' | 'now'>

export interface BuildingRow {
  id: string
  address: Words
  district: Words | null
  answersNow: { id: string; name: string; phone: string | null; since: number } | null
  year: number | null
  floors: number | null
  apartments: number | null
  open: number
  overdue: number
  emergency: number
  /** In the 365 days before the last midnight. */
  requestsYear: number
  /** The same per 100 apartments; null where neither apartments nor entrances are known. */
  per100: number | null
  /** The same drawn towards the city's rate by how little the building tells. */
  smoothed: number | null
  /** The register does not say how many apartments there are: entrances × 36. */
  apartmentsAssumed: boolean
  /** Of the judgement of buildings; null where nothing is expected of it. */
  expected: number | null
  /** Requests over expected. */
  ratio: number | null
  /** P(rate > 2 × expected). */
  chance: number | null
  heavy: boolean
  /** The last 90 days over those before, as the city's are; and the smaller of the chances of so much and of so little. */
  trend: { ratio: number | null; chance: number } | null
  /** P(so few) where its neighbours report as they do, or else by the expectation alone. */
  silence: number | null
  silent: boolean
  gone: boolean
  /** The building itself, for exports. */
  building: Building
}

export interface BuildingsInput {
  filter: BuildingsFilter
  order: BuildingOrder
  language: Language
}

/** Every building that the filter lets through, in order. */
export async function buildingRows(context: Asked, input: BuildingsInput): Promise<BuildingRow[]> {
  return inOrder(await buildingsWithin(context, input.filter), input, context.registry)
}

/** The same in no order, for counting. */
export async function buildingsWithin(
  context: Asked,
  filter: BuildingsFilter,
): Promise<BuildingRow[]> {
  const rows = rowsOf(context, await judgeBuildings(context))
  return rows.filter(through(context, filter))
}

interface Kept {
  registry: number
  board: number
  minute: number
  rows: BuildingRow[]
}
const kept = new WeakMap<JudgedBuildings, Kept>()

/** A row of every building: while nothing changes, whoever filters and orders them next takes the same ones. */
function rowsOf({ registry, board, now }: Asked, judged: JudgedBuildings): BuildingRow[] {
  const minute = minuteOf(now())
  const known = kept.get(judged)
  if (
    known?.registry === registry.revision() &&
    known.board === board.revision() &&
    known.minute === minute
  )
    return known.rows
  const standing = board.byBuilding(minute)
  const rows = Array.from(registry.buildings(), (building): BuildingRow => {
    const tenure = tenureAt(building, minute)
    const holder = tenure && registry.organization(tenure.organization)
    const { open = 0, overdue = 0, emergency = 0 } = standing.get(building.key) ?? {}
    return {
      id: building.id,
      address: building.address,
      district: registry.district(building.district)?.name ?? null,
      answersNow:
        tenure && holder
          ? { id: holder.id, name: holder.name, phone: holder.phone, since: tenure.start }
          : null,
      year: building.year,
      floors: building.floors,
      apartments: building.apartments,
      open,
      overdue,
      emergency,
      ...judgedOf(judged, building),
      gone: building.gone,
      building,
    }
  })
  kept.set(judged, {
    ...{ registry: registry.revision(), board: board.revision(), minute },
    rows,
  })
  return rows
}

function judgedOf({ of, counts }: JudgedBuildings, building: Building) {
  const one = of.get(building.key)
  const requestsYear = counts.of.get(building.key)?.requests ?? 0
  const apartments = apartmentsOf(building)
  return {
    requestsYear,
    per100: apartments ? (requestsYear / apartments.count) * 100 : null,
    smoothed: one ? one.smoothed * 100 : null,
    apartmentsAssumed: apartments?.assumed ?? false,
    expected: one?.expected ?? null,
    ratio: one && one.expected > 0 ? one.requests / one.expected : null,
    chance: one?.chance ?? null,
    heavy: one?.heavy ?? false,
    trend: one
      ? { ratio: one.trend.ratio, chance: Math.min(one.trend.rising, one.trend.falling) }
      : null,
    silence: one ? (one.fewChanceHere ?? one.fewChance) : null,
    silent: one?.silent ?? false,
  }
}

function through({ registry }: Asked, filter: BuildingsFilter) {
  const districts = new Set(filter.district.map((id) => registry.districtById(id)?.key ?? -1))
  const organizations = new Set(filter.organization)
  const parts = plain(filter.q ?? '')
    .split(' ')
    .filter(Boolean)
  return (row: BuildingRow) =>
    (filter.gone || !row.gone) &&
    (filter.only === undefined || row[filter.only]) &&
    (districts.size === 0 || districts.has(row.building.district)) &&
    (organizations.size === 0 || organizations.has(row.answersNow?.id ?? '')) &&
    (parts.length === 0 || isAt(row.building, parts))
}

const plain = (text: string) =>
  text
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replaceAll(/[.,\s]+/g, ' ')
    .trim()
/** Each part begins a word of the address in some language, or is the building's id. */
const isAt = ({ id, address }: Building, parts: readonly string[]) => {
  const words = ` ${plain(LANGUAGES.map((language) => address[language] ?? '').join(' '))} ${plain(id)}`
  return parts.every((part) => words.includes(` ${part}`))
}

/** What rows are ordered by; names by their place in the order of the language. */
const VALUES: Record<BuildingSort, (row: BuildingRow, places: Places) => number | null> = {
  address: (row, { address }) => address.get(row.building.key) ?? null,
  district: (row, { district }) => district.get(row.building.district) ?? null,
  answersNow: (row, { organization }) => organization.get(row.answersNow?.id ?? '') ?? null,
  year: (row) => row.year,
  floors: (row) => row.floors,
  apartments: (row) => row.apartments,
  open: (row) => row.open,
  overdue: (row) => row.overdue,
  emergency: (row) => row.emergency,
  requestsYear: (row) => row.requestsYear,
  per100: (row) => row.per100,
  ratio: (row) => row.ratio,
  // As it is shown, so that those alike are ordered by their trend.
  chance: (row) => (row.chance === null ? null : Math.round(row.chance * 1000) / 1000),
  trend: (row) => row.trend?.ratio ?? null,
  silence: (row) => row.silence,
}

/**
 * What has no value comes last; among equals of chance the one that grows most surely; then the one with more open requests, then more
 * in the year, then the address.
 */
function inOrder(
  rows: readonly BuildingRow[],
  { order, language }: BuildingsInput,
  registry: Registry,
): BuildingRow[] {
  const { sort, descending } = buildingSortOf(order)
  const places = placesIn(registry, language)
  const value = VALUES[sort]
  const way = descending ? -1 : 1
  return rows
    .map((row) => ({
      row,
      value: value(row, places),
      at: places.address.get(row.building.key) ?? 0,
    }))
    .sort((a, b) => {
      if (a.value !== b.value) {
        if (a.value === null || b.value === null) return a.value === null ? 1 : -1
        return way * (a.value - b.value)
      }
      const surer = sort === 'chance' ? growing(a.row) - growing(b.row) : 0
      return (
        surer || b.row.open - a.row.open || b.row.requestsYear - a.row.requestsYear || a.at - b.at
      )
    })
    .map(({ row }) => row)
}

/** The smaller, the surer it grows. */
const growing = ({ trend }: BuildingRow) =>
  trend === null ? 1 : (trend.ratio ?? 1) >= 1 ? trend.chance : 1 - trend.chance

/** Places of names in the order of a language; no two are equal. */
interface Places {
  address: ReadonlyMap<number, number>
  district: ReadonlyMap<number, number>
  organization: ReadonlyMap<string, number>
}
const known = new WeakMap<Registry, { revision: number; places: Map<Language, Places> }>()

/** Ordering forty thousand addresses takes longer than everything else here, so it is done once for each revision of the registry. */
function placesIn(registry: Registry, language: Language): Places {
  let memory = known.get(registry)
  if (memory?.revision !== registry.revision()) {
    memory = { revision: registry.revision(), places: new Map() }
    known.set(registry, memory)
  }
  let places = memory.places.get(language)
  if (!places) {
    const { compare } = new Intl.Collator(language, { numeric: true })
    const placed = <Key extends number | string>(names: [key: Key, name: string][]) =>
      new Map(
        names
          .sort((a, b) => compare(a[1], b[1]) || (a[0] < b[0] ? -1 : 1))
          .map(([key], place) => [key, place]),
      )
    places = {
      address: placed(
        Array.from(registry.buildings(), ({ key, address }) => [
          key,
          inLanguage(address, language),
        ]),
      ),
      district: placed(
        Array.from(registry.districts(), ({ key, name }) => [key, inLanguage(name, language)]),
      ),
      organization: placed(Array.from(registry.organizations(), ({ id, name }) => [id, name])),
    }
    memory.places.set(language, places)
  }
  return places
}

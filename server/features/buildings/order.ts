import {
  type BuildingOrder,
  type BuildingSort,
  buildingSortOf,
} from '#server/contract/buildings.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { BuildingRow } from './row.ts'

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
export function inOrder(
  rows: readonly BuildingRow[],
  { order, language }: { order: BuildingOrder; language: Language },
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

import {
  type BuildingOrder,
  type BuildingSort,
  type BuildingsFilter,
  buildingSortOf,
} from '#server/contract/buildings.ts'
import { inLanguage, LANGUAGES, type Language, type Words } from '#server/contract/vocabulary.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Building } from '#server/domain/registry.ts'
import { ask } from '#server/store/ask.ts'
import { tenureAt } from '#server/store/rows.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { YEAR_OF_ALL } from './queries.ts'
import { yearTo } from './year.ts'

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
  requestsYear: number
  /** Requests of the year per 100 apartments; null where these are not known. */
  per100: number | null
  gone: boolean
  /** The building itself, for exports. */
  building: Building
}

export interface BuildingsInput {
  filter: BuildingsFilter
  order: BuildingOrder
  language: Language
}

/** Every building that the filter lets through, in order; ties by address, then by key. */
export async function buildingRows(context: Asked, input: BuildingsInput): Promise<BuildingRow[]> {
  const { engine, registry, board, city } = context
  const now = minuteOf(context.now())
  const counts = await ask(engine, YEAR_OF_ALL, { ...yearTo(localClock(city.zone)(now).day) })
  const year = new Map(counts.map((row) => [row.building, row.requests]))
  const standing = board.byBuilding(now)
  const lets = through(context, input.filter, now)
  const rows: BuildingRow[] = []
  for (const building of registry.buildings()) {
    if (!lets(building)) continue
    const tenure = tenureAt(building, now)
    const holder = tenure && registry.organization(tenure.organization)
    const { open = 0, overdue = 0, emergency = 0 } = standing.get(building.key) ?? {}
    const requestsYear = year.get(building.key) ?? 0
    const { apartments } = building
    rows.push({
      id: building.id,
      address: building.address,
      district: registry.district(building.district)?.name ?? null,
      answersNow:
        tenure && holder
          ? { id: holder.id, name: holder.name, phone: holder.phone, since: tenure.start }
          : null,
      year: building.year,
      floors: building.floors,
      apartments,
      open,
      overdue,
      emergency,
      requestsYear,
      per100: apartments ? (requestsYear / apartments) * 100 : null,
      gone: building.gone,
      building,
    })
  }
  return inOrder(rows, input)
}

function through({ registry }: Asked, filter: BuildingsFilter, now: number) {
  const districts = new Set(filter.district.map((id) => registry.districtById(id)?.key ?? -1))
  const organizations = new Set(
    filter.organization.map((id) => registry.organizationById(id)?.key ?? -1),
  )
  const parts = plain(filter.q ?? '')
    .split(' ')
    .filter(Boolean)
  return (building: Building) =>
    (filter.gone || !building.gone) &&
    (districts.size === 0 || districts.has(building.district)) &&
    (organizations.size === 0 || organizations.has(tenureAt(building, now)?.organization ?? 0)) &&
    (parts.length === 0 || isAt(building, parts))
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

const VALUES: Record<
  BuildingSort,
  (row: BuildingRow, language: Language) => string | number | null
> = {
  address: (row, language) => inLanguage(row.address, language),
  district: (row, language) => (row.district ? inLanguage(row.district, language) : null),
  answersNow: (row) => row.answersNow?.name ?? null,
  year: (row) => row.year,
  floors: (row) => row.floors,
  apartments: (row) => row.apartments,
  open: (row) => row.open,
  overdue: (row) => row.overdue,
  emergency: (row) => row.emergency,
  requestsYear: (row) => row.requestsYear,
  per100: (row) => row.per100,
}

function inOrder(rows: readonly BuildingRow[], { order, language }: BuildingsInput): BuildingRow[] {
  const { sort, descending } = buildingSortOf(order)
  const value = VALUES[sort]
  const { compare } = new Intl.Collator(language, { numeric: true })
  const way = descending ? -1 : 1
  const keyed = rows.map((row) => ({ row, value: value(row, language) }))
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null) || tie(a.row, b.row)
    const first =
      typeof a.value === 'number' ? a.value - Number(b.value) : compare(a.value, String(b.value))
    return way * first || tie(a.row, b.row)
  })
  /** Among equals the one with more open requests, then the address. */
  function tie(a: BuildingRow, b: BuildingRow) {
    return (
      b.open - a.open ||
      b.requestsYear - a.requestsYear ||
      compare(inLanguage(a.address, language), inLanguage(b.address, language)) ||
      a.building.key - b.building.key
    )
  }
  return keyed.map(({ row }) => row)
}

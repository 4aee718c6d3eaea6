import type { BuildingOrder, BuildingsFilter } from '#server/contract/buildings.ts'
import { LANGUAGES, type Language } from '#server/contract/vocabulary.ts'
import { apartmentsOf } from '#server/domain/apartments.ts'
import type { Building } from '#server/domain/registry.ts'
import { type JudgedBuildings, judgeBuildings } from '#server/judgement/buildings.ts'
import { tenureAt } from '#server/store/rows.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { inOrder } from './order.ts'
import type { BuildingRow } from './row.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'board' | 'city' | 'now'>

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

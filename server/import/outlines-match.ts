import { holds, partsOf } from '#server/domain/footprint.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import { clean, cut, idOf } from './fields.ts'
import { areaOf, type Ring } from './outlines-shape.ts'

/** What a feature says of its building beside the shape. */
export interface Described {
  /** Of the register, by the property that carries it. */
  buildingId: string | null
  /** By which the feature itself is known in its file. */
  featureId: string
  address: string | null
  name: { ru?: string; kk?: string }
  floors: number | null
}
export type How = 'id' | 'address' | 'point'
export interface Match {
  building: Building
  how: How
  /** The outline holds the building's point. */
  around: boolean
}

const BUILDING_IDS = ['building_id', 'house_id', 'buildingId', 'houseId']
const FEATURE_IDS = ['osm_id', '@id', 'id', 'fid', 'gid', 'cadastral_number']
const ADDRESSES = ['address', 'addr:full', 'full_address', 'адрес']
const STREETS = ['addr:street', 'street', 'улица']
const HOUSES = ['addr:housenumber', 'housenumber', 'house', 'дом']
const LEVELS = ['building:levels', 'levels', 'floors']

export function describe(
  properties: Readonly<Record<string, unknown>>,
  given: unknown,
  rings: readonly Ring[],
  idProperty: string | undefined,
): Described {
  const text = (names: readonly string[]) => {
    for (const name of names) {
      const value = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (typeof value !== 'string' && typeof value !== 'number') continue
      const found = cut(clean(String(value)), 200)
      if (found !== '') return found
    }
    return null
  }
  const street = text(STREETS)
  const house = text(HOUSES)
  const called = typeof given === 'string' || typeof given === 'number' ? clean(String(given)) : ''
  const own = called || text(FEATURE_IDS)
  const levels = Number(text(LEVELS) ?? Number.NaN)
  const names = { ru: text(['name:ru', 'name_ru', 'name']), kk: text(['name:kk', 'name_kk']) }
  return {
    buildingId: text(idProperty === undefined ? BUILDING_IDS : [idProperty]) ?? (called || null),
    featureId: idOf(own ?? JSON.stringify(rings), 100),
    address: text(ADDRESSES) ?? (street && house ? `${street}, ${house}` : null),
    name: { ...(names.ru && { ru: names.ru }), ...(names.kk && { kk: names.kk }) },
    floors: Number.isInteger(levels) && levels >= 1 && levels <= 300 ? levels : null,
  }
}

/** The id of a building that exists because its outline does. */
export const ownId = ({ featureId }: Described) => `outline:${featureId}`

/** Finds the building of the register that an outline is of: by its id, by its address, else by the one point it holds. */
export function createMatcher(registry: Registry) {
  const points = pointGrid(registry)
  return (described: Described, rings: readonly Ring[]): Match | { fault: string } | null => {
    const inside = points.within(rings)
    const found = (building: Building, how: How) => ({
      building,
      how,
      around: inside.includes(building),
    })
    for (const id of [described.buildingId, ownId(described)]) {
      const building = id === null ? undefined : registry.buildingById(id)
      if (building && !building.gone) return found(building, 'id')
    }
    const named =
      described.address === null ? null : registry.addressed(described.address).found?.building
    const building = named == null ? undefined : registry.building(named)
    if (building && !building.gone) return found(building, 'address')
    const [only, ...others] = inside
    if (others.length > 0)
      return {
        fault: `holds the points of ${inside.length} buildings (${inside
          .slice(0, 3)
          .map(({ id }) => id)
          .join(', ')}); give the id of its own`,
      }
    return only ? found(only, 'point') : null
  }
}

/** Degrees; some hundred metres. */
const CELL = 0.002

function pointGrid(registry: Registry) {
  const grid = new Map<string, Building[]>()
  for (const building of registry.buildings()) {
    if (building.gone || building.lon === null || building.lat === null) continue
    const name = `${Math.floor(building.lon / CELL)}:${Math.floor(building.lat / CELL)}`
    const known = grid.get(name)
    if (known) known.push(building)
    else grid.set(name, [building])
  }
  return {
    within(rings: readonly Ring[]): Building[] {
      if (grid.size === 0) return []
      return partsOf(rings).flatMap(([outer = [], ...holes]) => {
        const [lons, lats] = [outer.map(([lon]) => lon), outer.map(([, lat]) => lat)]
        const found: Building[] = []
        const last = (values: number[]) => Math.floor(Math.max(...values) / CELL)
        const first = (values: number[]) => Math.floor(Math.min(...values) / CELL)
        for (let column = first(lons); column <= last(lons); column++)
          for (let row = first(lats); row <= last(lats); row++)
            for (const building of grid.get(`${column}:${row}`) ?? []) {
              const at: [number, number] = [building.lon ?? 0, building.lat ?? 0]
              if (holds(outer, at) && !holes.some((hole) => holds(hole, at))) found.push(building)
            }
        return found
      })
    },
  }
}

/** The middle of the largest ring. */
export function middleOf(rings: readonly Ring[]): [number, number] {
  const largest = rings.toSorted((a, b) => areaOf(b) - areaOf(a))[0] ?? []
  const corners = largest.slice(1)
  const mean = (values: number[]) =>
    Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 1e7) / 1e7
  return [mean(corners.map(([lon]) => lon)), mean(corners.map(([, lat]) => lat))]
}

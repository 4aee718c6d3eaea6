import type { Building, Registry } from '#server/domain/registry.ts'

export interface Place {
  key: number
  lon: number
  lat: number
  apartments: number
}

export interface Places {
  at(key: number): Place | undefined
  all(): readonly Place[]
  /** Houses within so many kilometres of a place, itself included, with how far they are. */
  near(place: Place, km: number, see: (place: Place, km: number) => void): void
}

const KM_OF_DEGREE = 111.195
const CELL_KM = 0.5
/** Apartments of a house of which the register says nothing: by its entrances, else of a small one. */
const PER_ENTRANCE = 36
const UNKNOWN = 40

/** Kilometres between two places of one city, on the plane that touches it there. */
export function kmBetween(
  a: Pick<Place, 'lon' | 'lat'>,
  b: Pick<Place, 'lon' | 'lat'>,
  narrowing = Math.cos((a.lat * Math.PI) / 180),
): number {
  return KM_OF_DEGREE * Math.hypot((a.lon - b.lon) * narrowing, a.lat - b.lat)
}

const apartmentsOf = ({ apartments, entrances }: Building) =>
  apartments ?? (entrances ? entrances * PER_ENTRANCE : UNKNOWN)

/** Houses on a grid, as the register has them when it is asked; those without a position are nowhere near. */
export function placesOf(registry: Registry): () => Places {
  let revision = -1
  let places: Places
  return () => {
    if (registry.revision() !== revision) {
      revision = registry.revision()
      places = gridOf(registry.buildings())
    }
    return places
  }
}

function gridOf(buildings: Iterable<Building>): Places {
  const byKey = new Map<number, Place>()
  for (const building of buildings) {
    const { key, lon, lat } = building
    if (lon !== null && lat !== null)
      byKey.set(key, { key, lon, lat, apartments: apartmentsOf(building) })
  }
  const all = [...byKey.values()]
  const narrowing = Math.cos(((all[0]?.lat ?? 0) * Math.PI) / 180)
  const row = (lat: number) => Math.floor((lat * KM_OF_DEGREE) / CELL_KM)
  const column = (lon: number) => Math.floor((lon * KM_OF_DEGREE * narrowing) / CELL_KM)
  const cells = new Map<number, Place[]>()
  const cell = (y: number, x: number) => y * 131_072 + x
  for (const place of all) {
    const at = cell(row(place.lat), column(place.lon))
    const cellmates = cells.get(at)
    if (cellmates) cellmates.push(place)
    else cells.set(at, [place])
  }
  return {
    at: (key) => byKey.get(key),
    all: () => all,
    near(place, km, see) {
      const reach = Math.ceil(km / CELL_KM)
      const [y, x] = [row(place.lat), column(place.lon)]
      const own = Math.cos((place.lat * Math.PI) / 180)
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++)
          for (const other of cells.get(cell(y + dy, x + dx)) ?? []) {
            const away = kmBetween(place, other, own)
            if (away <= km) see(other, away)
          }
    },
  }
}

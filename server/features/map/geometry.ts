import type { BuildingNames, Geometry } from '#server/contract/geometry.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import type { Building, Registry } from '#server/domain/registry.ts'

const MICRO = 1e6
/** Share of buildings on each side that may lie outside the bounds: geocoders put some on other continents. */
const STRAY = 0.005

const byKey = (a: Building, b: Building) => a.key - b.key
const present = (registry: Registry) =>
  [...registry.buildings()].filter((building) => !building.gone).sort(byKey)

export function geometryOf(registry: Registry, base: boolean): Geometry {
  const all = present(registry)
  const geometry: Geometry = {
    bounds: null,
    keys: [],
    lon: [],
    lat: [],
    district: [],
    apartments: [],
    outline: [],
    districts: [...registry.districts()]
      .map(({ key, id, name, outline }) => ({ key, id, name, outline }))
      .sort((a, b) => a.key - b.key),
    base,
    unplaced: 0,
  }
  const lons: number[] = []
  const lats: number[] = []
  let [lastX, lastY] = [0, 0]
  for (const building of all) {
    const centre = centreOf(building)
    if (!centre) {
      geometry.unplaced++
      continue
    }
    const [x, y] = [micro(centre[0]), micro(centre[1])]
    geometry.keys.push(building.key)
    geometry.lon.push(x - lastX)
    geometry.lat.push(y - lastY)
    geometry.district.push(building.district)
    geometry.apartments.push(building.apartments ?? 0)
    geometry.outline.push(packed(building.outline ?? [], x, y))
    lastX = x
    lastY = y
    lons.push(centre[0])
    lats.push(centre[1])
  }
  geometry.bounds = boundsOf(lons, lats)
  return geometry
}

export function namesOf(registry: Registry, language: Language): BuildingNames {
  const all = present(registry)
  return {
    keys: all.map(({ key }) => key),
    ids: all.map(({ id }) => id),
    addresses: all.map(({ address }) => inLanguage(address, language)),
    district: all.map(({ district }) => district),
    apartments: all.map(({ apartments }) => apartments ?? 0),
  }
}

const micro = (degrees: number) => Math.round(degrees * MICRO)

/** The position of the register, else the middle of the footprint. Zero by zero is what sources write for "unknown". */
function centreOf({ lon, lat, outline }: Building): [number, number] | null {
  if (lon !== null && lat !== null && (lon !== 0 || lat !== 0)) return [lon, lat]
  const [outer] = outline ?? []
  if (!outer || outer.length === 0) return null
  const sum = outer.reduce(([x, y], corner) => [x + corner[0], y + corner[1]] as const, [0, 0])
  return [sum[0] / outer.length, sum[1] / outer.length]
}

function packed(rings: readonly (readonly [number, number][])[], centreX: number, centreY: number) {
  const numbers: number[] = []
  for (const ring of rings) {
    const [first] = ring
    const last = ring.at(-1)
    // A closed ring repeats its first corner; the reader closes it again.
    const closed = first && last && ring.length > 1 && first[0] === last[0] && first[1] === last[1]
    const corners = closed ? ring.slice(0, -1) : ring
    numbers.push(corners.length)
    let [x, y] = [centreX, centreY]
    for (const [lon, lat] of corners) {
      numbers.push(micro(lon) - x, micro(lat) - y)
      x = micro(lon)
      y = micro(lat)
    }
  }
  return numbers
}

function boundsOf(lons: number[], lats: number[]): Geometry['bounds'] {
  if (lons.length === 0) return null
  const [west, east] = middle(lons)
  const [south, north] = middle(lats)
  return [west, south, east, north]
}

function middle(values: number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b)
  const cut = Math.floor(sorted.length * STRAY)
  return [sorted[cut] ?? 0, sorted[sorted.length - 1 - cut] ?? 0]
}

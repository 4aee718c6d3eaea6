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
    outlined: [],
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
    geometry.outlined.push(isOutlined(building) ? 1 : 0)
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

/** Footprints as GeoJSON; the id of a feature is the key of its building. */
export function outlinesOf(registry: Registry): string {
  const features = present(registry).flatMap(({ key, outline }) => {
    const rings = (outline ?? []).filter((ring) => ring.length > 2)
    if (rings.length === 0) return []
    const coordinates = rings.map((ring) =>
      closed(ring).map(([lon, lat]) => [short(lon), short(lat)]),
    )
    return [
      { type: 'Feature', id: key, properties: null, geometry: { type: 'Polygon', coordinates } },
    ]
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}

/** A point for each building that has a place; `bare`: it has no footprint. */
export function pointsOf(registry: Registry): string {
  const features = present(registry).flatMap((building) => {
    const centre = centreOf(building)
    if (!centre) return []
    return [
      {
        type: 'Feature',
        id: building.key,
        properties: isOutlined(building) ? null : { bare: true },
        geometry: { type: 'Point', coordinates: centre.map(short) },
      },
    ]
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}

const micro = (degrees: number) => Math.round(degrees * MICRO)
const short = (degrees: number) => micro(degrees) / MICRO
const isOutlined = ({ outline }: Building) => (outline ?? []).some((ring) => ring.length > 2)

function closed(ring: readonly [number, number][]) {
  const [first] = ring
  const last = ring.at(-1)
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring
}

/** The position of the register, else the middle of the footprint. Zero by zero is what sources write for "unknown". */
function centreOf({ lon, lat, outline }: Building): [number, number] | null {
  if (lon !== null && lat !== null && (lon !== 0 || lat !== 0)) return [lon, lat]
  const [outer] = outline ?? []
  if (!outer || outer.length === 0) return null
  const sum = outer.reduce(([x, y], corner) => [x + corner[0], y + corner[1]] as const, [0, 0])
  return [sum[0] / outer.length, sum[1] / outer.length]
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

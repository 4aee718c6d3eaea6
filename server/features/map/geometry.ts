import type { BuildingNames, Geometry } from '#server/contract/geometry.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import { centreOf, isOutlined, present } from './places.ts'

const MICRO = 1e6
/** Share of buildings on each side that may lie outside the bounds: geocoders put some on other continents. */
const STRAY = 0.005

export function geometryOf(
  registry: Registry,
  given: Pick<Geometry, 'base' | 'tiles' | 'ground' | 'credits'>,
): Geometry {
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
    unplaced: 0,
    ...given,
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

const micro = (degrees: number) => Math.round(degrees * MICRO)
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

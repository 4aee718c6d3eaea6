import type { BaseMap, Geometry } from '#server/contract/geometry.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import { type Features, feature } from './geometry.ts'

/** The base map in one language. */
export interface Base extends Features<unknown> {
  attribution?: string | undefined
}

type Ring = readonly (readonly [number, number])[]

/** Names in one language; the name of a water stands on a point of its own, where it has most room in the city. */
export function baseIn(
  language: Language,
  { attribution, features }: BaseMap,
  bounds: Geometry['bounds'],
): Base {
  return {
    type: 'FeatureCollection',
    attribution,
    features: features.flatMap(
      ({ geometry, properties: { name, ...rest } }, id): Base['features'] => {
        if (!name) return [feature(id, geometry, rest)]
        const words = inLanguage(name, language)
        if (rest.kind !== 'water' || geometry.type !== 'Polygon')
          return [feature(id, geometry, { ...rest, name: words })]
        const place = widest(geometry.coordinates[0] ?? [], bounds)
        return [
          feature(id, geometry, rest),
          ...(place
            ? [
                feature(
                  id,
                  { type: 'Point', coordinates: place },
                  { kind: 'water-name', name: words },
                ),
              ]
            : []),
        ]
      },
    ),
  }
}

const CUTS = 48
/** Half the length of a name, as a share of the shape's. */
const HALF = 0.035

/** A point inside the shape around which a word has most room, above and below, over its whole length. */
export function widest(ring: Ring, bounds: Geometry['bounds']): [number, number] | null {
  const xs = ring.map(([x]) => x)
  const west = Math.max(Math.min(...xs), bounds?.[0] ?? -180)
  const east = Math.min(Math.max(...xs), bounds?.[2] ?? 180)
  if (west >= east) return null
  const half = (east - west) * HALF
  let best: { at: [number, number]; room: number } | null = null
  // The outer quarters are left out: a name at the edge of the map is cut off.
  for (let cut = CUTS / 4; cut <= (3 * CUTS) / 4; cut++) {
    const x = west + ((east - west) * (cut + 0.5)) / (CUTS + 1)
    const crossings = crossed(ring, x)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const y = ((crossings[i] ?? 0) + (crossings[i + 1] ?? 0)) / 2
      const room = Math.min(...[x - half, x, x + half].map((at) => roomAt(crossed(ring, at), y)))
      if (!best || room > best.room) best = { at: [x, y], room }
    }
  }
  return best?.at ?? null
}

/** Distance from a latitude to the nearest bank along a meridian; 0 on land. */
function roomAt(crossings: readonly number[], y: number): number {
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [south = 0, north = 0] = crossings.slice(i, i + 2)
    if (y > south && y < north) return Math.min(y - south, north - y)
  }
  return 0
}

/** Latitudes at which the ring crosses a meridian, from the south. */
function crossed(ring: Ring, x: number): number[] {
  return ring
    .flatMap(([x2, y2], i) => {
      const [x1, y1] = ring.at(i - 1) ?? [x2, y2]
      return x1 < x !== x2 < x ? [y1 + ((y2 - y1) * (x - x1)) / (x2 - x1)] : []
    })
    .sort((a, b) => a - b)
}

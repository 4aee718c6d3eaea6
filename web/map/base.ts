import type { BaseMap } from '#server/contract/geometry.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import { type Features, feature } from './geometry.ts'

/** The base map in one language. */
export interface Base extends Features<unknown> {
  attribution?: string | undefined
}

type Ring = readonly (readonly [number, number])[]

/** Names in one language; the name of a water stands on a point of its own, where the water is widest. */
export function baseIn(language: Language, { attribution, features }: BaseMap): Base {
  return {
    type: 'FeatureCollection',
    attribution,
    features: features.flatMap(
      ({ geometry, properties: { name, ...rest } }, id): Base['features'] => {
        if (!name) return [feature(id, geometry, rest)]
        const words = inLanguage(name, language)
        if (rest.kind !== 'water' || geometry.type !== 'Polygon')
          return [feature(id, geometry, { ...rest, name: words })]
        const place = widest(geometry.coordinates[0] ?? [])
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

const CUTS = 24

/** The middle of the longest of a few cuts from south to north: inside the shape, whatever its shape. */
export function widest(ring: Ring): [number, number] | null {
  const xs = ring.map(([x]) => x)
  const [west, east] = [Math.min(...xs), Math.max(...xs)]
  let best: { at: [number, number]; length: number } | null = null
  // The outer quarters are left out: a name at the edge of the map is cut off.
  for (let cut = CUTS / 4; cut <= (3 * CUTS) / 4; cut++) {
    const x = west + ((east - west) * (cut + 0.5)) / (CUTS + 1)
    const crossings = crossed(ring, x)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [south = 0, north = 0] = crossings.slice(i, i + 2)
      if (!best || north - south > best.length)
        best = { at: [x, (south + north) / 2], length: north - south }
    }
  }
  return best?.at ?? null
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

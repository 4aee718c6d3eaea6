import type { BaseMap } from '#server/contract/geometry.ts'
import { lineOnEarth, lonLat, ringOnEarth } from './earth.ts'
import type { Place } from './place.ts'

type Feature = BaseMap['features'][number]

/** `basemap.json` of the data folder: water, streets, rails and the heat plant, of which no event speaks. Rank 1 = avenue, 3 = street. */
export function basemapOf({ plan, streets }: Place): BaseMap {
  const feature = (properties: Feature['properties'], geometry: Feature['geometry']): Feature => ({
    type: 'Feature',
    properties,
    geometry,
  })
  return {
    type: 'FeatureCollection',
    features: [
      feature(
        { kind: 'water', name: plan.river.name },
        { type: 'Polygon', coordinates: [ringOnEarth(plan.river.ring)] },
      ),
      ...streets.map(({ name, main, line }) =>
        feature(
          { kind: 'road', rank: main ? 1 : 3, name },
          { type: 'LineString', coordinates: lineOnEarth(line) },
        ),
      ),
      feature(
        { kind: 'rail', name: plan.rail.name },
        { type: 'LineString', coordinates: lineOnEarth(plan.rail.line) },
      ),
      ...plan.plant.rings.map((ring) =>
        feature(
          { kind: 'landmark', rank: 1 },
          { type: 'Polygon', coordinates: [ringOnEarth(ring)] },
        ),
      ),
      feature(
        { kind: 'landmark', name: plan.plant.name, rank: 1 },
        { type: 'Point', coordinates: lonLat(plan.plant.label) },
      ),
    ],
  }
}

import { type Features, feature } from './geometry.ts'

/** Points with an id and what is to be drawn at them. */
export const placed = <P extends { id: number; lon: number; lat: number }>(
  all: readonly P[],
  properties: (place: P) => Record<string, unknown>,
): Features<unknown> => ({
  type: 'FeatureCollection',
  features: all.map((place) =>
    feature(place.id, { type: 'Point', coordinates: [place.lon, place.lat] }, properties(place)),
  ),
})

/** A shape on a building; each kind has an image of its name. */
export interface Mark {
  key: number
  kind: 'watch' | 'inspect' | 'silent'
}

import type { Badge } from './drawing.ts'
import { type City, type Features, feature, standingIn } from './geometry.ts'

/** A shape on a building; each kind has an image of its name. */
export interface Mark {
  key: number
  kind: 'watch' | 'inspect' | 'silent'
}

export const markFeatures = (city: City, marks: readonly Mark[]): Features<unknown> => ({
  type: 'FeatureCollection',
  features: standingIn(city, marks).map(({ key, lon, lat, kind }) =>
    feature(key, { type: 'Point', coordinates: [lon, lat] }, { kind }),
  ),
})

export const badgeFeatures = (badges: readonly Badge[]): Features<unknown> => ({
  type: 'FeatureCollection',
  features: badges.map(({ id, lon, lat, text }) =>
    feature(id, { type: 'Point', coordinates: [lon, lat] }, { text }),
  ),
})

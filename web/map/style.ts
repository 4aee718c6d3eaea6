import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { areaLayers } from './areas.ts'
import { buildings, cells } from './building-layers.ts'
import { FONT_FACES } from './fonts.ts'
import { type City, districtOutlines, type Features } from './geometry.ts'
import { ground, words } from './ground-layers.ts'
import type { Look } from './look.ts'
import { signals } from './signal-layers.ts'

export const NOTHING: Features<never> = { type: 'FeatureCollection', features: [] }

/** From the ground up; the same look gives the same layers. */
export function cityLayers(look: Look): LayerSpecification[] {
  return [
    ...ground(look),
    ...buildings(look),
    ...cells(look),
    ...areaLayers(look),
    ...words(look),
    ...signals(look),
  ]
}

// Our features carry any shape; MapLibre reads them in its worker.
const geojson = (data: Features<unknown>): SourceSpecification => ({
  type: 'geojson',
  data: data as never,
})

/** Shapes of buildings are fetched and read by the map's worker; the page never holds them. */
export const cityStyle = (
  city: City,
  base: Features<unknown> | null,
  look: Look,
): StyleSpecification => ({
  version: 8,
  'font-faces': FONT_FACES,
  sources: {
    base: geojson(base ?? NOTHING),
    districts: geojson(districtOutlines(city)),
    outlines: { type: 'geojson', data: '/map/outlines' },
    points: { type: 'geojson', data: '/map/points' },
    cells: geojson(NOTHING),
    'district-labels': geojson(NOTHING),
    areas: geojson(NOTHING),
    pulses: geojson(NOTHING),
    badges: geojson(NOTHING),
  },
  layers: cityLayers(look),
})

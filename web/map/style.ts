import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { areaLayers } from './areas.ts'
import { buildings, hexagonLayers, overlays } from './building-layers.ts'
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
    ...hexagonLayers(look),
    ...overlays(look),
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

/** Zooms of which the server makes tiles, and which the map asks for: what lies beyond is enlarged, or not shown. */
const FIRST_ZOOM = 5
const LAST_ZOOM = 14

/** MapLibre's worker wants a whole address. */
export const tilesOf = ({ tiles }: Pick<City, 'tiles'>) => `${location.origin}${tiles}`

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
    buildings: {
      type: 'vector',
      tiles: [tilesOf(city)],
      minzoom: Math.max(FIRST_ZOOM, Math.floor(look.hexagonsBelow)),
      maxzoom: LAST_ZOOM,
    },
    hexagons: geojson(NOTHING),
    marks: geojson(NOTHING),
    'district-labels': geojson(NOTHING),
    areas: geojson(NOTHING),
    pulses: geojson(NOTHING),
    badges: geojson(NOTHING),
  },
  layers: cityLayers(look),
})

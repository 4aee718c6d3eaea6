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
export const geojson = (data: Features<unknown>): SourceSpecification => ({
  type: 'geojson',
  data: data as never,
})

/** Those of one source, each with those above it, the nearest first. */
export const layersOn = (source: string, all: readonly LayerSpecification[]) =>
  all.flatMap((layer, i) =>
    'source' in layer && layer.source === source ? [{ layer, above: all.slice(i + 1) }] : [],
  )

/** Zooms of which the server makes tiles, and which the map asks for: what lies beyond is enlarged, or not shown. */
const FIRST_ZOOM = 5
const LAST_ZOOM = 14

/** MapLibre's worker wants a whole address. */
export const tilesOf = ({ tiles }: Pick<City, 'tiles'>) => `${location.origin}${tiles}`

/**
 * Shapes of buildings are fetched and read by the map's worker; the page never holds them. Of other sources those that hold
 * something: tiles are asked for of an empty one too.
 */
export function cityStyle(city: City, base: Features<unknown>, look: Look): StyleSpecification {
  const filled = Object.entries({ base, districts: districtOutlines(city) }).filter(
    ([, { features }]) => features.length > 0,
  )
  const sources: StyleSpecification['sources'] = {
    ...Object.fromEntries(filled.map(([name, data]) => [name, geojson(data)])),
    buildings: {
      type: 'vector',
      tiles: [tilesOf(city)],
      minzoom: Math.max(FIRST_ZOOM, Math.floor(look.hexagonsBelow)),
      maxzoom: LAST_ZOOM,
    },
    hexagons: geojson(NOTHING),
  }
  return {
    version: 8,
    'font-faces': FONT_FACES,
    sources,
    layers: cityLayers(look).filter((layer) => !('source' in layer) || layer.source in sources),
  }
}

import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Palette } from '#web/ui/theme.ts'
import { IMAGES, imageOf } from './images.ts'

/** The layers come from code that tests check against the specification. */
const UNCHECKED = { validate: false }

/** Gives layers that are on the map their colours and sizes anew. */
export function repaint(map: MapLibre, layers: readonly LayerSpecification[]) {
  for (const layer of layers) {
    if (!map.getLayer(layer.id)) continue
    // Object.entries forgets which properties a layer may have.
    for (const [property, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, property as 'fill-color', value, UNCHECKED)
    for (const [property, value] of Object.entries(layer.layout ?? {}))
      map.setLayoutProperty(layer.id, property as 'visibility', value, UNCHECKED)
  }
}

export function putImages(map: MapLibre, palette: Palette) {
  for (const name of IMAGES) {
    const image = imageOf(name, palette)
    if (map.hasImage(name)) map.updateImage(name, image)
    else map.addImage(name, image, { pixelRatio: 2 })
  }
}

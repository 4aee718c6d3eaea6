import type { LayerSpecification } from 'maplibre-gl'
import { MAP_FONT } from './fonts.ts'
import type { Look } from './look.ts'

/** Numbers that stand on the map. */
export function signals({ palette, scale }: Look): LayerSpecification[] {
  return [
    {
      id: 'badge',
      type: 'symbol',
      source: 'badges',
      layout: {
        'text-field': ['get', 'text'],
        'text-font': [MAP_FONT],
        'text-size': 26 * scale,
        'text-allow-overlap': true,
        'text-anchor': 'left',
        'text-offset': [0.6, 0],
      },
      paint: {
        'text-color': palette['worse-text'],
        'text-halo-color': palette['map-land'],
        'text-halo-width': 4 * scale,
      },
    },
  ]
}

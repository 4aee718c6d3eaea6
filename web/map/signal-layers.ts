import type { LayerSpecification } from 'maplibre-gl'
import { MAP_FONT } from './fonts.ts'
import type { Look } from './look.ts'

/** Requests that have just arrived, and numbers that stand on the map. */
export function signals({ palette, scale }: Look): LayerSpecification[] {
  const ring = (id: string, radius: number, opacity: number): LayerSpecification => ({
    id,
    type: 'circle',
    source: 'pulses',
    paint: {
      'circle-radius': radius * scale,
      'circle-color': palette.ink,
      'circle-opacity': 0,
      'circle-stroke-color': palette.ink,
      'circle-stroke-width': (radius > 10 ? 1 : 1.75) * scale,
      'circle-stroke-opacity': ['*', opacity, ['get', 'strength']],
    },
  })
  return [
    ring('pulse-far', 18, 0.5),
    ring('pulse-near', 10, 1),
    {
      id: 'pulse',
      type: 'circle',
      source: 'pulses',
      paint: {
        'circle-radius': 3.5 * scale,
        'circle-color': palette.ink,
        'circle-opacity': ['get', 'strength'],
      },
    },
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

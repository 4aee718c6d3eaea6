import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from 'maplibre-gl'
import { MAP_FONT } from './fonts.ts'
import type { Look } from './look.ts'

type Size = DataDrivenPropertyValueSpecification<number>

/** What lies under the buildings. */
export function ground({ palette, scale }: Look): LayerSpecification[] {
  const kind = (name: string): ExpressionSpecification => ['==', ['get', 'kind'], name]
  const width = (at12: number, at16: number): Size => [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    12,
    ['/', at12, ['coalesce', ['get', 'rank'], 2]],
    16,
    ['/', at16, ['coalesce', ['get', 'rank'], 2]],
  ]
  return [
    { id: 'land', type: 'background', paint: { 'background-color': palette['map-land'] } },
    {
      id: 'park',
      type: 'fill',
      source: 'base',
      filter: kind('park'),
      paint: { 'fill-color': palette['surface-2'], 'fill-opacity': 0.6 },
    },
    {
      id: 'district-line',
      type: 'line',
      source: 'districts',
      paint: {
        'line-color': palette.hairline,
        'line-width': 1.5 * scale,
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'base',
      filter: kind('water'),
      paint: { 'fill-color': palette['map-water'] },
    },
    {
      id: 'road',
      type: 'line',
      source: 'base',
      filter: kind('road'),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette['map-road'], 'line-width': width(3, 22) },
    },
    {
      id: 'rail',
      type: 'line',
      source: 'base',
      filter: kind('rail'),
      paint: { 'line-color': palette['volume-3'], 'line-width': 3 * scale },
    },
    {
      id: 'rail-sleepers',
      type: 'line',
      source: 'base',
      filter: kind('rail'),
      paint: {
        'line-color': palette['map-land'],
        'line-width': 1.4 * scale,
        'line-dasharray': [5, 5],
      },
    },
    {
      id: 'landmark-shape',
      type: 'fill',
      source: 'base',
      minzoom: 13,
      filter: ['all', kind('landmark'), ['==', ['geometry-type'], 'Polygon']],
      paint: { 'fill-color': palette['volume-4'] },
    },
  ]
}

/** On a desk, where all districts share a small picture; a wall is read from five metres. */
const smallerFromAfar = (size: number): Size => [
  'interpolate',
  ['linear'],
  ['zoom'],
  10,
  size * 0.78,
  12.5,
  size,
]

/** Names, above everything that has one. */
export function words({ palette, scale, labels }: Look): LayerSpecification[] {
  if (labels === 'none') return []
  const halo = { 'text-halo-color': palette['map-land'], 'text-halo-width': 2 * scale }
  const streets: LayerSpecification[] = [
    {
      id: 'road-name',
      type: 'symbol',
      source: 'base',
      minzoom: 14.5,
      filter: ['all', ['==', ['get', 'kind'], 'road'], ['has', 'name']],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['get', 'name'],
        'text-font': [MAP_FONT],
        'text-size': 12 * scale,
      },
      paint: { 'text-color': palette['ink-2'], ...halo },
    },
  ]
  return [
    ...(labels === 'all' ? streets : []),
    {
      id: 'water-name',
      type: 'symbol',
      source: 'base',
      filter: ['==', ['get', 'kind'], 'water-name'],
      layout: {
        'text-allow-overlap': true,
        'text-field': ['get', 'name'],
        'text-font': [MAP_FONT],
        'text-size': 13 * scale,
      },
      paint: { 'text-color': palette['ink-2'], ...halo, 'text-halo-color': palette['map-water'] },
    },
    {
      id: 'landmark',
      type: 'symbol',
      source: 'base',
      filter: ['all', ['==', ['get', 'kind'], 'landmark'], ['==', ['geometry-type'], 'Point']],
      layout: {
        'icon-image': ['step', ['zoom'], 'landmark', 13, ''],
        'icon-size': scale,
        'text-field': ['get', 'name'],
        'text-font': [MAP_FONT],
        'text-size': 13 * scale,
        'text-anchor': 'top',
        'text-offset': ['step', ['zoom'], ['literal', [0, 0.9]], 13, ['literal', [0, 0.1]]],
        'text-optional': true,
      },
      paint: { 'text-color': palette.ink, ...halo },
    },
    {
      id: 'district-name',
      type: 'symbol',
      source: 'district-labels',
      layout: {
        'text-field': [
          'step',
          ['zoom'],
          [
            'case',
            ['==', ['get', 'total'], ''],
            ['get', 'name'],
            ['format', ['get', 'name'], {}, '\n', {}, ['get', 'total'], { 'font-scale': 1.2 }],
          ],
          13.6,
          ['get', 'name'],
        ],
        'text-font': [MAP_FONT],
        'text-size': labels === 'all' ? smallerFromAfar(14 * scale) : 14 * scale,
        'text-padding': 4,
        'symbol-z-order': 'source',
      },
      paint: { 'text-color': palette['ink-2'], ...halo, 'text-halo-width': 3 * scale },
    },
  ]
}

import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from 'maplibre-gl'
import type { Palette } from '#web/ui/theme.ts'
import { MAP_FONT } from './fonts.ts'
import type { MapClass } from './layers.ts'

/** What the look of the map depends on; the same look gives the same layers. */
export interface Look {
  palette: Palette
  classes: readonly MapClass[]
  /** Class of a building whose state nobody has set. */
  quiet: number
  /** Multiplies every size; the wall is read from five metres. */
  scale: number
  /** `districts`: with waters and landmarks, without streets. */
  labels: 'all' | 'districts' | 'none'
  /** Cells stand for points below this zoom; 0 = never. */
  cellsBelow: number
}

type Colour = DataDrivenPropertyValueSpecification<string>
type Size = DataDrivenPropertyValueSpecification<number>

/** From this zoom on a footprint is large enough to carry its colour; before it a dot stands for it. */
const OUTLINES_FROM = 13

export function cityLayers(look: Look): LayerSpecification[] {
  return [...ground(look), ...buildings(look), ...cells(look), ...words(look), ...signals(look)]
}

function ground({ palette, scale }: Look): LayerSpecification[] {
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
      filter: ['all', kind('landmark'), ['==', ['geometry-type'], 'Polygon']],
      paint: { 'fill-color': palette['volume-4'] },
    },
  ]
}

/** A value by the state of the building; `state` is the position of its class. */
function byClass<T>(look: Look, value: (item: MapClass) => T): ExpressionSpecification {
  const cases = look.classes.flatMap((item, position) => [position, value(item)])
  const state = ['coalesce', ['feature-state', 'class'], look.quiet]
  // The specification types a match by its exact length, which a list of classes does not have.
  return ['match', state, ...cases, value(look.classes[look.quiet] as MapClass)] as never
}

const isOn = (flag: 'selected' | 'hovered'): ExpressionSpecification => [
  'boolean',
  ['feature-state', flag],
  false,
]

function buildings(look: Look): LayerSpecification[] {
  const { palette, scale } = look
  const colour: Colour = byClass(look, (item) => palette[item.colour])
  const edge: Colour = byClass(look, (item) => palette[item.stroke ?? item.colour])
  const loud = byClass(look, (item) => (item.quiet ? 0 : 1))
  const chosen: Colour = [
    'case',
    isOn('selected'),
    palette.accent,
    isOn('hovered'),
    palette.ink,
    edge,
  ]
  const circle = (quiet: number, strong: number): ExpressionSpecification => [
    '*',
    scale,
    ['case', isOn('selected'), strong + 4, byClass(look, (item) => (item.quiet ? quiet : strong))],
  ]
  const points = look.cellsBelow > 0 ? { minzoom: look.cellsBelow } : {}
  return [
    {
      id: 'outline',
      type: 'fill',
      source: 'outlines',
      paint: { 'fill-color': colour },
    },
    {
      id: 'outline-edge',
      type: 'line',
      source: 'outlines',
      minzoom: OUTLINES_FROM - 1,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': chosen,
        'line-width': [
          'case',
          isOn('selected'),
          3 * scale,
          isOn('hovered'),
          1.5 * scale,
          ['*', 0.9 * scale, byClass(look, (item) => (item.stroke ? 1 : 0))],
        ],
      },
    },
    {
      id: 'dot',
      type: 'circle',
      source: 'points',
      filter: ['!', ['get', 'bare']],
      maxzoom: OUTLINES_FROM,
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, circle(0, 1.6), 13, circle(0, 3)],
        'circle-opacity': loud,
      },
    },
    {
      id: 'point-quiet',
      type: 'circle',
      source: 'points',
      filter: ['get', 'bare'],
      ...points,
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 0.8 * scale, 17, 4.5 * scale],
        'circle-stroke-color': edge,
        'circle-stroke-width': [
          'interpolate',
          ['linear'],
          ['zoom'],
          14,
          0,
          16,
          byClass(look, (item) => (item.stroke ? 0.9 * scale : 0)),
        ],
        'circle-opacity': ['-', 1, loud],
        'circle-stroke-opacity': ['-', 1, loud],
      },
    },
    {
      id: 'point',
      type: 'circle',
      source: 'points',
      filter: ['get', 'bare'],
      ...points,
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, circle(0, 2), 17, circle(5, 8)],
        'circle-stroke-color': chosen,
        'circle-stroke-width': [
          'case',
          isOn('selected'),
          3 * scale,
          isOn('hovered'),
          2 * scale,
          byClass(look, (item) => (item.stroke ? 0.9 * scale : 0)),
        ],
        'circle-opacity': ['case', isOn('selected'), 1, loud],
        'circle-stroke-opacity': ['case', isOn('selected'), 1, isOn('hovered'), 1, loud],
      },
    },
    {
      id: 'ring',
      type: 'circle',
      source: 'points',
      ...points,
      paint: {
        'circle-color': palette['map-land'],
        'circle-opacity': 0,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 5 * scale, 16, 16 * scale],
        'circle-stroke-color': edge,
        'circle-stroke-width': byClass(look, (item) => (item.ring ? 2 * scale : 0)),
      },
    },
  ]
}

function cells(look: Look): LayerSpecification[] {
  const { palette, scale } = look
  if (look.cellsBelow === 0) return []
  return [
    {
      id: 'cell',
      type: 'circle',
      source: 'cells',
      maxzoom: look.cellsBelow,
      paint: {
        'circle-color': [
          'match',
          ['get', 'step'],
          0,
          palette['volume-1'],
          1,
          palette['volume-2'],
          2,
          palette['volume-3'],
          palette['volume-4'],
        ],
        'circle-stroke-color': palette['volume-3'],
        'circle-stroke-width': 1,
        'circle-radius': ['*', scale, ['get', 'radius']],
      },
    },
    {
      id: 'cell-number',
      type: 'symbol',
      source: 'cells',
      maxzoom: look.cellsBelow,
      layout: {
        'text-field': ['get', 'text'],
        'text-font': [MAP_FONT],
        'text-size': 12 * scale,
        'text-allow-overlap': true,
      },
      paint: {
        'text-color': ['case', ['>=', ['get', 'step'], 2], palette.surface, palette.ink],
      },
    },
  ]
}

function words({ palette, scale, labels }: Look): LayerSpecification[] {
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
        'text-size': 14 * scale,
        'text-padding': 4,
        'symbol-z-order': 'source',
      },
      paint: { 'text-color': palette['ink-2'], ...halo, 'text-halo-width': 3 * scale },
    },
  ]
}

function signals({ palette, scale }: Look): LayerSpecification[] {
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

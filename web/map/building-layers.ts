import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from 'maplibre-gl'
import { cellColours, OPACITY } from './hexagon-scale.ts'
import type { MapClass } from './layers.ts'
import type { Look } from './look.ts'

type Colour = DataDrivenPropertyValueSpecification<string>

/** From this zoom on a footprint is large enough to carry its colour; before it a dot stands for it. */
const OUTLINES_FROM = 13
/** From here on a footprint has an edge, which smooths it; smoothed by itself as well it would be drawn twice. */
const EDGES_FROM = OUTLINES_FROM - 1

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

export function buildings(look: Look): LayerSpecification[] {
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
  const shown = { source: 'buildings', minzoom: look.hexagonsBelow }
  const outlines = { ...shown, 'source-layer': 'outlines' }
  const points = { ...shown, 'source-layer': 'points' }
  const bare = {
    ...points,
    filter: ['has', 'bare'] satisfies ExpressionSpecification,
    // Where there are none, no point is asked whether it is one.
    layout: { visibility: look.bare === 'none' ? ('none' as const) : ('visible' as const) },
  }
  return [
    {
      id: 'outline',
      type: 'fill',
      ...outlines,
      paint: {
        'fill-color': colour,
        'fill-antialias': ['step', ['zoom'], true, EDGES_FROM, false],
      },
    },
    {
      id: 'outline-edge',
      type: 'line',
      ...outlines,
      minzoom: Math.max(EDGES_FROM, look.hexagonsBelow),
      paint: {
        'line-color': chosen,
        'line-width': [
          'case',
          isOn('selected'),
          3 * scale,
          isOn('hovered'),
          1.5 * scale,
          0.9 * scale,
        ],
      },
    },
    {
      id: 'dot',
      type: 'circle',
      ...points,
      filter: ['!', ['has', 'bare']],
      maxzoom: Math.max(OUTLINES_FROM, look.hexagonsBelow),
      paint: {
        'circle-color': colour,
        // A quiet one has no size, which hides it; hidden by its opacity as well it would be told of every change twice.
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, circle(0, 1.6), 13, circle(0, 3)],
      },
    },
    {
      id: 'point-quiet',
      type: 'circle',
      ...bare,
      paint: {
        'circle-color':
          look.bare === 'many' ? ['step', ['zoom'], palette['volume-2'], 14, colour] : colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 0.7 * scale, 17, 4.5 * scale],
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
      ...bare,
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
      ...points,
      layout: { visibility: look.classes.some(({ ring }) => ring) ? 'visible' : 'none' },
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

/** Sums over hexagons of the map, where there are more buildings than can be seen. The share of the largest is a feature state, negative where there is less than before. */
export function hexagonLayers(look: Look): LayerSpecification[] {
  const { palette, scale } = look
  const { more, fewer } = cellColours(look.classes)
  const share: ExpressionSpecification = ['number', ['feature-state', 'share'], 0]
  const shown = {
    source: 'hexagons',
    ...(look.hexagonsBelow > 0 && { maxzoom: look.hexagonsBelow }),
    layout: { visibility: look.hexagonsBelow > 0 ? ('visible' as const) : ('none' as const) },
  }
  const none = ['==', share, 0] as ExpressionSpecification
  return [
    {
      id: 'hexagon',
      type: 'fill',
      ...shown,
      paint: {
        'fill-color': [
          'case',
          none,
          palette['map-building'],
          ['<', share, 0],
          palette[fewer],
          palette[more],
        ],
        'fill-opacity': [
          'case',
          none,
          OPACITY.none,
          ['+', OPACITY.least, ['*', OPACITY.range, ['abs', share]]],
        ],
        'fill-antialias': false,
      },
    },
    {
      id: 'hexagon-edge',
      type: 'line',
      ...shown,
      paint: { 'line-color': palette['map-land'], 'line-width': 1.5 * scale },
    },
  ]
}

/** What a layer says of buildings beside the measure: an edge for the houses of a company, a shape for a flag or for silence. */
export function overlays(look: Look): LayerSpecification[] {
  const { palette, scale } = look
  const held: ExpressionSpecification = ['boolean', ['feature-state', 'held'], false]
  const shown = { source: 'buildings', minzoom: look.hexagonsBelow }
  // A hidden layer costs the reading of a tile nothing, a layer without opacity as much as any.
  const visibility = look.held ? ('visible' as const) : ('none' as const)
  return [
    {
      id: 'held',
      type: 'line',
      ...shown,
      'source-layer': 'outlines',
      layout: { 'line-join': 'round', visibility },
      paint: {
        'line-color': palette.accent,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1.5 * scale, 16, 3.5 * scale],
        'line-opacity': ['case', held, 1, 0],
      },
    },
    {
      id: 'held-point',
      type: 'circle',
      ...shown,
      'source-layer': 'points',
      filter: ['has', 'bare'],
      layout: { visibility },
      paint: {
        'circle-opacity': 0,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 3 * scale, 17, 9 * scale],
        'circle-stroke-color': palette.accent,
        'circle-stroke-width': 2 * scale,
        'circle-stroke-opacity': ['case', held, 1, 0],
      },
    },
    {
      id: 'mark',
      type: 'symbol',
      source: 'marks',
      layout: {
        'icon-image': ['get', 'kind'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.55 * scale, 16, scale],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ]
}

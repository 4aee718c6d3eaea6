import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from 'maplibre-gl'
import type { MapClass } from './layers.ts'
import { cellsBelow, type Look } from './look.ts'

type Colour = DataDrivenPropertyValueSpecification<string>

/** From this zoom on a footprint is large enough to carry its colour; before it a dot stands for it. */
const OUTLINES_FROM = 13

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
  const points = { minzoom: cellsBelow(look) }
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
      filter: ['!', ['has', 'bare']],
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
      filter: ['has', 'bare'],
      paint: {
        'circle-color': look.many ? ['step', ['zoom'], palette['volume-2'], 14, colour] : colour,
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
      source: 'points',
      filter: ['has', 'bare'],
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

/** Sums over squares of the map, where there are more points than can be seen. */
export function cells(look: Look): LayerSpecification[] {
  const { palette, scale } = look
  if (!look.many) return []
  // A sum of emergencies is not one past its limit: the ringed class lends no colour.
  const strong = look.classes.findLast((item) => !item.quiet && !item.ring)
  return [
    {
      id: 'cell',
      type: 'circle',
      source: 'cells',
      maxzoom: 14,
      layout: { visibility: look.sums ? 'visible' : 'none' },
      paint: {
        'circle-color': palette[strong?.colour ?? 'volume-4'],
        'circle-opacity': ['get', 'opacity'],
        'circle-radius': ['*', scale, ['get', 'radius']],
      },
    },
  ]
}

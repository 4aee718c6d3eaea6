import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'
import { PALETTES } from '#web/ui/theme.ts'
import { CLASSES, MEASURES, quietClass } from './layers.ts'
import { cityLayers } from './style.ts'

const SOURCES = [
  'base',
  'districts',
  'hexagons',
  'marks',
  'district-labels',
  'pulses',
  'badges',
  'areas',
]

test.for(
  MEASURES.flatMap(
    (measure) =>
      [
        { measure, many: false, scheme: 'light' },
        { measure, many: true, scheme: 'dark' },
      ] as const,
  ),
)(
  'the style of $measure in the $scheme scheme is one that MapLibre accepts',
  ({ measure, many, scheme }) => {
    const layers = cityLayers({
      palette: PALETTES[scheme],
      classes: CLASSES[measure],
      quiet: quietClass(measure),
      scale: 1.5,
      labels: 'all',
      many,
      held: many,
      hexagonsBelow: many ? 12.4 : 0,
    })
    const data = { type: 'FeatureCollection', features: [] }
    const faults = validateStyleMin({
      version: 8,
      glyphs: 'unused://{fontstack}/{range}',
      sources: {
        ...Object.fromEntries(SOURCES.map((name) => [name, { type: 'geojson', data }])),
        buildings: { type: 'vector', tiles: ['/map/tiles/1/{z}/{x}/{y}'] },
      },
      layers,
    } as never)
    expect(faults.map(({ message }) => message)).toEqual([])
  },
)

import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test, vi } from 'vitest'
import { PALETTES } from '#web/ui/theme.ts'
import { unpack } from './geometry.ts'
import { CLASSES, MEASURES, quietClass } from './layers.ts'
import { cityLayers, cityStyle, layersOn, NOTHING } from './style.ts'

const SOURCES = ['base', 'districts', 'hexagons', 'marks', 'district-labels', 'badges', 'areas']

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
      bare: many ? 'many' : 'some',
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

const LOOK = {
  palette: PALETTES.light,
  classes: CLASSES.open,
  quiet: quietClass('open'),
  scale: 1,
  labels: 'all',
  bare: 'none',
  held: false,
  hexagonsBelow: 0,
} as const

test('a map begins with the sources that hold something and with their layers', () => {
  vi.stubGlobal('location', { origin: 'http://localhost' })
  const city = unpack({
    ...{ bounds: null, keys: [], lon: [], lat: [], district: [], outlined: [], districts: [] },
    ...{ base: false, tiles: '/map/tiles/1/{z}/{x}/{y}', ground: null, unplaced: 0 },
  })
  const { sources, layers } = cityStyle(city, NOTHING, LOOK)
  expect(Object.keys(sources).sort()).toEqual(['buildings', 'hexagons'])
  const used = new Set(layers.flatMap((layer) => ('source' in layer ? [layer.source] : [])))
  expect([...used].sort()).toEqual(['buildings', 'hexagons'])
  expect(layers[0]?.id).toBe('land')
})

test('a layer that comes later has those above it in the order of the whole', () => {
  const all = cityLayers(LOOK)
  const areas = layersOn('areas', all)
  expect(areas[0]?.above[0]).toBe(areas[1]?.layer)
  expect(areas.at(-1)?.above.at(-1)?.id).toBe('badge')
})

test('where every building has an outline, no point is asked whether it has none', () => {
  const shown = (bare: 'none' | 'some') =>
    cityLayers({ ...LOOK, bare })
      .filter(({ id }) => id === 'point' || id === 'point-quiet')
      .map(({ layout }) => layout?.visibility)
  expect(shown('none')).toEqual(['none', 'none'])
  expect(shown('some')).toEqual(['visible', 'visible'])
})

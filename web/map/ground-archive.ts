import {
  addProtocol,
  type ExpressionSpecification,
  type LayerSpecification,
  type SourceSpecification,
} from 'maplibre-gl'
import { PMTiles, Protocol, TileType } from 'pmtiles'
import type { Language } from '#server/contract/vocabulary.ts'
import { MAP_FONT } from './fonts.ts'
import type { Look } from './look.ts'

/** A map archive as the map draws it. */
export interface GroundLayers {
  source: SourceSpecification
  layers: (look: Look) => LayerSpecification[]
  /** Plain text; empty where the archive names nobody. */
  attribution: string
}

/** What the two usual schemas (Protomaps, OpenMapTiles) call the same things. */
const WATER = ['water', 'ocean', 'waterway', 'physical_line', 'physical_polygon']
const GREEN = ['landuse', 'landcover', 'park', 'natural']
const ROADS = ['roads', 'transportation', 'road', 'highway']
const RAILS = ['transit', 'railway', ...ROADS]
const NAMES = ['transportation_name', 'roads', 'road', 'highway']
const BUILDINGS = ['buildings', 'building']
const GREEN_KINDS = [
  ...['park', 'wood', 'forest', 'grass', 'garden', 'cemetery', 'nature_reserve', 'scrub'],
  ...['recreation_ground', 'meadow', 'national_park', 'grassland', 'orchard', 'village_green'],
]
const KIND: ExpressionSpecification = [
  'coalesce',
  ...['kind', 'class', 'highway', 'railway', 'landuse', 'leisure', 'natural', 'type'].map(
    (name): ExpressionSpecification => ['get', name],
  ),
  '',
]
const RAIL_KINDS = ['rail', 'light_rail', 'subway', 'tram', 'narrow_gauge', 'transit']
const WIDE = ['highway', 'motorway', 'trunk', 'primary', 'major_road']
const MIDDLE = ['secondary', 'tertiary', 'medium_road']
const PATHS = ['path', 'footway', 'cycleway', 'steps', 'track', 'ferry', 'aerialway', 'pier']

let protocol: Protocol | null = null

/** Reads what the archive is. Rejects where it cannot be read, or holds what a map cannot draw. */
export async function openGround(address: string, language: Language): Promise<GroundLayers> {
  if (!protocol) {
    protocol = new Protocol()
    const { tilev4 } = protocol
    addProtocol('pmtiles', async (asked, abort) => {
      const { data } = await tilev4(requestOf(asked), abort)
      return { data: data as ArrayBuffer }
    })
  }
  const url = new URL(address, location.origin).href
  const archive = protocol.get(url) ?? new PMTiles(url)
  protocol.add(archive)
  const { tileType, minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = await archive.getHeader()
  const metadata = (await archive.getMetadata()) as {
    attribution?: unknown
    vector_layers?: { id?: unknown }[]
  }
  const bounds: [number, number, number, number] = [minLon, minLat, maxLon, maxLat]
  const place = {
    tiles: [`pmtiles://${url}/{z}/{x}/{y}`],
    minzoom: minZoom,
    maxzoom: maxZoom,
    ...(minLon < maxLon && minLat < maxLat && { bounds }),
  }
  const attribution = textOf(metadata?.attribution)
  if ([TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif].includes(tileType))
    return {
      source: { type: 'raster', tileSize: 256, ...place },
      layers: () => [
        {
          id: 'ground-picture',
          type: 'raster',
          source: 'ground',
          paint: { 'raster-saturation': -0.85, 'raster-opacity': 0.55, 'raster-fade-duration': 0 },
        },
      ],
      attribution,
    }
  if (tileType !== TileType.Mvt) throw new Error(`tiles of type ${tileType} cannot be drawn`)
  const has = new Set((metadata?.vector_layers ?? []).map(({ id }) => String(id)))
  return {
    source: { type: 'vector', ...place },
    layers: (look) => vectorLayers(look, has, language),
    attribution,
  }
}

function vectorLayers(
  { palette, scale, labels }: Look,
  has: ReadonlySet<string>,
  language: Language,
): LayerSpecification[] {
  const among = (names: readonly string[]) => names.filter((name) => has.has(name))
  const isOf = (kinds: readonly string[]) =>
    ['in', KIND, ['literal', kinds]] as ExpressionSpecification
  const polygon = ['==', ['geometry-type'], 'Polygon'] as ExpressionSpecification
  const line = ['==', ['geometry-type'], 'LineString'] as ExpressionSpecification
  const from = (name: string) => ({ source: 'ground', 'source-layer': name })
  const width = (at12: number, at17: number): ExpressionSpecification => [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    9,
    0.3 * scale,
    12,
    at12 * scale,
    17,
    at17 * scale,
  ]
  const road = (id: string, name: string, filter: ExpressionSpecification, at: number) => ({
    id: `ground-${id}-${name}`,
    type: 'line' as const,
    ...from(name),
    filter: ['all', line, filter] as ExpressionSpecification,
    layout: { 'line-cap': 'round' as const, 'line-join': 'round' as const },
    paint: { 'line-color': palette['map-road'], 'line-width': width(at, at * 11) },
  })
  return [
    ...among(GREEN).map((name) => ({
      id: `ground-green-${name}`,
      type: 'fill' as const,
      ...from(name),
      filter: (name === 'park' ? polygon : ['all', polygon, isOf(GREEN_KINDS)]) as never,
      paint: { 'fill-color': palette['surface-2'], 'fill-opacity': 0.6 },
    })),
    ...among(WATER).flatMap((name) => [
      {
        id: `ground-water-${name}`,
        type: 'fill' as const,
        ...from(name),
        filter: polygon,
        paint: { 'fill-color': palette['map-water'] },
      },
      {
        id: `ground-river-${name}`,
        type: 'line' as const,
        ...from(name),
        filter: line,
        paint: { 'line-color': palette['map-water'], 'line-width': width(1, 8) },
      },
    ]),
    ...among(ROADS).flatMap((name) => [
      road(
        'small',
        name,
        ['!', isOf([...WIDE, ...MIDDLE, ...RAIL_KINDS, ...PATHS])] as ExpressionSpecification,
        0.7,
      ),
      road('middle', name, isOf(MIDDLE), 1.4),
      road('wide', name, isOf(WIDE), 2.4),
    ]),
    ...among(RAILS).map((name) => ({
      id: `ground-rail-${name}`,
      type: 'line' as const,
      ...from(name),
      filter: ['all', line, isOf(RAIL_KINDS)] as ExpressionSpecification,
      paint: { 'line-color': palette['volume-2'], 'line-width': width(0.8, 3) },
    })),
    ...among(BUILDINGS).map((name) => ({
      id: `ground-building-${name}`,
      type: 'fill' as const,
      ...from(name),
      minzoom: 14,
      paint: { 'fill-color': palette['volume-1'], 'fill-opacity': 0.6 },
    })),
    ...(labels === 'all' ? among(NAMES) : []).map((name) => ({
      id: `ground-name-${name}`,
      type: 'symbol' as const,
      ...from(name),
      minzoom: 14.5,
      filter: ['all', line, ['has', 'name']] as ExpressionSpecification,
      layout: {
        'symbol-placement': 'line' as const,
        'symbol-spacing': 320,
        'text-field': [
          'coalesce',
          ['get', `name:${language}`],
          ['get', `name_${language}`],
          ['get', 'name'],
        ] as ExpressionSpecification,
        'text-font': [MAP_FONT],
        'text-size': 12 * scale,
      },
      paint: {
        'text-color': palette['ink-2'],
        'text-halo-color': palette['map-land'],
        'text-halo-width': 2 * scale,
      },
    })),
  ]
}

/** Both libraries mean the same; one of them says of an optional field that it may be undefined. */
const requestOf = ({ url, type }: { url: string; type?: unknown }) => ({
  url,
  type: type === 'json' ? ('json' as const) : ('arrayBuffer' as const),
})

/** Archives write it with links, which would lead out of the closed network. */
const textOf = (attribution: unknown) =>
  typeof attribution === 'string'
    ? attribution
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&copy;', '©')
        .slice(0, 200)
    : ''

import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Shape, Shapes } from './shapes.ts'

/** Closer than this the browser enlarges: 8,192 steps of a tile are a fifth of a metre here. */
export const LAST_ZOOM = 14
const EXTENT = 8192
/** Steps around a tile that are drawn too, so that edges meet. */
const BUFFER = 128
const OPTIONS = {
  ...{ maxZoom: LAST_ZOOM, extent: EXTENT, buffer: BUFFER, tolerance: 4 },
  ...{ coordinates: 'unitSquare' as const, wrap: false, clip: true },
}
/** Above so many buildings in one tile it carries their points only: nobody sees an outline of half a pixel. */
const MOST_OUTLINES = 40_000

/**
 * A vector tile with two layers, `outlines` and `points`; the id of a feature is the key of its building, and `bare` says of a point
 * that no footprint is known. Colours are no part of it: they are feature states of the page. Empty where nothing stands.
 */
export function tileOf(shapes: Shapes, z: number, x: number, y: number): Uint8Array {
  const side = 2 ** -z
  const edge = (side * BUFFER) / EXTENT
  const found = shapes.within(
    x * side - edge,
    y * side - edge,
    (x + 1) * side + edge,
    (y + 1) * side + edge,
  )
  if (found.length === 0) return new Uint8Array(0)
  const outlined = found.length > MOST_OUTLINES ? [] : found.filter(({ parts }) => parts.length > 0)
  const tile = (features: Feature[]) =>
    geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, OPTIONS)
  return fromGeojsonVt(
    { outlines: tile(outlined.map(outline)), points: tile(found.map(point)) },
    { version: 2, extent: EXTENT },
  )
}

interface Feature {
  type: 'Feature'
  id: number
  properties: Record<string, boolean>
  geometry:
    | { type: 'MultiPolygon'; coordinates: [number, number][][][] }
    | { type: 'Point'; coordinates: [number, number] }
}
const outline = ({ key, parts }: Shape): Feature => ({
  type: 'Feature',
  id: key,
  properties: {},
  geometry: { type: 'MultiPolygon', coordinates: parts },
})
const point = ({ key, x, y, parts }: Shape): Feature => ({
  type: 'Feature',
  id: key,
  properties: parts.length > 0 ? {} : { bare: true },
  geometry: { type: 'Point', coordinates: [x, y] },
})

import type { Geometry } from '#server/contract/geometry.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'

const MICRO = 1e-6

interface Feature<Shape> {
  type: 'Feature'
  id: number
  geometry: Shape
  properties: Record<string, unknown>
}
export interface Features<Shape> {
  type: 'FeatureCollection'
  features: Feature<Shape>[]
}
type Position = [lon: number, lat: number]
type Point = { type: 'Point'; coordinates: Position }
type Polygon = { type: 'Polygon'; coordinates: Position[][] }
type MultiPolygon = { type: 'MultiPolygon'; coordinates: Position[][][] }

/** The geometry as the map draws it. */
export interface City {
  bounds: Geometry['bounds']
  /** Position of each building key in the columns. */
  at: ReadonlyMap<number, number>
  keys: readonly number[]
  lon: Float64Array
  lat: Float64Array
  district: readonly number[]
  apartments: readonly number[]
  outlines: Features<Polygon>
  points: Features<Point>
  districts: Geometry['districts']
  /** How many buildings have a position and no outline. */
  bare: number
  base: boolean
}

/** Undoes the packing of the contract: running sums of millionths back to degrees, columns to features. */
export function unpack(geometry: Geometry): City {
  const { keys } = geometry
  const lon = new Float64Array(keys.length)
  const lat = new Float64Array(keys.length)
  const outlines: Feature<Polygon>[] = []
  const points: Feature<Point>[] = []
  const at = new Map<number, number>()
  let x = 0
  let y = 0
  keys.forEach((id, i) => {
    x += geometry.lon[i] ?? 0
    y += geometry.lat[i] ?? 0
    lon[i] = x * MICRO
    lat[i] = y * MICRO
    at.set(id, i)
    const packed = geometry.outline[i] ?? []
    const bare = packed.length === 0
    const centre: Position = [x * MICRO, y * MICRO]
    points.push(feature(id, { type: 'Point', coordinates: centre }, { bare }))
    if (!bare) outlines.push(feature(id, { type: 'Polygon', coordinates: rings(packed, x, y) }))
  })
  return {
    bounds: geometry.bounds,
    at,
    keys,
    lon,
    lat,
    district: geometry.district,
    apartments: geometry.apartments,
    outlines: { type: 'FeatureCollection', features: outlines },
    points: { type: 'FeatureCollection', features: points },
    districts: geometry.districts,
    bare: points.length - outlines.length,
    base: geometry.base,
  }
}

export const feature = <Shape>(
  id: number,
  geometry: Shape,
  properties: Record<string, unknown> = {},
): Feature<Shape> => ({ type: 'Feature', id, geometry, properties })

function rings(packed: readonly number[], centreX: number, centreY: number): Position[][] {
  const all: Position[][] = []
  let at = 0
  while (at < packed.length) {
    const length = packed[at++] ?? 0
    const ring: Position[] = []
    let x = centreX
    let y = centreY
    for (let corner = 0; corner < length; corner++) {
      x += packed[at++] ?? 0
      y += packed[at++] ?? 0
      ring.push([x * MICRO, y * MICRO])
    }
    const [first] = ring
    if (first) all.push([...ring, first])
  }
  return all
}

export const districtOutlines = (city: City): Features<MultiPolygon> => ({
  type: 'FeatureCollection',
  features: city.districts.flatMap(({ key, outline }) =>
    outline
      ? [feature(key, { type: 'MultiPolygon', coordinates: outline.map((ring) => [ring]) })]
      : [],
  ),
})

/** A name, and the total under it, at the middle of each district's buildings (of its outline, where it has none). */
export function districtLabels(
  city: City,
  language: Language,
  totals: ReadonlyMap<number, string>,
): Features<Point> {
  const sums = new Map<number, { x: number; y: number; n: number }>()
  city.district.forEach((key, i) => {
    const sum = sums.get(key) ?? { x: 0, y: 0, n: 0 }
    sum.x += city.lon[i] ?? 0
    sum.y += city.lat[i] ?? 0
    sum.n++
    sums.set(key, sum)
  })
  return {
    type: 'FeatureCollection',
    features: city.districts.flatMap(({ key, name, outline }) => {
      const sum = sums.get(key)
      const corners = outline?.flat() ?? []
      const middle: Position | undefined = sum
        ? [sum.x / sum.n, sum.y / sum.n]
        : corners.length > 0
          ? [mean(corners.map((corner) => corner[0])), mean(corners.map((corner) => corner[1]))]
          : undefined
      if (!middle) return []
      return [
        feature(
          key,
          { type: 'Point', coordinates: middle },
          { name: inLanguage(name, language), total: totals.get(key) ?? '' },
        ),
      ]
    }),
  }
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

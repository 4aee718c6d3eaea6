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
type MultiPolygon = { type: 'MultiPolygon'; coordinates: Position[][][] }

/** The geometry as the page knows it; shapes go straight to the map's worker. */
export interface City {
  bounds: Geometry['bounds']
  /** Position of each building key in the columns. */
  at: ReadonlyMap<number, number>
  keys: readonly number[]
  lon: Float64Array
  lat: Float64Array
  district: readonly number[]
  outlined: readonly (0 | 1)[]
  districts: Geometry['districts']
  /** How many buildings have a position and no outline. */
  bare: number
  base: boolean
  tiles: string
  ground: Geometry['ground']
  credits?: Geometry['credits']
}

/** Undoes the packing of the contract: running sums of millionths back to degrees. */
export function unpack({ keys, lon, lat, ...rest }: Geometry): City {
  const degrees = (steps: readonly number[]) => {
    let sum = 0
    return Float64Array.from(steps, (step) => {
      sum += step
      return sum * MICRO
    })
  }
  return {
    ...rest,
    keys,
    lon: degrees(lon),
    lat: degrees(lat),
    at: new Map(keys.map((key, i) => [key, i])),
    bare: rest.outlined.reduce<number>((sum, outlined) => sum + 1 - outlined, 0),
  }
}

/** The smallest frame around these buildings; null where none has a place. */
export function boundsOf(city: City, keys: readonly number[]): Geometry['bounds'] {
  const at = keys.flatMap((key) => city.at.get(key) ?? [])
  if (at.length === 0) return null
  const lon = at.map((i) => city.lon[i] ?? 0)
  const lat = at.map((i) => city.lat[i] ?? 0)
  return [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)]
}

/** Those of the things whose building has a place, with it. */
export const standingIn = <T extends { key: number }>(
  city: Pick<City, 'at' | 'lon' | 'lat'>,
  things: readonly T[],
) =>
  things.flatMap((thing) => {
    const i = city.at.get(thing.key)
    return i === undefined ? [] : [{ ...thing, lon: city.lon[i] ?? 0, lat: city.lat[i] ?? 0 }]
  })

export const feature = <Shape>(
  id: number,
  geometry: Shape,
  properties: Record<string, unknown> = {},
): Feature<Shape> => ({ type: 'Feature', id, geometry, properties })

export const districtOutlines = (city: City): Features<MultiPolygon> => ({
  type: 'FeatureCollection',
  features: city.districts.flatMap(({ key, outline }) =>
    outline
      ? [feature(key, { type: 'MultiPolygon', coordinates: outline.map((ring) => [ring]) })]
      : [],
  ),
})

/** The middle of each district's buildings; of its outline, where it has none. */
export function districtMiddles(city: City): ReadonlyMap<number, Position> {
  const sums = new Map<number, { x: number; y: number; n: number }>()
  city.district.forEach((key, i) => {
    const sum = sums.get(key) ?? { x: 0, y: 0, n: 0 }
    sum.x += city.lon[i] ?? 0
    sum.y += city.lat[i] ?? 0
    sum.n++
    sums.set(key, sum)
  })
  return new Map(
    city.districts.flatMap(({ key, outline }): [number, Position][] => {
      const sum = sums.get(key)
      if (sum) return [[key, [sum.x / sum.n, sum.y / sum.n]]]
      const corners = outline?.flat() ?? []
      return corners.length > 0
        ? [
            [
              key,
              [mean(corners.map((corner) => corner[0])), mean(corners.map((corner) => corner[1]))],
            ],
          ]
        : []
    }),
  )
}

/** A name, and the total under it, at the middle of each district. */
export const districtLabels = (
  { districts }: City,
  middles: ReadonlyMap<number, Position>,
  language: Language,
  totals: ReadonlyMap<number, string>,
): Features<Point> => ({
  type: 'FeatureCollection',
  features: districts.flatMap(({ key, name }) => {
    const middle = middles.get(key)
    return middle
      ? [
          feature(
            key,
            { type: 'Point', coordinates: middle },
            { name: inLanguage(name, language), total: totals.get(key) ?? '' },
          ),
        ]
      : []
  }),
})

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

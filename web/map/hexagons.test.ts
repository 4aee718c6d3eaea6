import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { City } from './geometry.ts'
import { hexagonsBelow, hexagonsOf, shadesOf, sumsOf, toldBy } from './hexagons.ts'

const cityOf = (points: readonly (readonly [number, number])[]): City => ({
  bounds: null,
  keys: points.map((_, i) => i + 1),
  at: new Map(points.map((_, i) => [i + 1, i])),
  lon: Float64Array.from(points, ([lon]) => lon),
  lat: Float64Array.from(points, ([, lat]) => lat),
  district: points.map(() => 0),
  outlined: points.map(() => 0),
  districts: [],
  bare: points.length,
  base: false,
  tiles: '',
  ground: null,
})
const place = fc.tuple(
  fc.double({ min: 71, max: 72, noNaN: true }),
  fc.double({ min: 51, max: 52, noNaN: true }),
)

test('every building is in one hexagon, and sums lose nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(place, fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 7, max: 14 }),
      (rows, level) => {
        const city = cityOf(rows.map(([at]) => at))
        const hexagons = hexagonsOf(city, level)
        const sums = sumsOf(hexagons, city, {
          keys: city.keys,
          values: () => Float64Array.from(rows, ([, value]) => value),
        })
        expect(hexagons.buildings.reduce((a, b) => a + b, 0)).toBe(rows.length)
        expect(sums.reduce((a, b) => a + b, 0)).toBe(
          rows.reduce((sum, [, value]) => sum + value, 0),
        )
      },
    ),
  )
})

const near = cityOf([
  [71.4, 51.1],
  [71.4, 51.1],
  [71.9, 51.6],
])
const cells = hexagonsOf(near, 9)

test('what fell weighs against what rose, and its shade is of the other side', () => {
  const told = toldBy(cells, near, {
    keys: [3, 2, 1, 4],
    values: () => Float64Array.of(16, -6, 2, 100),
  })
  expect([...told]).toEqual([-4, 16])
  // The root of a quarter is a half.
  expect([...shadesOf(told)]).toEqual([-0.5, 1])
})

test('a rate of a hexagon is its requests over the apartments of all its buildings, also of the quiet ones', () => {
  const told = toldBy(cells, near, {
    keys: near.keys,
    values: () => Float64Array.of(2, 0, 0),
    per: { hundreds: () => Float64Array.of(0.5, 1.5, 0), full: 4 },
  })
  // 2 requests over 200 apartments; apartments of the third are not known.
  expect([...told]).toEqual([1, 0])
  expect([...shadesOf(told, 4)]).toEqual([0.5, 0])
  expect([...shadesOf(Float64Array.of(9, -9), 4)]).toEqual([1, -1])
})

test('a building stands inside its hexagon', () => {
  fc.assert(
    fc.property(place, fc.integer({ min: 7, max: 14 }), (at, level) => {
      const { features } = hexagonsOf(cityOf([at]), level)
      const [{ coordinates }] = features.features.map(({ geometry }) => geometry) as [
        { coordinates: [number, number][][] },
      ]
      const ring = coordinates[0] ?? []
      const east = Math.max(...ring.map(([lon]) => lon))
      const west = Math.min(...ring.map(([lon]) => lon))
      expect(at[0]).toBeGreaterThanOrEqual(west - 1e-9)
      expect(at[0]).toBeLessThanOrEqual(east + 1e-9)
      expect(at[1]).toBeGreaterThanOrEqual(Math.min(...ring.map(([, lat]) => lat)) - 1e-9)
      expect(at[1]).toBeLessThanOrEqual(Math.max(...ring.map(([, lat]) => lat)) + 1e-9)
    }),
  )
})

test('a place keeps its hexagon when other buildings come', () => {
  const alone = hexagonsOf(cityOf([[71.4, 51.1]]), 11).features.features[0]
  const among = hexagonsOf(
    cityOf([
      [71.9, 51.6],
      [71.4, 51.1],
    ]),
    11,
  ).features.features[1]
  expect(among?.geometry).toEqual(alone?.geometry)
})

test('four times as many buildings in the same city need one zoom more', () => {
  const bounds: City['bounds'] = [71.2, 51, 71.6, 51.3]
  const below = (count: number) =>
    hexagonsBelow({ bounds, keys: Array.from({ length: count }, (_, i) => i) })
  expect(below(40_000) - below(10_000)).toBeCloseTo(1, 9)
  // 0.4 by 0.3 degrees at 51° are 582 by 696 pixels of zoom 10: 10,000 in it stand 6.36 px apart there.
  expect(below(10_000)).toBeCloseTo(10 + Math.log2(4 / 6.36), 1)
  expect(hexagonsBelow({ bounds: null, keys: [] })).toBe(0)
})

import { expect, test } from 'vitest'
import { cellsOf } from './cells.ts'
import { unpack } from './geometry.ts'

/** Four points: two some metres apart, one a street away, one across the city. */
const city = unpack({
  bounds: null,
  keys: [1, 2, 3, 4],
  lon: [71_400_000, 100, 2000, 90_000],
  lat: [51_100_000, 0, 0, 0],
  district: [0, 0, 0, 0],
  outlined: [0, 0, 0, 0],
  districts: [],
  base: false,
  unplaced: 0,
})
const values = new Map([
  [1, 3],
  [2, 1],
  [3, 5],
  [4, 7],
  [99, 11],
])

test.for([9, 11, 13.7, 16])('at zoom %d the cells hold every placed request once', (zoom) => {
  const total = cellsOf(city, values, zoom).reduce((sum, cell) => sum + cell.sum, 0)
  expect(total).toBe(16)
})

test('neighbours share a cell, which stands where the weight is', () => {
  const [pair] = cellsOf(
    city,
    new Map([
      [1, 3],
      [2, 1],
    ]),
    11,
  )
  expect(pair).toEqual({
    lon: expect.closeTo(71.400025, 9),
    lat: expect.closeTo(51.1, 9),
    sum: 4,
    buildings: 2,
  })
})

test('a building without requests makes no cell', () => {
  expect(cellsOf(city, new Map([[1, 0]]), 11)).toEqual([])
})

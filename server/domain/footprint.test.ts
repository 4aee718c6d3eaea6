import { expect, test } from 'vitest'
import { holds, partsOf } from './footprint.ts'

type Ring = [number, number][]
const square = (west: number, south: number, side: number): Ring => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]

test('a courtyard is a hole, a second block is a part, whichever way the rings run', () => {
  const [block, yard, second] = [square(0, 0, 10), square(4, 4, 2), square(20, 0, 5)]
  expect(partsOf([block, yard.toReversed(), second])).toEqual([
    [block, yard.toReversed()],
    [second],
  ])
  expect(partsOf([block, second, yard])).toEqual([[block, yard], [second]])
})

test('an open ring is closed, and what has no area at all is no shape', () => {
  expect(partsOf([square(0, 0, 1).slice(0, 4)])).toEqual([[square(0, 0, 1)]])
  expect(partsOf([[], [[1, 1]], square(0, 0, 1).slice(0, 2)])).toEqual([])
})

test('a point in the notch of an L is outside', () => {
  const L: Ring = [
    [0, 0],
    [10, 0],
    [10, 2],
    [2, 2],
    [2, 10],
    [0, 10],
    [0, 0],
  ]
  expect([holds(L, [1, 9]), holds(L, [9, 1]), holds(L, [5, 5])]).toEqual([true, true, false])
})

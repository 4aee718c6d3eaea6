import { expect, test } from 'vitest'
import { mapRows, placesOf } from './rows.ts'

const names = {
  keys: [1, 2, 3, 4],
  ids: ['b-1', 'b-2', 'b-3', 'b-4'],
  addresses: ['Садовая, 10', 'Садовая, 2', 'Мира, 1', ''],
  district: [7, 7, 8, 8],
  apartments: [100, 40, 0, 60],
}
const open = {
  keys: [1, 2, 3],
  open: [3, 3, 5],
  overdue: [0, 2, 1],
  emergency: [0, 1, 0],
  emergencyOverdue: [0, 1, 0],
}
const deviating = [
  { building: 1, observed: 9, expected: 2, deviation: 'more' },
  { building: 4, observed: 0, expected: 8, deviation: 'less' },
  { building: 3, observed: 20, expected: 4, deviation: 'much' },
] as const
const sources = { places: placesOf(names), open, deviating, districts: new Set<number>() }
const addresses = (rows: ReturnType<typeof mapRows>) => rows.listed.map(({ address }) => address)

test('the list has the largest first, and equals by address as a person reads it', () => {
  expect(addresses(mapRows({ ...sources, measure: 'open' }))).toEqual([
    'Мира, 1',
    'Садовая, 2',
    'Садовая, 10',
  ])
})

test('an emergency past its limit comes before any number of emergencies in time', () => {
  const two = { ...open, emergency: [2, 1, 0] }
  expect(addresses(mapRows({ ...sources, open: two, measure: 'emergency' }))).toEqual([
    'Садовая, 2',
    'Садовая, 10',
  ])
})

test('a building without apartments has no intensity and is not in that list', () => {
  const rows = mapRows({ ...sources, measure: 'intensity' })
  expect(addresses(rows)).toEqual(['Садовая, 2', 'Садовая, 10'])
  expect(rows.legend).toEqual([1, 0, 0, 1, 1, 1])
})

test('deviation is listed from the furthest above to what is below, and the rest is as usual', () => {
  const rows = mapRows({ ...sources, measure: 'deviation' })
  expect(addresses(rows)).toEqual(['Мира, 1', 'Садовая, 10', 'b-4'])
  expect(rows.legend).toEqual([1, 1, 0, 1, 1])
  expect(rows.states).toEqual(
    new Map([
      [1, 3],
      [3, 4],
      [4, 0],
    ]),
  )
})

test('a building of which nothing came in either period is not said to be as usual', () => {
  const rows = mapRows({ ...sources, measure: 'change', uncompared: [2] })
  expect(addresses(rows)).toEqual(['Мира, 1', 'Садовая, 10', 'b-4'])
  expect(rows.legend).toEqual([1, 0, 0, 1, 1, 1])
  expect(rows.states.get(2)).toBe(5)
})

test('districts narrow the list, the legend and the map alike', () => {
  const rows = mapRows({ ...sources, measure: 'open', districts: new Set([7]) })
  expect(addresses(rows)).toEqual(['Садовая, 2', 'Садовая, 10'])
  expect([...rows.states.keys()]).toEqual([1, 2])
  expect(rows.legend).toEqual([0, 0, 2, 0, 0])
})

test('hexagons weigh what fell against what rose, and tell rates over the apartments of all buildings', () => {
  expect(mapRows({ ...sources, measure: 'deviation' }).told.values).toEqual(
    new Map([
      [3, 1],
      [1, 1],
      [4, -1],
    ]),
  )
  const before = { ...open, open: [5, 1, 5] }
  const values = (measure: 'open' | 'intensity') => mapRows({ ...sources, before, measure }).told
  expect(values('open')).toEqual({
    values: new Map([
      [2, 2],
      [1, -2],
    ]),
  })
  const hundreds = new Map([
    [1, 1],
    [2, 0.4],
    [4, 0.6],
  ])
  expect(values('intensity').per).toEqual({ hundreds, full: 2 })
  expect(mapRows({ ...sources, measure: 'intensity' }).told).toEqual({
    values: new Map([
      [2, 3],
      [1, 3],
    ]),
    per: { hundreds, full: 4 },
  })
})

import { expect, test } from 'vitest'
import { districtTotals } from './district-totals.ts'
import { placesOf } from './places.ts'
import { createMapRows } from './rows.ts'

/** District 7 has two houses, 8 two of which one has unknown apartments, 9 one of which nothing is ever said. */
const places = placesOf({
  keys: [1, 2, 3, 4, 5],
  ids: ['b-1', 'b-2', 'b-3', 'b-4', 'b-5'],
  addresses: ['Садовая, 1', 'Садовая, 2', 'Мира, 1', 'Мира, 2', 'Новая, 1'],
  district: [7, 7, 8, 8, 9],
  apartments: [100, 50, 0, 200, 80],
})
const counts = { overdue: [0, 2, 1, 0], emergency: [0, 1, 0, 0], emergencyOverdue: [0, 0, 0, 0] }
const open = { keys: [1, 2, 3, 4], open: [3, 3, 5, 1], ...counts }
const before = { keys: [1, 2, 3, 4], open: [1, 0, 9, 1], ...counts, span: 28, now: 0 }
/** As the server counts them: one request of district 7 has no house. */
const DISTRICTS = [
  { key: 7, open: 7, overdue: 2, emergency: 1 },
  { key: 8, open: 6, overdue: 1, emergency: 0 },
  { key: 9, open: 0, overdue: 0, emergency: 0 },
]
type Asked = Partial<Parameters<ReturnType<typeof createMapRows>>[0]>
const totals = (asked: Asked) => {
  const rows = createMapRows()({
    ...{ places, open, deviating: [], districts: new Set<number>(), measure: 'open' as const },
    ...asked,
  })
  return Object.fromEntries(
    districtTotals(DISTRICTS, rows, (value, digits = 0) => value.toFixed(digits)),
  )
}

test('a district carries the requests that the server counts in it, and one without any a nought', () => {
  expect(totals({})).toEqual({ 7: '7', 8: '6', 9: '0' })
  expect(totals({ measure: 'overdue' })).toEqual({ 7: '2', 8: '1', 9: '0' })
})

test('of a rate it carries its requests over its apartments, as far as these are known', () => {
  // 6 on 150, 1 on 200, 0 on 80.
  expect(totals({ measure: 'intensity' })).toEqual({ 7: '4.0', 8: '0.5', 9: '0.0' })
})

test('of a judgement it carries how many of its buildings are not as usual', () => {
  const deviating = [{ building: 2, observed: 9, expected: 2, deviation: 'more' as const }]
  expect(totals({ measure: 'deviation', deviating })).toEqual({ 7: '1', 8: '0', 9: '0' })
})

test('of a comparison it carries the change, with its sign', () => {
  const then = before as unknown as NonNullable<Asked['before']>
  expect(totals({ before: then })).toEqual({ 7: '+5', 8: '-4', 9: '0' })
  // 5 more on 150 apartments; of the houses of district 8 whose apartments are known none has moved.
  expect(totals({ before: then, measure: 'intensity' })).toEqual({ 7: '+3.3', 8: '0.0', 9: '0.0' })
})

test('a district beside the chosen ones carries nothing', () => {
  expect(totals({ districts: new Set([8]) })).toEqual({ 8: '6' })
})

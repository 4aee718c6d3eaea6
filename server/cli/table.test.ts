import { expect, test } from 'vitest'
import { tableOf } from './table.ts'

test('words stand to the left, numbers to the right, under their names', () => {
  const rows = [
    { id: 'b-1', name: 'Липовая, 1', open: 7 },
    { id: 'b-12', name: '', open: 1204 },
  ]
  expect(tableOf(rows, ['id', 'name', 'open'])).toEqual([
    'id    name         open',
    'b-1   Липовая, 1      7',
    'b-12              1,204',
  ])
})

test('a table without rows is its names', () => {
  expect(tableOf<{ id: string }>([], ['id'])).toEqual(['id'])
})

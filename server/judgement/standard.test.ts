import { expect, test } from 'vitest'
import { othersWhereLarge, type ShareCells } from './standard.ts'

/** Rows of unit, stratum, n and events. */
function cells(...rows: [unit: number, stratum: number, n: number, events: number][]): ShareCells {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at] ?? 0)
  const quarter = new Float64Array(rows.length)
  return { unit: column(0), stratum: column(1), n: column(2), events: column(3), quarter }
}
const rowsOf = ({ unit, stratum }: ShareCells) =>
  Array.from(unit, (key, row) => [key, stratum[row]])
const policy = { maxStratumShare: 0.2 }

test('who holds more than a fifth of a stratum is no part of what it is compared with there', () => {
  const city = cells([1, 7, 30, 9], [2, 7, 70, 7], [1, 8, 10, 1], [2, 8, 90, 9])
  expect(rowsOf(othersWhereLarge(city, 1, policy))).toEqual([...[[2, 7]], ...[[1, 8]], ...[[2, 8]]])
})

test('where nobody else has such requests it stays', () => {
  expect(rowsOf(othersWhereLarge(cells([1, 7, 30, 9]), 1, policy))).toEqual([[1, 7]])
})

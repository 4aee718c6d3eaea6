import { isNumbers, type Numbers, readPortions } from './portions.ts'

/** Places of values of several columns, in ascending order; of what is no number in the order in which it first comes. */
export interface Numbered<V = number> {
  values: V[]
  /** Of each row a number below 2¹⁶: the column itself where it holds such. */
  of: readonly Numbers[]
  /** The place of such a number. */
  table: Uint16Array
}
const NUMBERS = 1 << 16

/**
 * A value that only rows of nothing have may have a place or not. Throws a RangeError for what is no number, and for more values
 * than 2¹⁶.
 */
export function numbered<V extends number | string>(
  columns: readonly ArrayLike<V>[],
  counts: readonly ArrayLike<number>[],
): Numbered<V> {
  const of = wholeColumns(columns)
  const seen = new Uint8Array(NUMBERS)
  if (!of || !mark(of, seen)) return renumbered(columns, counts)
  const values: number[] = []
  const table = new Uint16Array(NUMBERS)
  for (let value = 0; value < NUMBERS; value++)
    if (seen[value]) table[value] = values.push(value) - 1
  // All values are numbers: others have no column of whole numbers.
  return { values: values as V[], of, table }
}

/** Columns of whole numbers, themselves or by the places of what they hold, and what such a number stands for. */
export function asWhole<V extends number | string>(
  columns: readonly ArrayLike<V>[],
  counts: readonly ArrayLike<number>[],
): { of: readonly Numbers[]; valueOf: (whole: number) => V | number } {
  const of = wholeColumns(columns)
  if (of) return { of, valueOf: (whole) => whole }
  const places = renumbered(columns, counts)
  return { of: places.of, valueOf: (place) => places.values[place] ?? Number.NaN }
}

function wholeColumns(columns: readonly ArrayLike<number | string>[]): readonly Numbers[] | null {
  const of = columns.map(wholeNumbers)
  return of.every((column) => column !== null) ? of : null
}

/** The column itself where it is typed, null where not all of it are whole numbers. */
function wholeNumbers(column: ArrayLike<number | string>): Numbers | null {
  if (isNumbers(column))
    return !(column instanceof Float64Array) || areWhole(column) ? column : null
  const numbers = Float64Array.from({ length: column.length }, (_, row) => {
    const value = column[row]
    return typeof value === 'number' ? value : Number.NaN
  })
  return areWhole(numbers) ? numbers : null
}

function areWhole(column: Float64Array): boolean {
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? 0
    if ((value | 0) !== value) return false
  }
  return true
}

/** Marks what occurs; false where a number has no place in the table. */
function mark(columns: readonly Numbers[], seen: Uint8Array): boolean {
  let beyond = 0
  readPortions(
    columns.map((value) => ({ value })),
    { keys: ['value'] },
    ({ value }, length) => {
      for (let row = 0; row < length; row++) {
        const here = value[row] ?? 0
        beyond |= here >>> 16
        seen[here & (NUMBERS - 1)] = 1
      }
    },
  )
  return beyond === 0
}

function renumbered<V extends number | string>(
  columns: readonly ArrayLike<V>[],
  counts: readonly ArrayLike<number>[],
): Numbered<V> {
  const distinct = new Set<V>()
  for (const [part, column] of columns.entries())
    for (let row = 0; row < column.length; row++)
      if (counts[part]?.[row]) {
        const value = column[row] as V
        if (Number.isNaN(value)) throw new RangeError('a value of a column is not a number')
        distinct.add(value)
      }
  const values = [...distinct]
  if (values.length > NUMBERS) throw new RangeError(`a column has more than ${NUMBERS} values`)
  if (values.every((value) => typeof value === 'number'))
    values.sort((a, b) => Number(a) - Number(b))
  const known = new Map(values.map((value, place) => [value, place]))
  return {
    values,
    of: columns.map((column) =>
      Uint16Array.from({ length: column.length }, (_, row) => known.get(column[row] as V) ?? 0),
    ),
    table: Uint16Array.from(values.keys()),
  }
}

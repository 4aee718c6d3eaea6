/** Distinct values, and of each row the place of its own among them. */
interface Places<V = number> {
  values: V[]
  of: Int32Array
}

/** Widest range of whole numbers that is looked up in a table instead of a map. */
const TABLE = 1 << 20

/** Places of values in ascending order. Throws a RangeError for a value that is not a number. */
export function placesOf(column: ArrayLike<number>): Places {
  const { length } = column
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
  for (let row = 0; row < length; row++) {
    const value = column[row] ?? Number.NaN
    if (Number.isNaN(value)) throw new RangeError('a value of a column is not a number')
    if (value < least) least = value
    if (value > most) most = value
    // A remainder costs many times as much.
    if ((value | 0) !== value) whole = false
  }
  if (!whole || most - least >= TABLE) return mapped(column)
  const table = new Int32Array(Math.max(0, most - least + 1))
  for (let row = 0; row < length; row++) table[(column[row] ?? 0) - least] = 1
  const values: number[] = []
  for (let value = 0; value < table.length; value++)
    if (table[value]) {
      table[value] = values.length
      values.push(value + least)
    }
  const of = new Int32Array(length)
  for (let row = 0; row < length; row++) of[row] = table[(column[row] ?? 0) - least] ?? 0
  return { values, of }
}

function mapped(column: ArrayLike<number>): Places {
  const distinct = new Set<number>()
  for (let row = 0; row < column.length; row++) distinct.add(column[row] ?? 0)
  const values = Array.from(distinct).sort((a, b) => a - b)
  const known = new Map(values.map((value, place) => [value, place]))
  const of = new Int32Array(column.length)
  for (let row = 0; row < column.length; row++) of[row] = known.get(column[row] ?? 0) ?? 0
  return { values, of }
}

/** Places of keys that need not be numbers, in the order in which they first come. */
export function placesByFirst<K extends number | string>(column: ArrayLike<K>): Places<K> {
  const values: K[] = []
  const of = new Int32Array(column.length)
  const known = new Map<K, number>()
  // Whole numbers are looked up in a table that grows, one more than their place.
  let table = new Int32Array(1024)
  let [last, place]: [K | undefined, number] = [undefined, 0]
  for (let row = 0; row < column.length; row++) {
    const key = column[row] as K
    if (key !== last) {
      last = key
      if (typeof key === 'number' && key >= 0 && key < TABLE && (key | 0) === key) {
        if (key >= table.length) table = widened(table, key)
        place = (table[key] ?? 0) - 1
        if (place < 0) {
          place = values.push(key) - 1
          table[key] = place + 1
        }
      } else {
        const found = known.get(key)
        place = found ?? values.push(key) - 1
        if (found === undefined) known.set(key, place)
      }
    }
    of[row] = place
  }
  return { values, of }
}

function widened(table: Int32Array<ArrayBuffer>, key: number) {
  const wider = new Int32Array(Math.min(TABLE, 2 * (key + 1)))
  wider.set(table)
  return wider
}

/** Most pairs for which a table holds one place each, whether it occurs or not. */
const DENSE = 1 << 22

/** Places of pairs by the first, then by the second: a table of all that could occur, or of those that do where these are too many. */
export function pairsOf(a: Places<unknown>, b: Places<unknown>): { of: Int32Array; size: number } {
  const [firsts, seconds] = [a.values.length, b.values.length]
  const pair = (row: number) => (a.of[row] ?? 0) * seconds + (b.of[row] ?? 0)
  if (firsts * seconds <= DENSE) {
    const of = new Int32Array(a.of.length)
    for (let row = 0; row < of.length; row++) of[row] = pair(row)
    return { of, size: firsts * seconds }
  }
  const pairs = new Float64Array(a.of.length)
  for (let row = 0; row < pairs.length; row++) pairs[row] = pair(row)
  const { values, of } = placesOf(pairs)
  return { of, size: values.length }
}

/** Adds in place. */
export const add = (sums: Float64Array | Int32Array, place: number, value: number) => {
  sums[place] = (sums[place] ?? 0) + value
}

/** Rows by their place, each place's in the order in which they come: those of place p are rows[start[p]] to rows[start[p + 1] − 1]. */
export function grouped({ values, of }: Places<unknown>): { rows: Int32Array; start: Int32Array } {
  const start = new Int32Array(values.length + 1)
  for (let row = 0; row < of.length; row++) {
    const next = (of[row] ?? 0) + 1
    start[next] = (start[next] ?? 0) + 1
  }
  for (let place = 1; place < start.length; place++)
    start[place] = (start[place] ?? 0) + (start[place - 1] ?? 0)
  const filled = start.slice()
  const rows = new Int32Array(of.length)
  for (let row = 0; row < of.length; row++) {
    const place = of[row] ?? 0
    const next = filled[place] ?? 0
    rows[next] = row
    filled[place] = next + 1
  }
  return { rows, start }
}

/** Bits of a row's place beside its number: more rows than these tell are not sorted. */
const PLACE_BITS = 22
const WORD = 2 ** 32

/**
 * Places of numbers in ascending order, those of equal ones as they come. Sorted are words of the number and its place: no place
 * is compared by a function. Throws a RangeError for a number that is not whole, or not from 0 to 2⁴², and for more rows than 2²².
 */
export function ascending(numbers: ArrayLike<number>): Int32Array {
  const { length } = numbers
  if (length > 2 ** PLACE_BITS) throw new RangeError(`${length} rows are too many to be sorted`)
  const keys = new BigUint64Array(length)
  const words = new Uint32Array(keys.buffer)
  for (let row = 0; row < length; row++) {
    const number = numbers[row] ?? Number.NaN
    const high = Math.floor(number / 2 ** (32 - PLACE_BITS))
    if (!Number.isInteger(number) || number < 0 || high >= WORD)
      throw new RangeError(`${number} cannot be sorted`)
    words[2 * row] = (number % 2 ** (32 - PLACE_BITS)) * 2 ** PLACE_BITS + row
    words[2 * row + 1] = high
  }
  keys.sort()
  const places = new Int32Array(length)
  for (let at = 0; at < length; at++) places[at] = (words[2 * at] ?? 0) % 2 ** PLACE_BITS
  return places
}

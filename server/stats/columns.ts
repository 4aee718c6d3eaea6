/** Distinct values in ascending order, and of each row the place of its own among them. */
export interface Places {
  values: number[]
  of: Int32Array
}

/** Widest range of whole numbers that is looked up in a table instead of a map. */
const TABLE = 1 << 20

/** Throws a RangeError for a value that is not a number. */
export function placesOf(rows: Int32Array, column: ArrayLike<number>): Places {
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
  for (const row of rows) {
    const value = column[row] ?? Number.NaN
    if (Number.isNaN(value)) throw new RangeError('a value of a column is not a number')
    if (value < least) least = value
    if (value > most) most = value
    whole &&= Number.isInteger(value)
  }
  return whole && most - least < TABLE
    ? tabled(rows, column, least, most - least + 1)
    : mapped(rows, column)
}

function tabled(rows: Int32Array, column: ArrayLike<number>, least: number, range: number): Places {
  const table = new Int32Array(Math.max(0, range))
  for (const row of rows) table[(column[row] ?? 0) - least] = 1
  const values: number[] = []
  for (let value = 0; value < range; value++)
    if (table[value]) {
      table[value] = values.length
      values.push(value + least)
    }
  const of = new Int32Array(column.length)
  for (const row of rows) of[row] = table[(column[row] ?? 0) - least] ?? 0
  return { values, of }
}

function mapped(rows: Int32Array, column: ArrayLike<number>): Places {
  const values = Array.from(new Set(Array.from(rows, (row) => column[row] ?? 0))).sort(
    (a, b) => a - b,
  )
  const known = new Map(values.map((value, place) => [value, place]))
  const of = new Int32Array(column.length)
  for (const row of rows) of[row] = known.get(column[row] ?? 0) ?? 0
  return { values, of }
}

/** Places of keys that need not be numbers, in the order in which they first come. */
export function placesOfKeys(rows: Int32Array, column: ArrayLike<number | string>) {
  const known = new Map<number | string, number>()
  const of = new Int32Array(column.length)
  let [last, lastPlace]: [number | string | undefined, number] = [undefined, 0]
  for (const row of rows) {
    const key = column[row] ?? ''
    if (key !== last) {
      last = key
      lastPlace = known.get(key) ?? known.size
      known.set(key, lastPlace)
    }
    of[row] = lastPlace
  }
  return { values: [...known.keys()], of }
}

/** Places of pairs that occur; the value of one is a × (number of values of b) + b, so that they come by a, then by b. */
export function pairedPlaces(
  rows: Int32Array,
  a: { of: Int32Array },
  b: { values: readonly unknown[]; of: Int32Array },
): Places {
  const pairs = new Float64Array(a.of.length)
  const size = b.values.length
  for (const row of rows) pairs[row] = (a.of[row] ?? 0) * size + (b.of[row] ?? 0)
  return placesOf(rows, pairs)
}

/** Place of a row's value. */
export const at = ({ of }: Pick<Places, 'of'>, row: number) => of[row] ?? 0
export const add = (sums: Float64Array, place: number, value: number) => {
  sums[place] = (sums[place] ?? 0) + value
}

/** Rows of each stratum, in the order in which strata and rows come. */
export function byStratum(rows: Int32Array, column: ArrayLike<number | string>): Int32Array[] {
  const known = new Map<number | string, number>()
  const sizes: number[] = []
  const of = new Int32Array(column.length)
  for (const row of rows) {
    const key = column[row] ?? ''
    let place = known.get(key)
    if (place === undefined) {
      place = known.size
      known.set(key, place)
      sizes.push(0)
    }
    of[row] = place
    sizes[place] = (sizes[place] ?? 0) + 1
  }
  const strata = sizes.map((size) => new Int32Array(size))
  const filled = new Int32Array(sizes.length)
  for (const row of rows) {
    const place = of[row] ?? 0
    const into = strata[place]
    const next = filled[place] ?? 0
    if (into) into[next] = row
    filled[place] = next + 1
  }
  return strata
}

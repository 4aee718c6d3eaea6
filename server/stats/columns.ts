/** Distinct values in ascending order, and of each row the place of its own among them. */
export interface Places {
  values: number[]
  of: Int32Array
}

/** Throws a RangeError for a value that is not a number. */
export function placesOf(rows: Int32Array, column: ArrayLike<number>): Places {
  const known = new Map<number, number>()
  const first = new Int32Array(column.length)
  for (const row of rows) {
    const value = column[row] ?? Number.NaN
    if (Number.isNaN(value)) throw new RangeError('a value of a column is not a number')
    let place = known.get(value)
    if (place === undefined) {
      place = known.size
      known.set(value, place)
    }
    first[row] = place
  }
  const values = [...known.keys()]
  const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const rank = new Int32Array(values.length)
  for (const [place, value] of order.entries()) rank[value] = place
  for (const row of rows) first[row] = rank[first[row] ?? 0] ?? 0
  return { values: Array.from(order, (value) => values[value] ?? 0), of: first }
}

/** Place of a row's value. */
export const at = ({ of }: Places, row: number) => of[row] ?? 0
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

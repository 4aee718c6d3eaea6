import { add, pairsOf, placesOf } from '#server/stats/columns.ts'

/** Rows of counts by one or two keys of whole numbers, one for each that occurs, in the order in which these first come. */
export const summedBy =
  <K extends string, C extends string>(keys: readonly [K, K?], counts: readonly C[]) =>
  (rows: Readonly<Record<K | C, Float64Array>>): Record<K | C, Float64Array> => {
    const [first, second] = keys
    const { of, size } = placed(rows[first], second && rows[second])
    // One more than the place among those that occur.
    const places = new Int32Array(size)
    const firsts: number[] = []
    for (let row = 0; row < of.length; row++) {
      const key = of[row] ?? 0
      if (places[key] === 0) places[key] = firsts.push(row)
    }
    const summed = (column: Float64Array) => {
      const sums = new Float64Array(firsts.length)
      for (let row = 0; row < of.length; row++)
        add(sums, (places[of[row] ?? 0] ?? 0) - 1, column[row] ?? 0)
      return sums
    }
    const kept = (column: Float64Array) => {
      const own = new Float64Array(firsts.length)
      for (let i = 0; i < own.length; i++) own[i] = column[firsts[i] ?? 0] ?? 0
      return own
    }
    return Object.fromEntries([
      ...keys.flatMap((name) => (name ? [[name, kept(rows[name])]] : [])),
      ...counts.map((name) => [name, summed(rows[name])]),
    ])
  }

function placed(first: Float64Array, second: Float64Array | undefined) {
  const places = placesOf(first)
  return second ? pairsOf(places, placesOf(second)) : { of: places.of, size: places.values.length }
}

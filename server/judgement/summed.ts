import { add, pairsOf, placesOf } from '#server/stats/columns.ts'

/** Rows of counts by two keys of whole numbers, one for each pair that occurs, in the order in which these first come. */
export const summedBy =
  <K extends string, C extends string>(first: K, second: K, counts: readonly C[]) =>
  (rows: Readonly<Record<K | C, Float64Array>>): Record<K | C, Float64Array> => {
    const keys = { first: placesOf(rows[first]), second: placesOf(rows[second]) }
    const { of, size } = pairsOf(keys.first, keys.second)
    // One more than the place among the pairs that occur.
    const placed = new Int32Array(size)
    const firsts: number[] = []
    for (let row = 0; row < of.length; row++) {
      const pair = of[row] ?? 0
      if (placed[pair] === 0) placed[pair] = firsts.push(row)
    }
    const summed = (column: Float64Array) => {
      const sums = new Float64Array(firsts.length)
      for (let row = 0; row < of.length; row++)
        add(sums, (placed[of[row] ?? 0] ?? 0) - 1, column[row] ?? 0)
      return sums
    }
    const kept = (column: Float64Array) => Float64Array.from(firsts, (row) => column[row] ?? 0)
    return Object.fromEntries([
      ...[first, second].map((name) => [name, kept(rows[name])]),
      ...counts.map((name) => [name, summed(rows[name])]),
    ])
  }

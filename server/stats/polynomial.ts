/**
 * Least-squares polynomials as weights: the polynomial of `degree` through values at `known` has at `wanted[i]` the value
 * Σ_j weights[i][j] value_j (projection by the normal equations; R lm with poly, raw). Places should lie within [−1, 1];
 * there must be more known places than the degree.
 */
export function curvesThrough(
  known: readonly number[],
  degree: number,
  wanted: readonly number[],
): number[][] {
  const powers = (x: number) => Array.from({ length: degree + 1 }, (_, power) => x ** power)
  const rows = known.map(powers)
  const matrix = powers(1).map((_, i) =>
    powers(1).map((_, j) => rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)),
  )
  // Column j of the solution holds the coefficients that a value of one at known[j], and zero elsewhere, gives.
  const coefficients = solve(
    matrix,
    powers(1).map((_, i) => rows.map((row) => row[i] ?? 0)),
  )
  return wanted.map((x) =>
    known.map((_, j) =>
      powers(x).reduce((sum, power, i) => sum + power * (coefficients[i]?.[j] ?? 0), 0),
    ),
  )
}

/** Gaussian elimination with partial pivoting, for several right sides at once. */
function solve(matrix: readonly (readonly number[])[], right: readonly (readonly number[])[]) {
  const rows = matrix.map((row, i) => [...row, ...(right[i] ?? [])])
  const size = matrix.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let i = column + 1; i < size; i++)
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i
    const chosen = rows[pivot] ?? []
    rows[pivot] = rows[column] ?? []
    rows[column] = chosen.map((value) => value / (chosen[column] ?? 1))
    for (let i = 0; i < size; i++) {
      if (i === column) continue
      const factor = rows[i]?.[column] ?? 0
      rows[i] = (rows[i] ?? []).map((value, j) => value - factor * (rows[column]?.[j] ?? 0))
    }
  }
  return rows.map((row) => row.slice(size))
}

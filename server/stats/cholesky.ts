/**
 * Lower root of Cholesky of a symmetric positive definite matrix, in the place of its lower half; what is not definite is held
 * at almost 0.
 */
export function factorise(root: readonly Float64Array[]): readonly Float64Array[] {
  for (const [i, row] of root.entries())
    for (let j = 0; j <= i; j++) {
      let sum = row[j] ?? 0
      const other = root[j] ?? row
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (other[k] ?? 0)
      row[j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / (other[j] ?? 1)
    }
  return root
}

/** The x with L Lᵀ x = right, of such a root. */
export function solve(root: readonly Float64Array[], right: ArrayLike<number>): number[] {
  const result = Array.from(right)
  for (const [i, row] of root.entries()) {
    let sum = result[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (row[k] ?? 0) * (result[k] ?? 0)
    result[i] = sum / (row[i] ?? 1)
  }
  for (let i = root.length - 1; i >= 0; i--) {
    let sum = result[i] ?? 0
    for (let k = i + 1; k < root.length; k++) sum -= (root[k]?.[i] ?? 0) * (result[k] ?? 0)
    result[i] = sum / (root[i]?.[i] ?? 1)
  }
  return result
}

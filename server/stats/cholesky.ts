/**
 * Root of Cholesky of a symmetric positive definite matrix, in its place: the lower half is read, both halves hold the root
 * afterwards. What is not definite is held at almost 0.
 */
export function factorise(root: readonly Float64Array[]): readonly Float64Array[] {
  for (const [j, column] of root.entries()) {
    let square = column[j] ?? 0
    for (let k = 0; k < j; k++) square -= (column[k] ?? 0) * (column[k] ?? 0)
    const own = Math.sqrt(Math.max(square, 1e-300))
    column[j] = own
    // Two rows at a time: neither waits for the sum of the other.
    for (let i = j + 1; i < root.length; i += 2) {
      const one = root[i] ?? column
      const other = root[i + 1] ?? one
      let [first, second] = [one[j] ?? 0, other[j] ?? 0]
      for (let k = 0; k < j; k++) {
        const factor = column[k] ?? 0
        first -= (one[k] ?? 0) * factor
        second -= (other[k] ?? 0) * factor
      }
      one[j] = column[i] = first / own
      if (other !== one) other[j] = column[i + 1] = second / own
    }
  }
  return root
}

/** The x with L Lᵀ x = right, of such a root. */
export function solve(root: readonly Float64Array[], right: ArrayLike<number>) {
  const result = new Float64Array(root.length)
  for (let i = 0; i < root.length; i++) {
    const row = root[i] ?? result
    let sum = right[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (row[k] ?? 0) * (result[k] ?? 0)
    result[i] = sum / (row[i] ?? 1)
  }
  for (let i = root.length - 1; i >= 0; i--) {
    const row = root[i] ?? result
    let sum = result[i] ?? 0
    for (let k = i + 1; k < root.length; k++) sum -= (row[k] ?? 0) * (result[k] ?? 0)
    result[i] = sum / (row[i] ?? 1)
  }
  return result
}

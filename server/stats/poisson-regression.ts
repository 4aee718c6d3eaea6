import { factorise, solve } from './cholesky.ts'

/** One observation: a count, what it grows in proportion to, and the level (0, 1, …) of each factor. */
export interface Count {
  events: number
  /** Above 0. */
  exposure: number
  levels: readonly number[]
}

export interface PoissonFit {
  /** ln of the rate per unit of exposure at the first levels. */
  intercept: number
  /** By factor and level: what it adds to that; the first level adds 0. */
  effects: number[][]
  /** Rate per unit of exposure at these levels. */
  rate: (levels: readonly number[]) => number
}

/** Holds the effect of a level at which nothing ever happened; without it that effect has no end. */
const RIDGE = 1e-9
const ROUNDS = 60

/**
 * Main-effects Poisson regression of factors with the logarithm of the exposure as offset, by iteratively reweighted least squares
 * (Nelder and Wedderburn 1972; McCullagh and Nelder 1989, 2.5), ridge 1e-9 on everything but the intercept. Fitted counts sum to
 * the observed ones. `sizes`: how many levels each factor has. null where there is nothing to fit.
 */
export function poissonRegression(
  counts: readonly Count[],
  sizes: readonly number[],
): PoissonFit | null {
  const cells = together(counts)
  const events = cells.reduce((sum, cell) => sum + cell.events, 0)
  const exposure = cells.reduce((sum, cell) => sum + cell.exposure, 0)
  if (exposure === 0 || events === 0) return null
  // Column 0 is the intercept; each factor has one column for each level after its first.
  const starts: number[] = []
  let width = 1
  for (const size of sizes) {
    starts.push(width)
    width += size - 1
  }
  const columnsOf = (levels: readonly number[]) => [
    0,
    ...levels.flatMap((level, factor) => (level === 0 ? [] : [(starts[factor] ?? 0) + level - 1])),
  ]
  const rows = cells.map((cell) => ({ ...cell, columns: columnsOf(cell.levels) }))
  const eta = (beta: Float64Array, columns: readonly number[]) =>
    columns.reduce((sum, column) => sum + (beta[column] ?? 0), 0)

  let beta = new Float64Array(width)
  beta[0] = Math.log(events / exposure)
  for (let round = 0; round < ROUNDS; round++) {
    const matrix = Array.from({ length: width }, () => new Float64Array(width))
    const right = new Float64Array(width)
    for (const { events: y, exposure: a, columns } of rows) {
      const linear = eta(beta, columns)
      const mean = a * Math.exp(linear)
      const working = mean * linear + (y - mean)
      for (const i of columns) {
        right[i] = (right[i] ?? 0) + working
        const line = matrix[i]
        if (line) for (const j of columns) line[j] = (line[j] ?? 0) + mean
      }
    }
    for (let i = 1; i < width; i++) {
      const line = matrix[i]
      if (line) line[i] = (line[i] ?? 0) + RIDGE
    }
    const next = solve(factorise(matrix), right)
    const step = next.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (beta[i] ?? 0))),
      0,
    )
    beta = next
    if (step < 1e-12) break
  }
  return {
    intercept: beta[0] ?? 0,
    effects: sizes.map((size, factor) =>
      Array.from({ length: size }, (_, level) =>
        level === 0 ? 0 : (beta[(starts[factor] ?? 0) + level - 1] ?? 0),
      ),
    ),
    rate: (levels) => Math.exp(eta(beta, columnsOf(levels))),
  }
}

/** Observations of the same levels are one: the likelihood knows only their sums. */
function together(counts: readonly Count[]): Count[] {
  const cells = new Map<string, Count>()
  for (const { events, exposure, levels } of counts) {
    const key = levels.join(' ')
    const cell = cells.get(key)
    cells.set(key, {
      levels,
      events: (cell?.events ?? 0) + events,
      exposure: (cell?.exposure ?? 0) + exposure,
    })
  }
  return [...cells.values()]
}

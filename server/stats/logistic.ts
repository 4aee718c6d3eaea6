import { factorise, solve } from './cholesky.ts'
import { add } from './columns.ts'

/** Cases of one combination of factor levels; one level of each factor, in a fixed order of factors. */
export interface FactorRow {
  levels: readonly (string | number)[]
  n: number
  events: number
}

export interface LogisticModel {
  /** Intercept, then the levels of each factor but its first, in the order in which they first come. */
  coefficients: number[]
  standardErrors: number[]
  deviance: number
  /** Share of events at these levels; a level never seen counts as the first of its factor. */
  predict: (levels: readonly (string | number)[]) => number
}

const STEPS = 50
const SETTLED = 1e-12

/**
 * Main-effects logistic regression by iteratively reweighted least squares (McCullagh and Nelder 1989, 4.4; R glm with
 * binomial family). `ridge` on all but the intercept keeps a level without events finite. Rows of nobody are passed over;
 * no rows at all predict ½, and nobody's events or everybody's predict close to 0 or 1.
 */
export function fitLogistic(rows: readonly FactorRow[], ridge = 1e-6): LogisticModel {
  const known = rows.filter(({ n }) => n > 0)
  const { places, size } = columnsOf(known)
  const placed = known.map(({ levels, n, events }): Placed => {
    const at = placesOf(levels, places)
    return { at, n, events, eta: 0, share: 0.5 }
  })
  let beta = new Float64Array(size)
  const total = placed.reduce((sum, { n }) => sum + n, 0)
  const events = placed.reduce((sum, row) => sum + row.events, 0)
  if (total > 0) beta[0] = Math.log((events + 0.5) / (total - events + 0.5))
  expectAt(placed, beta)
  const equations = emptyEquations(size)
  let last = Number.POSITIVE_INFINITY
  let deviance = total > 0 ? last : 0
  for (let step = 0; step < STEPS && total > 0; step++) {
    fillEquations(equations, placed, ridge)
    beta = solve(factorise(equations.matrix), equations.right)
    expectAt(placed, beta)
    deviance = devianceOf(placed)
    if (Math.abs(deviance - last) <= SETTLED * (Math.abs(deviance) + 0.1)) break
    last = deviance
  }
  return {
    coefficients: Array.from(beta),
    get standardErrors() {
      fillEquations(equations, placed, ridge)
      const root = factorise(equations.matrix)
      return Array.from(beta, (_, i) =>
        Math.sqrt(solve(root, unitVector(size, i))[i] ?? Number.NaN),
      )
    },
    deviance,
    predict: (levels) => logistic(linear(placesOf(levels, places), beta)),
  }
}

const logistic = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
function linear(at: readonly number[], beta: Float64Array): number {
  let sum = beta[0] ?? 0
  for (let i = 0; i < at.length; i++) sum += beta[at[i] ?? 0] ?? 0
  return sum
}
const unitVector = (size: number, at: number) =>
  Array.from({ length: size }, (_, i) => (i === at ? 1 : 0))

/** Of each factor the column of each level but the first. */
function columnsOf(rows: readonly FactorRow[]) {
  const places: Map<string | number, number>[] = []
  const factors = rows[0]?.levels.length ?? 0
  let size = 1
  for (let factor = 0; factor < factors; factor++) {
    const columns = new Map<string | number, number>()
    for (const { levels } of rows) {
      const level = levels[factor]
      if (level === undefined || columns.has(level)) continue
      columns.set(level, columns.size === 0 ? 0 : size++)
    }
    places.push(columns)
  }
  return { places, size }
}

const placesOf = (
  levels: readonly (string | number)[],
  places: readonly Map<string | number, number>[],
) => levels.map((level, factor) => places[factor]?.get(level) ?? 0).filter((place) => place > 0)

/** A row by the columns of its levels, and what the coefficients at hand make of it. */
interface Placed extends Omit<FactorRow, 'levels'> {
  at: number[]
  eta: number
  share: number
}

function expectAt(rows: readonly Placed[], beta: Float64Array) {
  for (const row of rows) {
    row.eta = linear(row.at, beta)
    row.share = logistic(row.eta)
  }
}

/** The lower half of a matrix, and the right side. */
interface Equations {
  matrix: readonly Float64Array[]
  right: Float64Array
}
const emptyEquations = (size: number): Equations => ({
  matrix: Array.from({ length: size }, () => new Float64Array(size)),
  right: new Float64Array(size),
})

function fillEquations({ matrix, right }: Equations, rows: readonly Placed[], ridge: number) {
  for (const row of [right, ...matrix]) row.fill(0)
  const [first] = matrix
  for (const { at, n, events, eta, share } of rows) {
    const weight = Math.max(n * share * (1 - share), 1e-12)
    const work = weight * eta + events - n * share
    if (first) add(first, 0, weight)
    add(right, 0, work)
    // Places ascend, as factors do.
    for (let i = 0; i < at.length; i++) {
      const place = at[i] ?? 0
      const row = matrix[place]
      if (!row) continue
      add(right, place, work)
      add(row, 0, weight)
      for (let j = 0; j <= i; j++) add(row, at[j] ?? 0, weight)
    }
  }
  for (const [i, row] of matrix.entries()) if (i > 0) add(row, i, ridge)
}

/** Twice the lack of fit against every row's own share. */
function devianceOf(rows: readonly Placed[]): number {
  let sum = 0
  for (const { n, events, share } of rows) {
    if (events > 0) sum += events * Math.log(events / (n * share))
    if (events < n) sum += (n - events) * Math.log((n - events) / (n * (1 - share)))
  }
  return 2 * sum
}

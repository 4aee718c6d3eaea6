import { logGammaMoments } from './gamma.ts'
import { normalCdf } from './normal.ts'
import type { Chance } from './random.ts'
import { normalsOf } from './random.ts'
import { priorShape } from './shrinkage.ts'

/** One measure that enters the index: its weight, which direction is worse, τ² of the ordinary differences, the counts. */
export interface IndexPart {
  weight: number
  worse: 'more' | 'fewer'
  tau2: number
  units: readonly { unit: number; observed: number; expected: number }[]
}

export interface Indexed {
  unit: number
  /** 0 to 100, higher is better; 50 is as the city. Presentation only: no level comes from it. */
  index: number
  /** Of each part, in their order: how far better (negative) or worse, in standard deviations of what is known of it. */
  parts: number[]
  /** 5th, 50th and 95th percentile of its rank, 1 the best, over the draws. */
  rank: [low: number, middle: number, high: number]
  /** Third of the ranking by the index, 1 the best; whether halving or enlarging a weight by half moves it to another. */
  third: 1 | 2 | 3
  thirdMoves: boolean
}

/**
 * The index of an overview (method, section 6): 100 Φ(−Σ w z / √(w′ R w)), z = posterior mean of ln ratio over its standard
 * deviation, worse positive, R the correlation of z over the units. Ranks come from `draws` draws of what is not known: the
 * posterior of ln ratio taken as normal, which it is to a hundredth from ten events on. Only units with every part are
 * indexed; in the order of the first part. The same `chance` gives the same ranks.
 */
export function compositeIndex(
  parts: readonly IndexPart[],
  chance: Chance,
  draws = 2000,
): Indexed[] {
  const scores = parts.map(scoresOf)
  const units = [...(scores[0]?.keys() ?? [])].filter((unit) => scores.every((of) => of.has(unit)))
  const z = units.map((unit) => scores.map((of) => of.get(unit) ?? 0))
  const weights = parts.map(({ weight }) => weight)
  const together = weighted(z, weights)
  const scale = Math.sqrt(quadratic(weights, correlations(z)))
  const ranks = rankPercentiles(together, Math.hypot(...weights), chance, draws)
  const thirds = thirdsOf(together)
  const others = weights.flatMap((_, k) =>
    [0.5, 1.5].map((by) =>
      thirdsOf(
        weighted(
          z,
          weights.map((w, j) => (j === k ? w * by : w)),
        ),
      ),
    ),
  )
  return units.map((unit, i) => ({
    unit,
    index: 100 * normalCdf(scale > 0 ? -(together[i] ?? 0) / scale : 0),
    parts: z[i] ?? [],
    rank: ranks[i] ?? [1, 1, 1],
    third: thirds[i] ?? 2,
    thirdMoves: others.some((of) => of[i] !== thirds[i]),
  }))
}

function scoresOf({ worse, tau2, units }: IndexPart): Map<number, number> {
  const prior = priorShape(tau2)
  const sign = worse === 'more' ? 1 : -1
  return new Map(
    units.map(({ unit, observed, expected }) => {
      const { mean, sd } = logGammaMoments(observed + prior, expected + prior)
      return [unit, (sign * mean) / sd]
    }),
  )
}

const weighted = (z: readonly (readonly number[])[], weights: readonly number[]) =>
  z.map((of) => of.reduce((sum, value, k) => sum + (weights[k] ?? 0) * value, 0))

const quadratic = (w: readonly number[], matrix: readonly (readonly number[])[]) =>
  w.reduce((sum, a, i) => sum + w.reduce((row, b, j) => row + a * b * (matrix[i]?.[j] ?? 0), 0), 0)

function correlations(z: readonly (readonly number[])[]): number[][] {
  const parts = z[0]?.length ?? 0
  const n = z.length
  const column = (k: number) => z.map((of) => of[k] ?? 0)
  const centred = Array.from({ length: parts }, (_, k) => {
    const values = column(k)
    const mean = values.reduce((sum, value) => sum + value, 0) / n
    return values.map((value) => value - mean)
  })
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  return centred.map((a, i) =>
    centred.map((b, j) => {
      if (i === j) return 1
      const spread = Math.sqrt(dot(a, a) * dot(b, b))
      return spread > 0 ? dot(a, b) / spread : 0
    }),
  )
}

/** Thirds of the ranking, the best first; ties in the order of the units. */
function thirdsOf(scores: readonly number[]): (1 | 2 | 3)[] {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b)
  const thirds = Array<1 | 2 | 3>(scores.length).fill(1)
  for (const [place, i] of order.entries()) {
    const third = Math.floor((3 * place) / scores.length)
    thirds[i] = third === 0 ? 1 : third === 1 ? 2 : 3
  }
  return thirds
}

function rankPercentiles(
  scores: readonly number[],
  sd: number,
  chance: Chance,
  draws: number,
): [number, number, number][] {
  const size = scores.length
  const counts = scores.map(() => new Uint32Array(size + 1))
  const normal = normalsOf(chance)
  const drawn = new Float64Array(size)
  // Ranks by sorted value: values differ almost surely.
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < size; i++) drawn[i] = (scores[i] ?? 0) + sd * normal()
    const sorted = Float64Array.from(drawn).sort()
    for (let i = 0; i < size; i++) {
      const of = counts[i]
      if (of) {
        const rank = placeIn(sorted, drawn[i] ?? 0) + 1
        of[rank] = (of[rank] ?? 0) + 1
      }
    }
  }
  const percentileOf = (of: Uint32Array, share: number) => {
    let sum = 0
    for (const [rank, count] of of.entries()) {
      sum += count
      if (sum >= share * draws && sum > 0) return rank
    }
    return size
  }
  return counts.map((of) => [percentileOf(of, 0.05), percentileOf(of, 0.5), percentileOf(of, 0.95)])
}

/** How many values are smaller. */
function placeIn(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

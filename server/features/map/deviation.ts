import type { Deviation } from '#server/contract/geometry.ts'
import {
  poissonAtLeast,
  poissonCdf,
  poissonLimits,
  poissonQuantile,
} from '#server/stats/poisson.ts'

/** One building's requests in the window and in the time before it that its expectation is learned from. */
export interface Inflow {
  building: number
  window: number
  before: number
  /** Apartments, or another size; null = not known. */
  size: number | null
}
export interface Deviating {
  building: number
  observed: number
  expected: number
  deviation: Deviation
}
export interface Deviations {
  /** Every building that is not as usual. */
  deviating: Deviating[]
  /** How many buildings were looked at, and how many of them chance alone would call deviating. */
  buildings: number
  byChance: number
}

/** Chance of a building as usual to be called more (and the same for less). */
export const TAIL = 0.005
/** Steps of the lower limit over the expectation: what is left of the excess after chance has had its share. */
export const MORE = 1.5
export const MUCH = 2.5

/**
 * Requests of the window against each building's share of the city's requests of that window. The share is that of the time
 * before, smoothed towards the city's rate per apartment by Marshall's moments (Marshall 1991): a small house with one busy month
 * does not get a rate of its own. Hence expectations sum to what was observed, a season that moves the whole city moves nothing
 * here, and the map answers where, not how much.
 */
export function deviationsOf(inflows: readonly Inflow[]): Deviations {
  const expected = expectations(inflows)
  const deviating: Deviating[] = []
  const tails = tailsByExpectation()
  let byChance = 0
  inflows.forEach(({ building, window }, i) => {
    const mean = expected[i] ?? 0
    byChance += tails(mean)
    const deviation = judge(window, mean)
    if (deviation !== 'usual')
      deviating.push({ building, observed: window, expected: mean, deviation })
  })
  return { deviating, buildings: inflows.length, byChance }
}

export function judge(observed: number, expected: number): Deviation {
  if (expected <= 0) return 'usual'
  if (observed < expected) return poissonCdf(observed, expected) <= TAIL ? 'less' : 'usual'
  // Its lower limit lies above the expectation just where the chance of so many is below the tail.
  if (poissonAtLeast(observed, expected) >= TAIL) return 'usual'
  const [lower] = poissonLimits(observed, 1 - 2 * TAIL)
  return lower >= MUCH * expected ? 'much' : lower >= MORE * expected ? 'more' : 'slightly'
}

/** Expected requests of the window, in the order of the buildings. */
export function expectations(inflows: readonly Inflow[]): number[] {
  const known = inflows.flatMap(({ size }) => (size ? [size] : []))
  const typical = known.length > 0 ? sum(known) / known.length : 1
  const sizes = inflows.map(({ size }) => size || typical)
  const total = sum(sizes)
  const before = sum(inflows.map((inflow) => inflow.before))
  const window = sum(inflows.map((inflow) => inflow.window))
  if (total === 0 || before === 0) return inflows.map(() => 0)
  const rate = before / total
  const spread =
    sum(
      inflows.map((inflow, i) => (sizes[i] ?? 0) * (inflow.before / (sizes[i] ?? 1) - rate) ** 2),
    ) / total
  const between = Math.max(0, spread - rate / (total / inflows.length))
  const smoothed = inflows.map((inflow, i) => {
    const size = sizes[i] ?? 1
    const weight = between === 0 ? 0 : between / (between + rate / size)
    return size * (rate + weight * (inflow.before / size - rate))
  })
  const scale = window / sum(smoothed)
  return smoothed.map((value) => value * scale)
}

/** Chance that a building with this expectation is called deviating though it is as usual; many buildings share one. */
function tailsByExpectation() {
  const known = new Map<number, number>()
  return (mean: number) => {
    if (mean <= 0) return 0
    const rounded = Number(mean.toPrecision(3))
    let chance = known.get(rounded)
    if (chance === undefined) {
      const upper = poissonQuantile(1 - TAIL, rounded) + 1
      const lower = poissonQuantile(TAIL, rounded) - 1
      chance = poissonAtLeast(upper, rounded) + poissonCdf(lower, rounded)
      known.set(rounded, chance)
    }
    return chance
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

import type { Level } from '#server/contract/measures/shape.ts'
import type { Standardised } from './casemix.ts'
import { standardise } from './casemix.ts'
import type { Cell } from './cells.ts'
import { dispersedLimit, poissonLimit } from './funnel.ts'
import { LEVEL_POLICY, type LevelPolicy } from './level-policy.ts'
import { levelsOf } from './levels.ts'
import { normalCdf, Z95, Z999 } from './normal.ts'
import { distance } from './overdispersion.ts'
import { poissonLimits } from './poisson.ts'

/** Below so many events the interval shown is the exact Poisson one. */
const EXACT_BELOW = 10

/** A policy by the names that screens tell. */
export const rulesOf = ({ levels, version }: { levels: LevelPolicy; version: number }) => ({
  ...levels,
  exactBelow: EXACT_BELOW,
  version,
})

export interface Compared extends Standardised {
  /** O / E. */
  ratio: number
  /** 95 % interval of the ratio; its lower end is L975. */
  lower: number
  upper: number
  /** Distance in standard errors of chance; then allowing for ordinary differences. */
  z: number
  zDispersed: number
  /** One-sided chance of a ratio so high. */
  pChance: number
  pDispersed: number
  /** Limits at this volume: chance alone, and chance with ordinary differences. */
  chance: [lower: number, upper: number]
  outer: [lower: number, upper: number]
  level: Level
  /** Why nothing is said: too few, nobody to compare with, data that cannot be relied on; null where something is. */
  insufficient: 'few' | 'alone' | 'quality' | null
}

export interface Comparison {
  units: Compared[]
  phi: number
  tau2: number
}

/**
 * Limits of O / E at 99.8 % for so many expected events: the inner exact Poisson with interpolation (Spiegelhalter 2005, A.1.1), the
 * outer (1 ± z √(1/4E + τ²))² (method, section 5.2), never inside the inner. E > 0; lower limits are at least 0.
 */
export function funnelLimits(expected: number, tau2: number) {
  const p = normalCdf(-Z999)
  const chance: [number, number] = [
    Math.max(0, poissonLimit(expected, p)),
    poissonLimit(expected, 1 - p),
  ]
  const outer: [number, number] = [
    Math.min(chance[0], dispersedLimit(expected, tau2, -Z999)),
    Math.max(chance[1], dispersedLimit(expected, tau2, Z999)),
  ]
  return { chance, outer }
}

/**
 * Compares every unit with the city on the unit's own mix, where more is worse. Units of which nothing is expected are left
 * out. Levels are those of `levelsOf`.
 */
export const compare = (cells: readonly Cell<string | number>[]): Comparison =>
  compareUnits(standardise(cells))

/** The same of units that have been standardised, by the levels of a policy. Where nobody has an expectation: no units, τ² 0. */
export function compareUnits(
  standardised: readonly Standardised[],
  policy: LevelPolicy = LEVEL_POLICY,
): Comparison {
  const { phi, tau2, units } = levelsOf(
    { measure: 'compared', worse: 'more', units: standardised },
    policy,
  )
  return {
    phi,
    tau2,
    units: units.map(({ unit, n, observed, expected, variance, ownShare, quarters, ...judged }) => {
      const { z, zDispersed, pChance, pDispersed, level, insufficient } = judged
      const counts = { unit, n, observed, expected, variance, ownShare, quarters }
      return {
        ...counts,
        ...ratioOf(counts),
        ...{ z, zDispersed, pChance, pDispersed, level, insufficient },
        ...funnelLimits(expected, tau2),
      }
    }),
  }
}

/** O / E with its interval: square-root (its lower end is L975), exact Poisson limits where events are few. E > 0. */
export function ratioOf({
  observed,
  expected,
  variance,
}: Pick<Standardised, 'observed' | 'expected' | 'variance'>) {
  const ratio = observed / expected
  if (observed < EXACT_BELOW) {
    const [lower, upper] = poissonLimits(observed)
    return { ratio, lower: lower / expected, upper: upper / expected }
  }
  const { s } = distance(observed, expected, variance)
  const root = Math.sqrt(ratio)
  return { ratio, lower: Math.max(0, root - Z95 * s) ** 2, upper: (root + Z95 * s) ** 2 }
}

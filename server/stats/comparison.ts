import type { Level } from '#server/contract/measures/shape.ts'
import type { Cell, Standardised } from './casemix.ts'
import { standardise } from './casemix.ts'
import { dispersedLimit, poissonLimit } from './funnel.ts'
import { normalCdf, Z95, Z999 } from './normal.ts'
import { distance, overdispersion } from './overdispersion.ts'
import { poissonLimits } from './poisson.ts'

/** The rules by which a unit is called out. They are published before they are applied; evidence names the version. */
export const RULES = {
  version: 1,
  /** Least expected events and requests for any level. */
  minExpected: 10,
  minRequests: 100,
  /** More of its own requests than this in what it is compared with: there is nobody to compare with. */
  maxOwnShare: 0.5,
  /** Only units with so many expected events tell how much units ordinarily differ. */
  minExpectedForSpread: 5,
  trim: 0.1,
  /** Below so many events the interval is the exact Poisson one. */
  exactBelow: 10,
} as const

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
}

export interface Comparison {
  units: Compared[]
  phi: number
  tau2: number
}

/** Both limits of the funnel at a volume; the outer is never inside the inner. */
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

/** Compares every unit with the city on the unit's own mix. Units of which nothing is expected are left out. */
export function compare(cells: readonly Cell<string | number>[]): Comparison {
  const units = standardise(cells).filter((unit) => unit.expected > 0 && unit.variance > 0)
  const scored = units.map((unit) => ({
    ...unit,
    ...distance(unit.observed, unit.expected, unit.variance),
  }))
  const { phi, tau2 } = overdispersion(
    scored.filter((unit) => unit.expected >= RULES.minExpectedForSpread),
    RULES.trim,
  )
  return {
    phi,
    tau2,
    units: scored.map(({ y, s, z, ...unit }) => {
      const zDispersed = y / Math.sqrt(s * s + tau2)
      const { ratio, lower, upper } = ratioOf(unit)
      const limits = funnelLimits(unit.expected, tau2)
      return {
        ...unit,
        ratio,
        lower,
        upper,
        z,
        zDispersed,
        pChance: normalCdf(-z),
        pDispersed: normalCdf(-zDispersed),
        ...limits,
        level: levelOf(unit, ratio, limits),
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
  if (observed < RULES.exactBelow) {
    const [lower, upper] = poissonLimits(observed)
    return { ratio, lower: lower / expected, upper: upper / expected }
  }
  const { s } = distance(observed, expected, variance)
  const root = Math.sqrt(ratio)
  return { ratio, lower: Math.max(0, root - Z95 * s) ** 2, upper: (root + Z95 * s) ** 2 }
}

function levelOf(
  unit: Standardised,
  ratio: number,
  { chance, outer }: ReturnType<typeof funnelLimits>,
): Level {
  if (unit.expected < RULES.minExpected || unit.n < RULES.minRequests) return 'insufficient'
  if (unit.ownShare > RULES.maxOwnShare) return 'insufficient'
  if (ratio > outer[1]) return 'inspect'
  if (ratio > chance[1]) return 'watch'
  if (ratio < outer[0]) return 'good'
  return 'none'
}

import { benjaminiHochberg } from './false-discovery.ts'
import type { LevelPolicy } from './level-policy.ts'
import type { Leveled, MeasureLevels } from './levels.ts'
import { normalCdf } from './normal.ts'
import { winsorised } from './overdispersion.ts'
import { reaches } from './rounded.ts'

/** A unit judged by two measures together (path C). */
export interface CompositeUnit {
  unit: number
  /** (z₁ + z₂) / √(2 + 2ρ), by chance alone and with ordinary differences. */
  z: number
  zDispersed: number
  /** Adjusted over all units that were judged together. */
  q: number
  quartersAbove: number
  inspectC: boolean
}

/**
 * Path C (method, section 6): worse by two measures together, though perhaps by neither alone. ρ = correlation of the
 * winsorised distances, at least 0. Units with too little for a level by either measure are left out. Null where a measure
 * is missing.
 */
export function composite(
  measures: readonly MeasureLevels[],
  { together, trim, zAct, qAct, excess, normalFrom }: LevelPolicy,
): { rho: number; units: CompositeUnit[] } | null {
  const [first, second] = (together?.measures ?? []).map((name) =>
    measures.find(({ measure }) => measure === name),
  )
  if (!together || !first || !second) return null
  const others = new Map(second.units.map((unit) => [unit.unit, unit]))
  const judged = (unit: Leveled) => !unit.insufficient && reaches(unit.expected, normalFrom)
  const pairs = first.units.flatMap((one) => {
    const other = others.get(one.unit)
    return other && judged(one) && judged(other) ? [[one, other] as const] : []
  })
  const rho = Math.max(
    0,
    correlation(
      winsorised(
        pairs.map(([one]) => one.zDispersed),
        trim,
      ),
      winsorised(
        pairs.map(([, other]) => other.zDispersed),
        trim,
      ),
    ),
  )
  const scale = Math.sqrt(2 + 2 * rho)
  const zDispersed = pairs.map(([one, other]) => (one.zDispersed + other.zDispersed) / scale)
  const q = benjaminiHochberg(zDispersed.map((z) => normalCdf(-z)))
  return {
    rho,
    units: pairs.map(([one, other], i) => {
      const z = (one.z + other.z) / scale
      const quartersAbove = one.quartersAbove + other.quartersAbove
      const adjusted = q[i] ?? 1
      return {
        ...{ unit: one.unit, z, zDispersed: zDispersed[i] ?? 0, q: adjusted, quartersAbove },
        inspectC:
          adjusted <= qAct &&
          z >= zAct &&
          Math.max(one.l975, other.l975) > excess.c &&
          quartersAbove >= together.quartersAbove,
      }
    }),
  }
}

/** Variance of distances that differ by rounding alone: they go along with nothing. */
const ROUNDED = 1e-24

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [i, value] of a.entries()) {
    const other = (b[i] ?? 0) - mb
    ab += (value - ma) * other
    aa += (value - ma) ** 2
    bb += other ** 2
  }
  const rounded = ROUNDED * a.length
  return aa > rounded && bb > rounded ? ab / Math.sqrt(aa * bb) : 0
}

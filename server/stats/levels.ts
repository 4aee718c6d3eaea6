import { type Cell, type Standardised, standardise } from './casemix.ts'
import { benjaminiHochberg } from './false-discovery.ts'
import { normalCdf, Z95 } from './normal.ts'
import { distance, overdispersion } from './overdispersion.ts'

/** The numbers that decide a level; they are published before the period they apply to. */
export interface LevelPolicy {
  /** Least expected events and requests for any level. */
  minExpected: number
  minRequests: number
  /** Only units with so many expected events tell how much units ordinarily differ. */
  minExpectedForSpread: number
  /** Share winsorised on each side. */
  trim: number
  /** One-sided limits of z: acting, and warning after ordinary differences. */
  zAct: number
  zWarn: number
  /** False-discovery rate. */
  qAct: number
  /** The lower end of the ratio's interval must lie above: unusual among peers, beyond tolerance, to be watched. */
  excess: { a: number; b: number; watch: number }
  /** Quarters of the year in which more happened than was expected, at least. */
  quartersAbove: number
}

/** Method, sections 0 and 6. */
export const LEVEL_POLICY: LevelPolicy = {
  minExpected: 10,
  minRequests: 100,
  minExpectedForSpread: 5,
  trim: 0.1,
  zAct: 3.09,
  zWarn: 1.645,
  qAct: 0.05,
  excess: { a: 1.1, b: 1.25, watch: 1.05 },
  quartersAbove: 3,
}

export type QuarterCell = Cell & { quarter: number }

export interface Leveled extends Standardised {
  z: number
  zDispersed: number
  /** Adjusted over all units of the measure (Benjamini and Hochberg 1995). */
  q: number
  /** Lower end of the 95 % interval of O / E. */
  l975: number
  quartersAbove: number
  inspectA: boolean
  inspectB: boolean
  /** Met by every unit of path B, and by those of path A that are unusual enough after ordinary differences. */
  watch: boolean
}

/**
 * Levels of one measure over one year (method, section 6), before persistence and reply: A, unusual among peers; B, beyond
 * tolerance; watch. Units of which nothing is expected are left out.
 */
export function levelsOf(
  cells: readonly QuarterCell[],
  policy: LevelPolicy = LEVEL_POLICY,
): { units: Leveled[]; phi: number; tau2: number } {
  const units = standardise(cells)
    .filter(({ expected, variance }) => expected > 0 && variance > 0)
    .map((unit) => ({ ...unit, ...distance(unit.observed, unit.expected, unit.variance) }))
  const { phi, tau2 } = overdispersion(
    units.filter(({ expected }) => expected >= policy.minExpectedForSpread),
    policy.trim,
  )
  const dispersed = units.map(({ y, s }) => y / Math.sqrt(s * s + tau2))
  const q = benjaminiHochberg(dispersed.map((z) => normalCdf(-z)))
  const above = quartersAbove(cells)
  return {
    phi,
    tau2,
    units: units.map(({ y: _, s, ...unit }, i) => {
      const zDispersed = dispersed[i] ?? 0
      const adjusted = q[i] ?? 1
      const l975 = Math.max(0, Math.sqrt(unit.observed / unit.expected) - Z95 * s) ** 2
      const quarters = above.get(unit.unit) ?? 0
      const { minExpected, minRequests, zAct, zWarn, qAct, excess } = policy
      const beyondChance = unit.expected >= minExpected && unit.n >= minRequests && unit.z >= zAct
      const lasting = beyondChance && quarters >= policy.quartersAbove
      return {
        ...unit,
        zDispersed,
        q: adjusted,
        l975,
        quartersAbove: quarters,
        inspectA: lasting && adjusted <= qAct && l975 > excess.a,
        inspectB: lasting && zDispersed >= zWarn && l975 > excess.b,
        watch: beyondChance && zDispersed >= zWarn && l975 > excess.watch,
      }
    }),
  }
}

/** Of each unit, the quarters in which more happened than the year's rates of its strata give. */
function quartersAbove(cells: readonly QuarterCell[]): Map<number, number> {
  const strata = new Map<string, { n: number; events: number }>()
  for (const { stratum, n, events } of cells) {
    const sum = strata.get(stratum) ?? { n: 0, events: 0 }
    strata.set(stratum, { n: sum.n + n, events: sum.events + events })
  }
  const excess = new Map<number, Map<number, number>>()
  for (const { unit, quarter, stratum, n, events } of cells) {
    const city = strata.get(stratum)
    const quarters = excess.get(unit) ?? new Map<number, number>()
    const expected = city && city.n > 0 ? (n * city.events) / city.n : 0
    excess.set(unit, quarters.set(quarter, (quarters.get(quarter) ?? 0) + events - expected))
  }
  return new Map(
    Array.from(excess, ([unit, quarters]) => [
      unit,
      [...quarters.values()].filter((value) => value > 0).length,
    ]),
  )
}

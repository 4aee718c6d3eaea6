import type { Level } from '#server/contract/measures/shape.ts'
import type { Standardised } from './casemix.ts'
import { type CompositeUnit, composite } from './composite.ts'
import { benjaminiHochberg } from './false-discovery.ts'
import type { LevelPolicy } from './level-policy.ts'
import { LEVEL_POLICY } from './level-policy.ts'
import { normalCdf, Z95 } from './normal.ts'
import { overdispersion } from './overdispersion.ts'
import { isAbove, isBelow, reaches } from './rounded.ts'
import { midP } from './small-counts.ts'

/** One measure of one evaluation: what was counted of every unit against what the city's average gives on the same mix. */
export interface Measured<M extends string = string> {
  measure: M
  /** Whether more events than expected are worse (returned, late) or fewer (closed by now: pace). */
  worse: 'more' | 'fewer'
  units: readonly Standardised[]
  /** Units with a signal of early warning or an integrity flag: watched whatever their level. */
  warned?: ReadonlySet<number>
}

/** How a level came about: unusual among peers, beyond tolerance, by two measures together. */
export type InspectPath = 'a' | 'b' | 'c'

export interface Leveled extends Standardised {
  /** How much worse than expected: O / E, or E / O where fewer is worse. Infinite where nothing of it happened. */
  ratio: number
  /** Lower and upper end of the ratio's 95 % interval on the square-root scale; the lower is what levels ask for. */
  l975: number
  u975: number
  /** Distance from expectation, its standard error by chance, and in such errors; positive = worse. */
  y: number
  s: number
  z: number
  /** The same allowing for ordinary differences. */
  zDispersed: number
  /** One-sided chance of being so much worse: by chance alone, and with ordinary differences. */
  pChance: number
  pDispersed: number
  /** pDispersed adjusted over all units and measures of the evaluation; of being so much better, for good practice. */
  q: number
  qGood: number
  /** Parts of the period that were worse than expected, of how many. */
  quartersAbove: number
  quarters: Standardised['quarters']
  /** Why nothing is said: too few expected or requests, or compared mostly with itself. */
  insufficient: 'few' | 'alone' | null
  inspectA: boolean
  inspectB: boolean
  /** Its figures ask for watch; and the same or a warning does. */
  beyond: boolean
  watch: boolean
  good: boolean
  level: Level
  path: InspectPath | null
}

export interface MeasureLevels<M extends string = string> {
  measure: M
  worse: Measured['worse']
  /** Ordinary differences, for decisions; and as published, without correction for winsorising. */
  phi: number
  tau2: number
  published: { phi: number; tau2: number }
  /** In the order in which they came; units of which nothing is expected are left out. */
  units: Leveled[]
}

export interface Evaluation<M extends string = string> {
  measures: MeasureLevels<M>[]
  /** Path C over the pair of measures that the policy names; null where the evaluation lacks one of them. */
  composite: { rho: number; units: CompositeUnit[] } | null
}

/**
 * Levels of one evaluation (method, sections 5 and 6), before persistence and reply. All tests of units by measures are one
 * family of Benjamini and Hochberg. A unit of which fewer than `normalFrom` events are expected is tested by the
 * negative-binomial mid-p and reaches watch at most.
 */
export function evaluate<M extends string>(
  measures: readonly Measured<M>[],
  policy: LevelPolicy = LEVEL_POLICY,
): Evaluation<M> {
  const scored = measures.map((measured) => scoredMeasure(measured, policy))
  const q = benjaminiHochberg(scored.flatMap(({ units }) => units.map((unit) => unit.pDispersed)))
  const qGood = benjaminiHochberg(scored.flatMap(({ units }) => units.map((unit) => unit.pGood)))
  let at = 0
  const leveled = scored.map(({ warned, units, ...measure }) => ({
    ...measure,
    units: units.map(({ pGood: _, quartersBelow, ...unit }) => {
      const adjusted = { ...unit, q: q[at] ?? 1, qGood: qGood[at] ?? 1 }
      at++
      return withLevel(adjusted, { warned: warned?.has(unit.unit) ?? false, quartersBelow }, policy)
    }),
  }))
  return { measures: leveled, composite: composite(leveled, policy) }
}

/** Quarters of a year: what `quartersAbove` of a policy is of. */
const YEAR = 4

/**
 * Levels of one measure by itself, over a period of any length: of its quarters as large a share must be worse as of a
 * year's four. For questions that are narrower than an evaluation; flags come from `evaluate`.
 */
export function levelsOf<M extends string>(
  measured: Measured<M>,
  policy: LevelPolicy = LEVEL_POLICY,
): MeasureLevels<M> {
  const parts = measured.units.reduce((most, { quarters }) => Math.max(most, quarters.length), 1)
  const quartersAbove = Math.ceil((policy.quartersAbove * parts) / YEAR)
  const [levels] = evaluate([measured], { ...policy, quartersAbove, together: null }).measures
  if (!levels) throw new Error('a measure was evaluated to nothing')
  return levels
}

type Scored = ReturnType<typeof scoreOf> & {
  zDispersed: number
  pChance: number
  pDispersed: number
  pGood: number
}

function scoredMeasure<M extends string>(
  { measure, worse, units, warned }: Measured<M>,
  policy: LevelPolicy,
) {
  const scores = units
    .filter(({ expected, variance }) => expected > 0 && variance > 0)
    .map((unit) => scoreOf(unit, worse))
  const spread = scores.filter(({ expected }) => expected >= policy.minExpectedForSpread)
  const { phi, tau2 } = overdispersion(spread, policy.trim)
  const published = overdispersion(spread, policy.trim, 1)
  const scored: Scored[] = scores.map((unit) => {
    const zDispersed = unit.y / Math.sqrt(unit.s * unit.s + tau2)
    const few = !reaches(unit.expected, policy.normalFrom)
    const exact = few
      ? midP(unit.observed, unit.expected, unit.variance + 4 * tau2 * unit.expected ** 2)
      : 0
    const more = worse === 'more'
    return {
      ...unit,
      zDispersed,
      pChance: normalCdf(-unit.z),
      pDispersed: few ? (more ? exact : 1 - exact) : normalCdf(-zDispersed),
      pGood: few ? (more ? 1 - exact : exact) : normalCdf(zDispersed),
    }
  })
  return { measure, worse, phi, tau2, published, units: scored, warned }
}

function scoreOf(unit: Standardised, worse: Measured['worse']) {
  const { observed, expected, variance, quarters } = unit
  const root = Math.sqrt(observed / expected)
  const s = Math.sqrt(variance) / (2 * expected)
  const [low, high] = [Math.max(0, root - Z95 * s) ** 2, (root + Z95 * s) ** 2]
  const more = worse === 'more'
  const y = more ? root - 1 : 1 - root
  return {
    ...unit,
    ...(more
      ? { ratio: observed / expected, l975: low, u975: high }
      : { ratio: expected / observed, l975: 1 / high, u975: 1 / low }),
    ...{ y, s, z: y / s },
    quartersAbove: quarters.filter(more ? isAbove : isBelow).length,
    quartersBelow: quarters.filter(more ? isBelow : isAbove).length,
  }
}

type Adjusted = Omit<
  Leveled,
  'insufficient' | 'inspectA' | 'inspectB' | 'beyond' | 'watch' | 'good' | 'level' | 'path'
>

function withLevel(
  unit: Adjusted,
  { warned, quartersBelow }: { warned: boolean; quartersBelow: number },
  policy: LevelPolicy,
): Leveled {
  const { zAct, zWarn, qAct, excess } = policy
  const insufficient = insufficiency(unit, policy)
  const beyondChance = !insufficient && unit.z >= zAct
  const isMany = reaches(unit.expected, policy.normalFrom)
  const lasting = beyondChance && unit.quartersAbove >= policy.quartersAbove && isMany
  const inspectA = lasting && unit.q <= qAct && unit.l975 > excess.a
  const inspectB = lasting && unit.zDispersed >= zWarn && unit.l975 > excess.b
  const beyond = beyondChance && unit.zDispersed >= zWarn && unit.l975 > excess.watch
  const watch = beyond || warned
  const good =
    !insufficient &&
    unit.z <= -zAct &&
    unit.qGood <= qAct &&
    unit.u975 < 1 / excess.a &&
    quartersBelow >= policy.quartersAbove &&
    isMany
  return {
    ...unit,
    ...{ insufficient, inspectA, inspectB, beyond, watch, good },
    level: levelOf({ insufficient, inspect: inspectA || inspectB, watch, good }),
    path: inspectA ? 'a' : inspectB ? 'b' : null,
  }
}

/**
 * Why nothing can be said of a unit (method, section 6): fewer expected events or requests than the policy asks, or compared
 * mostly with itself; null where something can. Exactly as many as asked are enough, also where their sum was rounded.
 */
export function insufficiency(
  { expected, n, ownShare }: Pick<Standardised, 'expected' | 'n' | 'ownShare'>,
  { minExpected, minRequests, maxOwnShare }: LevelPolicy = LEVEL_POLICY,
): 'few' | 'alone' | null {
  if (!reaches(expected, minExpected) || n < minRequests) return 'few'
  return ownShare > maxOwnShare ? 'alone' : null
}

function levelOf(met: {
  insufficient: 'few' | 'alone' | null
  inspect: boolean
  watch: boolean
  good: boolean
}): Level {
  if (met.inspect) return 'inspect'
  if (met.watch) return 'watch'
  if (met.insufficient) return 'insufficient'
  return met.good ? 'good' : 'none'
}

import type { Evaluated } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import type { CompositeUnit } from '#server/stats/composite.ts'
import { type ApartPart, type Basis, takenApart } from './apart.ts'
import { byLogistic } from './by-logistic.ts'
import type { Figures, JudgedMeasure, JudgedUnit } from './evaluation.ts'
import type { Quality } from './quality.ts'

/** The one building or the one week without which too little is left: a matter of the object, not of the organization. */
export interface Driven {
  by: 'building' | 'week'
  part: ApartPart
}

/** What is left of a ground for inspection when it is asked otherwise; null where nothing is left to ask. */
export interface Rests {
  /** Without the building and without the week that weigh most. */
  building: ApartPart | null
  week: ApartPart | null
  /** By the logistic model alone; pace has none. */
  model: ReturnType<typeof byLogistic>
}

export interface RefinedUnit extends Omit<JudgedUnit, 'insufficient'> {
  /** Why nothing is said: too little, nobody to compare with, or data that cannot be relied on. */
  insufficient: 'few' | 'alone' | 'quality' | null
  /** Downgraded by one step because of it. */
  driven: Driven | null
  /** Of those whose figures call for an inspection. */
  rests: Rests | null
  /** Most of what is worse than expected lies among emergencies. */
  urgent: boolean
}
export interface RefinedMeasure extends Omit<JudgedMeasure, 'units'> {
  units: RefinedUnit[]
}
export interface RefinedComposite extends CompositeUnit {
  /** The measure that weighs more of the two. */
  measure: Evaluated
  /** The larger lower end of the two ratios. */
  l975: number
  /** Called out by both together, and by neither alone. */
  together: boolean
  driven: Driven | null
  urgent: boolean
}
export interface Refined extends Omit<Figures, 'measures' | 'composite'> {
  measures: Record<Evaluated, RefinedMeasure>
  /** Everybody who was judged by two measures together and whose data can be relied on. */
  composite: RefinedComposite[]
}

/** Everybody whose rows are needed before the levels can stand. */
export function candidatesOf({ measures, composite }: Figures): Set<number> {
  const found = new Set<number>()
  for (const { units } of Object.values(measures))
    for (const { unit, level } of units) if (level === 'inspect') found.add(unit)
  for (const { unit, inspectC } of composite?.units ?? []) if (inspectC) found.add(unit)
  return found
}

/**
 * Levels as they are shown: one step lower where one building or one week carries them (method, section 8), none where the
 * data of the organization are too poor.
 */
export function refine(
  { measures, composite, tested, charts }: Figures,
  basis: Basis,
  quality: ReadonlyMap<number, Quality>,
): Refined {
  const passes = (unit: number) => quality.get(unit)?.passes ?? true
  const members = (basis.policy.levels.together?.measures ?? []).map((name) => {
    const measure = measures[name]
    return { measure, units: new Map(measure.units.map((unit) => [unit.unit, unit])) }
  })
  const pairOf = (key: number) =>
    members.map(({ measure, units }) => {
      const unit = units.get(key)
      return unit && { measure, unit }
    })
  const refineUnit = (measure: JudgedMeasure, unit: JudgedUnit): RefinedUnit => {
    const plain = { ...unit, driven: null, rests: null, urgent: false }
    if (!passes(unit.unit))
      return { ...plain, level: 'insufficient', insufficient: 'quality', path: null }
    if (unit.level !== 'inspect') return plain
    const { driven, urgent, building, week } = restsOn(basis, measure, unit)
    const model = modelled(basis, measure, unit)
    const level: Level = driven ? 'watch' : 'inspect'
    const rests = { building, week, model }
    return { ...plain, driven, rests, urgent, level, path: driven ? null : unit.path }
  }
  const refined = Object.fromEntries(
    Object.values(measures).map((measure) => [
      measure.measure,
      { ...measure, units: measure.units.map((unit) => refineUnit(measure, unit)) },
    ]),
  ) as Refined['measures']
  const pairs = (composite?.units ?? []).flatMap((one): RefinedComposite[] => {
    if (!passes(one.unit)) return []
    const [first, second] = pairOf(one.unit)
    if (!first || !second) return []
    const heavier = second.unit.z > first.unit.z ? second : first
    const alone = [first, second].some(({ unit }) => unit.level === 'inspect')
    const together = one.inspectC && !alone
    const { driven, urgent } = together
      ? restsOn(basis, heavier.measure, heavier.unit)
      : { driven: null, urgent: false }
    const l975 = Math.max(first.unit.l975, second.unit.l975)
    return [{ ...one, driven, urgent, measure: heavier.measure.measure, l975, together }]
  })
  return { tested, charts, measures: refined, composite: pairs }
}

function modelled(
  { inputs, policy, restarts }: Basis,
  { measure }: JudgedMeasure,
  { unit, widened }: JudgedUnit,
) {
  return byLogistic(inputs, { key: unit, measure, policy, restarts, years: widened ? 2 : 1 })
}

function restsOn(basis: Basis, measure: JudgedMeasure, unit: JudgedUnit) {
  const { buildings, weeks, emergencies } = takenApart(basis, measure, unit)
  const { driven, emergencyShare } = basis.policy
  const carries = ({ withoutRatio }: ApartPart) => (withoutRatio?.lower ?? 0) < driven.l975
  const [building = null] = buildings
  const [week = null] = weeks
  const found: Driven | null =
    building && carries(building)
      ? { by: 'building', part: building }
      : week && carries(week)
        ? { by: 'week', part: week }
        : null
  return { driven: found, urgent: emergencies > emergencyShare, building, week }
}

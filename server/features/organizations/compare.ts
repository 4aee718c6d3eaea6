import type { Filter } from '#server/contract/filter.ts'
import { type Evaluated, flagIdOf } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import { flagBook } from '#server/judgement/flag-book.ts'
import { comparable, judge } from '#server/judgement/judge.ts'
import { isWhole } from '#server/judgement/kept.ts'
import { type Compared, funnelLimits, rulesOf } from '#server/stats/comparison.ts'
import { wilson } from '#server/stats/proportion.ts'
import { posterior, priorShape } from '#server/stats/shrinkage.ts'
import type { Context } from '#server/trpc.ts'
import { paceLimits, paceOf } from './pace.ts'
import { comparedUnit } from './unit.ts'

const POINTS = 160
/** Of whom less is expected, stands at the left edge. */
const LEAST = 0.2

/** Limits of the funnel at one volume: expected, then lower and upper of chance, then of chance with ordinary differences. */
export type LimitPoint = [
  expected: number,
  chanceLower: number,
  chanceUpper: number,
  outerLower: number,
  outerUpper: number,
]

type Standing = Pick<
  Compared,
  | 'n'
  | 'observed'
  | 'expected'
  | 'ratio'
  | 'lower'
  | 'upper'
  | 'chance'
  | 'outer'
  | 'level'
  | 'insufficient'
>

/** One organization against the city, for the funnel and the table. */
const unitOf = (unit: Standing, measure: Evaluated, level: Level) => ({
  n: unit.n,
  observed: unit.observed,
  expected: unit.expected,
  ratio: unit.ratio,
  lower: unit.lower,
  upper: unit.upper,
  chance: unit.chance,
  outer: unit.outer,
  share: measure === 'pace' ? null : shareOf(unit.observed, unit.n),
  level,
  why: level === 'insufficient' ? unit.insufficient : null,
})

type Shrunken = ReturnType<typeof shrink>
const shrunkenOf = new WeakMap<Standing, Shrunken>()

/** Drawn in to the city by how little it rests on: for order and maps, not for decisions. Once for each judged unit. */
function shrunkenUnit(unit: Standing, tau2: number, measure: Evaluated): Shrunken {
  const shrunken = shrunkenOf.get(unit) ?? shrink(unit, tau2, measure)
  shrunkenOf.set(unit, shrunken)
  return shrunken
}

/** Of pace the slowness, E / O. */
function shrink({ observed, expected }: Standing, tau2: number, measure: Evaluated) {
  const shape = priorShape(tau2)
  const { mean, lower, upper } = posterior(observed, expected, [shape, shape])
  return measure === 'pace'
    ? { mean: 1 / mean, lower: 1 / upper, upper: 1 / lower }
    : { mean, lower, upper }
}

export interface Share {
  cases: number
  n: number
  share: number
  lower: number
  upper: number
}
/** With its Wilson interval; null of nothing. */
export function shareOf(cases: number, n: number): Share | null {
  if (n === 0) return null
  const [lower, upper] = wilson(cases, n)
  return { cases, n, share: cases / n, lower, upper }
}

/** Every organization, contractor or district in the funnel of a measure; largest excess by lower bound first. */
export async function comparison(
  context: Context,
  measure: Evaluated,
  filter: Filter,
  whose: UnitKind = 'organization',
) {
  const judgement =
    measure === 'pace'
      ? await paceOf(context, filter, whose)
      : await judge(context, measure, filter, whose)
  const rules = rulesOf(context.judging.policies.of(judgement.period.from).policy)
  const held = buildingsOf(context, whose)
  // Narrowed or of others, a comparison says what its figures say; of the whole year, what stands.
  const narrowed = !isWhole(comparable(filter))
  const book =
    whose === 'organization' && !narrowed ? flagBook(context.log, context.judging.policies) : null
  const units = judgement.units.flatMap((unit) => {
    const found = comparedUnit(context, whose, unit.unit)
    if (!found) return []
    const { id, name, kind } = found
    const level = book?.level(flagIdOf(measure, id), unit.level) ?? unit.level
    const shrunken = shrunkenUnit(unit, judgement.tau2, measure)
    return [
      {
        id,
        name,
        kind,
        buildings: held.get(unit.unit) ?? 0,
        ...unitOf(unit, measure, level),
        /** First day of the requests that its figures count: others have had more, or less, than the period. */
        since: 'since' in unit && unit.since ? unit.since : judgement.period.from,
        shrunken,
      },
    ]
  })
  units.sort((a, b) => b.lower - a.lower || (a.id < b.id ? -1 : 1))
  const { city, nobody, period, revision, tau2, version } = judgement
  return {
    measure,
    whose,
    version,
    rules,
    /** Of a part of the city or a period of one's own: nobody is called out by it, and few requests stay few (no second year). */
    narrowed,
    period,
    revision,
    tau2,
    city: {
      ...city,
      share: measure === 'pace' ? null : shareOf(city.observed, city.n),
      organizations: units.length,
    },
    nobody: nobody && { n: nobody.n, observed: nobody.observed, expected: nobody.expected },
    limits: limitsOf(judgement, (at) =>
      measure === 'pace' ? paceLimits(at, tau2) : funnelLimits(at, tau2),
    ),
    units,
  }
}

const drawn = new WeakMap<object, LimitPoint[]>()

/** Evenly on the logarithmic axis, a little beyond the smallest and the largest unit; once for each answer. */
function limitsOf(
  { units }: { units: readonly { expected: number }[] },
  limitsAt: (expected: number) => { chance: [number, number]; outer: [number, number] },
): LimitPoint[] {
  const known = drawn.get(units)
  if (known) return known
  const expected = units.map((unit) => unit.expected)
  const from = Math.min(3.5, ...expected.map((value) => Math.max(value * 0.8, LEAST)))
  const to = Math.max(60, ...expected.map((value) => value * 1.4))
  const points = Array.from({ length: POINTS }, (_, i): LimitPoint => {
    const at = from * (to / from) ** (i / (POINTS - 1))
    const { chance, outer } = limitsAt(at)
    return [at, ...chance, ...outer]
  })
  drawn.set(units, points)
  return points
}

let counted:
  | { of: Context['registry']; revision: number; held: Record<UnitKind, Map<number, number>> }
  | undefined

/** Buildings that stand and that an organization answers for today, and those of each district. */
function buildingsOf({ registry }: Context, whose: UnitKind): Map<number, number> {
  if (counted?.of === registry && counted.revision === registry.revision())
    return counted.held[whose]
  const held = { organization: new Map(), contractor: new Map(), district: new Map() }
  const add = (to: Map<number, number>, key: number) => to.set(key, (to.get(key) ?? 0) + 1)
  for (const building of registry.buildings()) {
    if (building.gone) continue
    const now = building.tenures.findLast((tenure) => tenure.end === null)?.organization
    if (now) add(held.organization, now)
    if (building.district) add(held.district, building.district)
  }
  counted = { of: registry, revision: registry.revision(), held }
  return held[whose]
}

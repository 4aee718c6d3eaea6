import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { type Judgement, judge } from '#server/judgement/judge.ts'
import type { Cell } from '#server/stats/casemix.ts'
import { type Compared, funnelLimits, RULES } from '#server/stats/comparison.ts'
import { wilson } from '#server/stats/proportion.ts'
import type { Context } from '#server/trpc.ts'

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

const whyInsufficient = ({ n, expected }: Compared) =>
  expected < RULES.minExpected || n < RULES.minRequests ? ('few' as const) : ('alone' as const)

/** One organization against the city, for the funnel and the table. */
export const unitOf = (unit: Compared) => ({
  n: unit.n,
  observed: unit.observed,
  expected: unit.expected,
  ratio: unit.ratio,
  lower: unit.lower,
  upper: unit.upper,
  chance: unit.chance,
  outer: unit.outer,
  share: shareOf(unit.observed, unit.n),
  level: unit.level,
  /** Why it is not judged: too few requests, or nobody else has such requests. */
  why: unit.level === 'insufficient' ? whyInsufficient(unit) : null,
})

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

/** Every organization in the funnel of a measure; largest excess by lower bound first. */
export async function comparison(context: Context, measure: Judged, filter: Filter) {
  const judgement = await judge(context, measure, filter)
  const { registry } = context
  const held = buildingsByOrganization(context)
  const units = judgement.units.flatMap((unit) => {
    const organization = registry.organization(unit.unit)
    if (!organization) return []
    const { id, name, kind } = organization
    return [{ id, name, kind, buildings: held.get(unit.unit) ?? 0, ...unitOf(unit) }]
  })
  units.sort((a, b) => b.lower - a.lower || (a.id < b.id ? -1 : 1))
  const { city, nobody, period, revision, tau2, version } = judgement
  return {
    measure,
    version,
    rules: RULES,
    period,
    revision,
    tau2,
    city: { ...city, share: shareOf(city.observed, city.n), organizations: units.length },
    nobody: nobody && { n: nobody.n, observed: nobody.observed, expected: nobody.expected },
    limits: limitsOf(judgement),
    units,
  }
}

const drawn = new WeakMap<readonly Cell[], LimitPoint[]>()

/** Evenly on the logarithmic axis, a little beyond the smallest and the largest unit; once for each answer. */
function limitsOf({ cells, units, tau2 }: Judgement): LimitPoint[] {
  const known = drawn.get(cells)
  if (known) return known
  const expected = units.map((unit) => unit.expected)
  const from = Math.min(3.5, ...expected.map((value) => Math.max(value * 0.8, LEAST)))
  const to = Math.max(60, ...expected.map((value) => value * 1.4))
  const points = Array.from({ length: POINTS }, (_, i): LimitPoint => {
    const at = from * (to / from) ** (i / (POINTS - 1))
    const { chance, outer } = funnelLimits(at, tau2)
    return [at, ...chance, ...outer]
  })
  drawn.set(cells, points)
  return points
}

let counted: { of: Context['registry']; revision: number; held: Map<number, number> } | undefined

/** Buildings that stand and that an organization answers for today. */
function buildingsByOrganization({ registry }: Context): Map<number, number> {
  if (counted?.of === registry && counted.revision === registry.revision()) return counted.held
  const held = new Map<number, number>()
  for (const building of registry.buildings()) {
    if (building.gone) continue
    const now = building.tenures.findLast((tenure) => tenure.end === null)?.organization
    if (now) held.set(now, (held.get(now) ?? 0) + 1)
  }
  counted = { of: registry, revision: registry.revision(), held }
  return held
}

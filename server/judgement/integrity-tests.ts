import { INTEGRITY_RULES, type Indicator, type IntegrityRules } from '#server/contract/integrity.ts'
import { bunching } from '#server/stats/bunching.ts'
import {
  CASEMIX_POLICY,
  type CasemixPolicy,
  PLAIN,
  type Standardised,
  standardise,
} from '#server/stats/casemix.ts'
import { type Cell, strataOf } from '#server/stats/cells.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import { LEVEL_POLICY, type LevelPolicy } from '#server/stats/level-policy.ts'
import { normalCdf } from '#server/stats/normal.ts'
import { distance, overdispersion } from '#server/stats/overdispersion.ts'

/** One organization by one indicator, before the tests of one evaluation are taken together. */
export interface Tested {
  indicator: Indicator
  /** Key of the organization. */
  unit: number
  /** Requests looked at, those that count, and how many of them the city's mix gives; null = nothing is expected of it. */
  n: number
  observed: number
  expected: number | null
  /** The size of it: ratio, share before the limit, excess, Cramér's V, closings in the fullest minute; null of nothing. */
  effect: number | null
  /** Lower bound of that size, where it has one. */
  lower: number | null
  /** One-sided chance; null = not tested: fewer events than the rules ask, or nobody to compare with. */
  p: number | null
  /** Too few requests and events to say anything, or nobody to compare with. */
  thin: boolean
  /** As large as the rules ask, whatever the chance. */
  large: boolean
}

export const enough = (observed: number, expected: number, { leastEvents }: IntegrityRules) =>
  Math.max(observed, expected) >= leastEvents
/** Too few to say anything. */
export const few = (n: number, observed: number, rules: IntegrityRules) =>
  n < rules.leastRequests && observed < rules.leastEvents
/** Where nobody else has the event, half of one is expected. */
const LEAST_EXPECTED = 0.5

/** By what shares are compared: the rules of integrity, what the city lets expect, and who tells of ordinary differences. */
export interface RatioPolicy {
  rules: IntegrityRules
  casemix: CasemixPolicy
  levels: Pick<LevelPolicy, 'trim' | 'minExpectedForSpread'>
}
/** As it is shipped. */
export const RATIO_POLICY: RatioPolicy = {
  ...{ rules: INTEGRITY_RULES, casemix: CASEMIX_POLICY, levels: LEVEL_POLICY },
}

/**
 * Shares against the city on the same mix, allowing for the ordinary differences between organizations. An organization
 * that stands out by itself is no part of the city that all are compared with: one that has nearly all events of a kind
 * would otherwise hide behind its own.
 */
export function testRatios(
  indicator: Indicator,
  cells: readonly Cell<number>[],
  limit: number,
  { rules, casemix, levels }: RatioPolicy = RATIO_POLICY,
): { tested: Tested[]; shares: Map<number, number> } {
  const first = standardise(cells, casemix).map(scored)
  const outliers = new Set(
    first
      .filter((unit) => unit.unit !== 0 && unit.z >= rules.outlier.z && unit.lower > limit)
      .sort((a, b) => b.z - a.z)
      .slice(0, Math.ceil(first.length * rules.outlier.most))
      .map(({ unit }) => unit),
  )
  const ordinary = cells.filter(({ unit }) => !outliers.has(unit))
  const others = standardise(ordinary, casemix).map(scored)
  const { tau2 } = overdispersion(
    others.filter(({ unit, expected }) => unit !== 0 && expected >= levels.minExpectedForSpread),
    levels.trim,
  )
  const apart = [...outliers].flatMap((outlier) => {
    const own = cells.filter(({ unit }) => unit === outlier)
    const all = standardise([...ordinary, ...own], { ...PLAIN, minStratum: 1, maxStratumShare: 0 })
    return all.filter(({ unit }) => unit === outlier).map(scored)
  })
  const tested = [...others, ...apart]
    .filter(({ unit }) => unit !== 0)
    .map(({ unit, n, observed, expected, ownShare, ratio, lower, y, s }) => ({
      ...{ indicator, unit, n, observed, expected, effect: ratio, lower },
      p:
        ownShare <= rules.maxOwnShare && enough(observed, expected, rules)
          ? normalCdf(-y / Math.sqrt(s ** 2 + tau2))
          : null,
      thin: few(n, observed, rules) || ownShare > rules.maxOwnShare,
      large: observed >= rules.leastEvents && lower > limit,
    }))
  return { tested, shares: sharesOf(ordinary) }
}

/** The city's share by stratum. */
export function sharesOf(cells: readonly Cell<number>[]): Map<number, number> {
  const sums = strataOf(cells)
  return new Map(sums.map(({ stratum, n, events }) => [Number(stratum), n === 0 ? 0 : events / n]))
}

function scored(unit: Standardised) {
  const expected = Math.max(unit.expected, LEAST_EXPECTED)
  const variance = Math.max(unit.variance, LEAST_EXPECTED)
  const all = { ...unit, expected, variance }
  return { ...all, ...distance(unit.observed, expected, variance), ...ratioOf(all) }
}

/** A stratum with fewer requests of others tells nothing by itself. */
const LEAST_OF_OTHERS = 10

/** Shares just before a limit against those of the others in the same strata. */
export function testLimits(
  indicator: Indicator,
  cells: readonly Cell<number>[],
  rules: IntegrityRules = INTEGRITY_RULES,
): Tested[] {
  const strata = new Map<number, { n: number; events: number }>()
  const city = { n: 0, events: 0 }
  const units = new Map<number, Cell<number>[]>()
  for (const cell of cells) {
    const { stratum, n, events } = cell
    const sum = strata.get(stratum) ?? { n: 0, events: 0 }
    strata.set(stratum, { n: sum.n + n, events: sum.events + events })
    city.n += n
    city.events += events
    const own = units.get(cell.unit)
    if (own) own.push(cell)
    else units.set(cell.unit, [cell])
  }
  units.delete(0)
  return Array.from(units, ([unit, own]) => {
    const n = sum(own.map((cell) => cell.n))
    const events = sum(own.map((cell) => cell.events))
    const others = { n: city.n - n, events: city.events - events }
    const overall = others.n > 0 ? others.events / others.n : null
    const expected = sum(
      own.map((cell) => {
        const all = strata.get(cell.stratum) ?? cell
        const rest = { n: all.n - cell.n, events: all.events - cell.events }
        return cell.n * (rest.n >= LEAST_OF_OTHERS ? rest.events / rest.n : (overall ?? 0))
      }),
    )
    const p0 = Math.min(Math.max(expected / n, rules.limit.leastShare), 1 - 1e-9)
    const { share, p, lower } = bunching(events, n - events, p0)
    const compared = overall !== null && n >= rules.leastEvents
    return {
      ...{ indicator, unit, n, observed: events, expected: n * p0, effect: share, lower },
      p: compared ? p : null,
      thin: !compared,
      large: events >= rules.leastEvents && p < rules.limit.p && lower > p0 + rules.limit.beyond,
    }
  })
}

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

import { add, placesByFirst } from './columns.ts'
import type { LogisticModel } from './logistic.ts'
import {
  type CellCounts,
  type CellKeys,
  countsIn,
  type SortedCells,
  type StratumSum,
  sortedCells,
} from './sorted-cells.ts'
import { type Groups, groupsOf } from './window.ts'

/** Requests of one unit (an organization) in one stratum, and how many of them had the event. */
export interface Cell<Stratum extends string | number = string> {
  unit: number
  stratum: Stratum
  n: number
  events: number
  /** Part of the period, from 0; absent: one part. */
  quarter?: number
}

export interface Part {
  observed: number
  expected: number
}

export interface Standardised extends Part {
  unit: number
  n: number
  /** Of pace: everything that ended, beyond the horizon too, where `observed` stops. */
  ended?: number
  /** Binomial variance of that expectation. */
  variance: number
  /** Share of its own requests in what it is compared with, 0 to 1; at 1 nobody else has such requests. */
  ownShare: number
  /** The same by part of the period. */
  quarters: Part[]
}

export interface CasemixPolicy {
  /** A stratum with fewer requests borrows from the model. */
  minStratum: number
  /** Requests' worth of the model that such a stratum borrows. */
  borrowed: number
  /** A unit with more of a stratum is compared with the stratum without itself. 1 never. */
  maxStratumShare: number
}

/** Method, section 4. */
export const CASEMIX_POLICY: CasemixPolicy = { minStratum: 30, borrowed: 20, maxStratumShare: 0.2 }
/** Every stratum by its own rate, everybody part of the city: published software, and worked examples. */
export const PLAIN: CasemixPolicy = { minStratum: 0, borrowed: 0, maxStratumShare: 1 }

/** Sums over all units, in the order in which strata first come. */
export function strataOf(cells: readonly Cell<string | number>[]): StratumSum[] {
  const strata = new Map<string | number, StratumSum>()
  for (const { stratum, n, events } of cells) {
    const sum = strata.get(stratum)
    if (sum) {
      sum.n += n
      sum.events += events
    } else strata.set(stratum, { stratum, n, events })
  }
  return [...strata.values()]
}

/** The same of cells in columns. */
export function strataIn({ stratum, n, events }: Omit<CellColumns, 'unit'>): StratumSum[] {
  const { values, of } = placesByFirst(stratum)
  const sums = values.map((key): StratumSum => ({ stratum: key, n: 0, events: 0 }))
  for (let row = 0; row < of.length; row++) {
    const sum = sums[of[row] ?? 0]
    if (!sum) continue
    sum.n += n[row] ?? 0
    sum.events += events[row] ?? 0
  }
  return sums
}

/** What is expected of a request of a stratum, by its stratum: the model's share of events. */
export type ExpectedShare = (stratum: string | number) => number

/**
 * Indirect standardisation by strata (Breslow and Day 1987, 2.3): r = city rate of the stratum, E = Σ n r, V = Σ n r (1 − r).
 * A unit is part of the city, which draws E towards O: without exclusions and borrowing the sums of O and E over all
 * units are equal, and `ownShare` tells by how much each was drawn. A unit without requests is left out. A unit with more than `maxStratumShare` of a stratum
 * is compared with the others in it, if they are at least `minStratum` or a model stands in for them. A stratum of fewer
 * than `minStratum` is drawn to the model, where there is one: r = (x + m p) / (n + m). Cells of several rows add up.
 */
export function standardise(
  cells: readonly Cell<string | number>[],
  policy: CasemixPolicy = PLAIN,
  model?: ExpectedShare,
): Standardised[] {
  return standardiseColumns(columnsOf(cells), policy, model)
}

export const columnsOf = (cells: readonly Cell<string | number>[]): CellColumns => ({
  unit: cells.map(({ unit }) => unit),
  stratum: cells.map(({ stratum }) => stratum),
  n: Float64Array.from(cells, ({ n }) => n),
  events: Float64Array.from(cells, ({ events }) => events),
  quarter: Int32Array.from(cells, ({ quarter = 0 }) => quarter),
})

/** Cells in columns of one length. */
interface CellColumns extends CellKeys {
  n: ArrayLike<number>
  events: ArrayLike<number>
}

/** `standardise` of columns; a unit whose cells all have n = 0 is left out. */
export function standardiseColumns(
  columns: CellColumns,
  policy: CasemixPolicy = PLAIN,
  model?: ExpectedShare,
): Standardised[] {
  const cells = sortedCells(columns)
  return standardisedIn(cells, countsIn(cells, columns), { groups: groupsOf(cells), policy, model })
}

export interface Standard {
  groups: Groups
  policy: CasemixPolicy
  model?: ExpectedShare | undefined
}

/** The same of cells of which several windows are asked, and several measures. */
export function standardisedIn(
  { strata, start, rows, of }: SortedCells,
  { n, events }: CellCounts,
  { groups, policy, model }: Standard,
): Standardised[] {
  const { units, parts } = groups
  const size = units.length
  const cells: Cells = { rows, of, n, events, groupOf: groups.of, unitOf: groups.unitOf }
  const held: Held = {
    ...{ n: new Float64Array(size), events: new Float64Array(size) },
    first: new Int32Array(size).fill(-1),
  }
  const sums: Sums = {
    ...{ n: new Float64Array(size), variance: new Float64Array(size), own: new Float64Array(size) },
    observed: new Float64Array(size * parts),
    expected: new Float64Array(size * parts),
  }
  for (const [which, key] of strata.entries()) {
    const range: Range = [start[which] ?? 0, start[which + 1] ?? 0]
    held.n.fill(0)
    held.events.fill(0)
    const city = hold(cells, range, held)
    if (city.n > 0) expect(cells, range, { ...city, ...policy, share: model?.(key), held }, sums)
  }
  return Array.from(units.keys())
    .filter((place) => (held.first[place] ?? -1) >= 0)
    .sort((a, b) => (held.first[a] ?? 0) - (held.first[b] ?? 0))
    .map((place) => {
      const quarters = Array.from({ length: parts }, (_, part) => ({
        observed: sums.observed[place * parts + part] ?? 0,
        expected: sums.expected[place * parts + part] ?? 0,
      }))
      const all = sums.n[place] ?? 0
      return {
        ...{ unit: units[place] ?? 0, n: all },
        observed: quarters.reduce((sum, part) => sum + part.observed, 0),
        expected: quarters.reduce((sum, part) => sum + part.expected, 0),
        variance: sums.variance[place] ?? 0,
        ownShare: (sums.own[place] ?? 0) / all,
        quarters,
      }
    })
}

type Range = readonly [from: number, to: number]
interface Cells extends CellCounts {
  rows: Int32Array
  of: Int32Array
  groupOf: Int32Array
  unitOf: Int32Array
}
/** What each unit holds of a stratum, and the first row of each. */
interface Held extends CellCounts {
  first: Int32Array
}
type Sums = Record<'n' | 'variance' | 'own' | 'observed' | 'expected', Float64Array>

function hold({ rows, of, n, events, groupOf, unitOf }: Cells, [from, to]: Range, held: Held) {
  const city = { n: 0, events: 0 }
  for (let i = from; i < to; i++) {
    const count = n[i] ?? 0
    const group = groupOf[of[i] ?? 0] ?? -1
    if (count === 0 || group < 0) continue
    const place = unitOf[group] ?? 0
    const happened = events[i] ?? 0
    city.n += count
    city.events += happened
    held.n[place] = (held.n[place] ?? 0) + count
    held.events[place] = (held.events[place] ?? 0) + happened
    const [row, first] = [rows[i] ?? 0, held.first[place] ?? 0]
    if (first < 0 || row < first) held.first[place] = row
  }
  return city
}

interface Stratum extends CasemixPolicy {
  n: number
  events: number
  /** Of the model. */
  share: number | undefined
  held: Held
}

function expect(
  { of, n, events, groupOf, unitOf }: Cells,
  [from, to]: Range,
  stratum: Stratum,
  sums: Sums,
) {
  const { n: cityN, share, held, minStratum, borrowed } = stratum
  const rateOf = (n: number, events: number) =>
    share !== undefined && n < minStratum
      ? (events + borrowed * share) / (n + borrowed)
      : events / n
  const cityRate = rateOf(cityN, stratum.events)
  const leastOthers = share === undefined ? Math.max(1, minStratum) : 0
  const most = stratum.maxStratumShare * cityN
  for (let i = from; i < to; i++) {
    const count = n[i] ?? 0
    const group = groupOf[of[i] ?? 0] ?? -1
    if (count === 0 || group < 0) continue
    const place = unitOf[group] ?? 0
    const own = held.n[place] ?? 0
    const apart = own > most && cityN - own >= leastOthers
    const rate = apart ? rateOf(cityN - own, stratum.events - (held.events[place] ?? 0)) : cityRate
    add(sums.n, place, count)
    add(sums.observed, group, events[i] ?? 0)
    add(sums.expected, group, count * rate)
    add(sums.variance, place, count * rate * (1 - rate))
    if (!apart) add(sums.own, place, (count * own) / cityN)
  }
}

/** The same with every stratum's rate from the model: what to set beside the strata when factors are many. */
export function standardiseByModel(
  { unit, stratum, n, events, quarter }: CellColumns,
  model: ExpectedShare,
): Standardised[] {
  const units = new Map<number, Standardised>()
  for (let row = 0; row < n.length; row++) {
    const [key, count, happened] = [unit[row] ?? 0, n[row] ?? 0, events[row] ?? 0]
    const rate = model(stratum[row] ?? 0)
    const sum = units.get(key) ?? nothingOf(key)
    sum.n += count
    sum.observed += happened
    sum.expected += count * rate
    sum.variance += count * rate * (1 - rate)
    const part = sum.quarters[quarter?.[row] ?? 0] ?? { observed: 0, expected: 0 }
    sum.quarters[quarter?.[row] ?? 0] = {
      observed: part.observed + happened,
      expected: part.expected + count * rate,
    }
    units.set(key, sum)
  }
  return [...units.values()].map(finished)
}

/** Shares by stratum of a model of its factors, each asked for once. */
export function sharesOf(
  model: LogisticModel,
  factorsOf: (stratum: string | number) => readonly (string | number)[],
): ExpectedShare {
  const known = new Map<string | number, number>()
  return (stratum) => {
    const share = known.get(stratum) ?? model.predict(factorsOf(stratum))
    known.set(stratum, share)
    return share
  }
}

const nothingOf = (unit: number): Standardised => ({
  ...{ unit, n: 0, observed: 0, expected: 0, variance: 0, ownShare: 0, quarters: [] },
})

const finished = (unit: Standardised): Standardised => ({
  ...unit,
  ownShare: unit.n === 0 ? 0 : unit.ownShare / unit.n,
  quarters: Array.from(unit.quarters, (part) => part ?? { observed: 0, expected: 0 }),
})

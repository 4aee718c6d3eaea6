import { add, grouped, placesByFirst } from './columns.ts'
import type { LogisticModel } from './logistic.ts'

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

/** City-wide sums of one stratum. */
export interface StratumSum {
  stratum: string | number
  n: number
  events: number
}

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
 * units are equal, and `ownShare` tells by how much each was drawn. A unit with more than `maxStratumShare` of a stratum
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
interface CellColumns {
  unit: ArrayLike<number>
  stratum: ArrayLike<string | number>
  n: ArrayLike<number>
  events: ArrayLike<number>
  /** Part of the period, from 0; absent: one part. */
  quarter?: ArrayLike<number>
}

/** `standardise` of columns. */
export function standardiseColumns(
  { unit, stratum, n: counts, events: happened, quarter }: CellColumns,
  policy: CasemixPolicy = PLAIN,
  model?: ExpectedShare,
): Standardised[] {
  const { values: units, of: placeOf } = placesByFirst(unit)
  const strata = placesByFirst(stratum)
  const { rows, start } = grouped(strata)
  let quarters = 1
  if (quarter)
    for (let row = 0; row < placeOf.length; row++)
      quarters = Math.max(quarters, (quarter[row] ?? 0) + 1)
  const size = units.length
  const [ownN, ownEvents] = [new Float64Array(size), new Float64Array(size)]
  const sums = {
    ...{ n: new Float64Array(size), variance: new Float64Array(size), own: new Float64Array(size) },
    observed: new Float64Array(size * quarters),
    expected: new Float64Array(size * quarters),
  }
  for (const [which, key] of strata.values.entries()) {
    const [from, to] = [start[which] ?? 0, start[which + 1] ?? 0]
    let [cityN, cityEvents] = [0, 0]
    for (let i = from; i < to; i++) {
      const row = rows[i] ?? 0
      const [n, events, place] = [counts[row] ?? 0, happened[row] ?? 0, placeOf[row] ?? 0]
      cityN += n
      cityEvents += events
      add(ownN, place, n)
      add(ownEvents, place, events)
    }
    if (cityN > 0) {
      const share = model?.(key)
      const rateOf = (n: number, events: number) =>
        share !== undefined && n < policy.minStratum
          ? (events + policy.borrowed * share) / (n + policy.borrowed)
          : events / n
      const cityRate = rateOf(cityN, cityEvents)
      const leastOthers = share === undefined ? Math.max(1, policy.minStratum) : 0
      for (let i = from; i < to; i++) {
        const row = rows[i] ?? 0
        const [n, events, place] = [counts[row] ?? 0, happened[row] ?? 0, placeOf[row] ?? 0]
        const held = ownN[place] ?? 0
        const apart = held > policy.maxStratumShare * cityN && cityN - held >= leastOthers
        const rate = apart ? rateOf(cityN - held, cityEvents - (ownEvents[place] ?? 0)) : cityRate
        const part = place * quarters + (quarter?.[row] ?? 0)
        add(sums.n, place, n)
        add(sums.observed, part, events)
        add(sums.expected, part, n * rate)
        add(sums.variance, place, n * rate * (1 - rate))
        if (!apart) add(sums.own, place, (n * held) / cityN)
      }
    }
    for (let i = from; i < to; i++) {
      const place = placeOf[rows[i] ?? 0] ?? 0
      ownN[place] = 0
      ownEvents[place] = 0
    }
  }
  return units.map((key, place) => {
    const parts = Array.from({ length: quarters }, (_, part) => ({
      observed: sums.observed[place * quarters + part] ?? 0,
      expected: sums.expected[place * quarters + part] ?? 0,
    }))
    const n = sums.n[place] ?? 0
    return {
      ...{ unit: key, n },
      observed: parts.reduce((sum, part) => sum + part.observed, 0),
      expected: parts.reduce((sum, part) => sum + part.expected, 0),
      variance: sums.variance[place] ?? 0,
      ownShare: n === 0 ? 0 : (sums.own[place] ?? 0) / n,
      quarters: parts,
    }
  })
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

import { add, byStratum } from './columns.ts'
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

const NO_CELL: Cell<string | number> = { unit: 0, stratum: '', n: 0, events: 0 }

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
  const places = new Map<number, number>()
  const placeOf = new Int32Array(cells.length)
  const stratumOf: (string | number)[] = []
  let quarters = 1
  for (const [row, { unit, stratum, quarter = 0 }] of cells.entries()) {
    let place = places.get(unit)
    if (place === undefined) {
      place = places.size
      places.set(unit, place)
    }
    placeOf[row] = place
    stratumOf.push(stratum)
    if (quarter >= quarters) quarters = quarter + 1
  }
  const size = places.size
  const ownN = new Float64Array(size)
  const ownEvents = new Float64Array(size)
  const sums = {
    ...{ n: new Float64Array(size), variance: new Float64Array(size), own: new Float64Array(size) },
    observed: new Float64Array(size * quarters),
    expected: new Float64Array(size * quarters),
  }
  const rows = Int32Array.from(cells.keys())
  for (const stratum of byStratum(rows, stratumOf)) {
    const city = { n: 0, events: 0 }
    for (const row of stratum) {
      const { n, events } = cells[row] ?? NO_CELL
      city.n += n
      city.events += events
      add(ownN, placeOf[row] ?? 0, n)
      add(ownEvents, placeOf[row] ?? 0, events)
    }
    if (city.n > 0) {
      const share = model?.(stratumOf[stratum[0] ?? 0] ?? '')
      const rateOf = (n: number, events: number) =>
        share !== undefined && n < policy.minStratum
          ? (events + policy.borrowed * share) / (n + policy.borrowed)
          : events / n
      const cityRate = rateOf(city.n, city.events)
      const leastOthers = share === undefined ? Math.max(1, policy.minStratum) : 0
      for (const row of stratum) {
        const { n, events, quarter = 0 } = cells[row] ?? NO_CELL
        const place = placeOf[row] ?? 0
        const held = ownN[place] ?? 0
        const apart = held > policy.maxStratumShare * city.n && city.n - held >= leastOthers
        const rate = apart ? rateOf(city.n - held, city.events - (ownEvents[place] ?? 0)) : cityRate
        add(sums.n, place, n)
        add(sums.observed, place * quarters + quarter, events)
        add(sums.expected, place * quarters + quarter, n * rate)
        add(sums.variance, place, n * rate * (1 - rate))
        if (!apart) add(sums.own, place, (n * held) / city.n)
      }
    }
    for (const row of stratum) {
      ownN[placeOf[row] ?? 0] = 0
      ownEvents[placeOf[row] ?? 0] = 0
    }
  }
  return Array.from(places, ([unit, place]) => {
    const parts = Array.from({ length: quarters }, (_, quarter) => ({
      observed: sums.observed[place * quarters + quarter] ?? 0,
      expected: sums.expected[place * quarters + quarter] ?? 0,
    }))
    const n = sums.n[place] ?? 0
    return {
      ...{ unit, n },
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
  cells: readonly Cell<string | number>[],
  model: ExpectedShare,
): Standardised[] {
  const units = new Map<number, Standardised>()
  for (const { unit, stratum, n, events, quarter = 0 } of cells) {
    const rate = model(stratum)
    const sum = units.get(unit) ?? nothingOf(unit)
    sum.n += n
    sum.observed += events
    sum.expected += n * rate
    sum.variance += n * rate * (1 - rate)
    const part = sum.quarters[quarter] ?? { observed: 0, expected: 0 }
    sum.quarters[quarter] = {
      observed: part.observed + events,
      expected: part.expected + n * rate,
    }
    units.set(unit, sum)
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

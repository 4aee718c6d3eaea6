import { add, numbered } from './columns.ts'
import { Z95 } from './normal.ts'
import {
  emptySlots,
  type PaceColumns,
  type PlacedRows,
  placedRows,
  type Slots,
  tallied,
  tallyApart,
  weighed,
} from './pace-rows.ts'
import { groupsOf, type Window } from './window.ts'

export interface PacePolicy {
  /** Share of each stratum's observed times that the hazard follows; later times are censored there. 1 follows all. */
  horizon: number
  /** A unit with more of a stratum is compared with the stratum without itself. 1 never. */
  maxStratumShare: number
  /** Least requests of others in the stratum for that; with fewer it remains part of what it is compared with. */
  minOthers?: number
}

const MIN_OTHERS = 30

/** Method, sections 2.2 and 4. */
export const PACE_POLICY: PacePolicy = { horizon: 0.99, maxStratumShare: 0.2 }

export interface Paced {
  unit: number
  n: number
  /** Events up to the horizon. */
  observed: number
  /** What the city's hazard gives over the same observed times. */
  expected: number
  /** Of a count: the expectation itself. */
  variance: number
  /** Share of its own requests in what it is compared with, 0 to 1. */
  ownShare: number
  quarters: { observed: number; expected: number }[]
}

/**
 * Stratified one-sample log-rank (Breslow and Day 1987, 3.5; Nelson 1972, Aalen 1978): of each stratum the city's
 * cumulative hazard H = Σ d / n, of each unit E = Σ H(own time) over ended and open requests. With no unit above
 * `maxStratumShare` the sums of O and E over all units are equal, whatever the horizon. Units come in order of their
 * number; a unit in whose strata nothing ended has E = 0. Columns in several parts are as if they were one.
 */
export function standardisedPace(
  columns: PaceColumns | readonly PaceColumns[],
  policy: PacePolicy = PACE_POLICY,
): Paced[] {
  return pacedIn(placedRows('unit' in columns ? [columns] : columns), policy)
}

/** The same of some of the rows, whose values are known: those of one period may be asked about by several windows. */
export function pacedIn(
  rows: PlacedRows,
  { horizon, maxStratumShare, minOthers = MIN_OTHERS }: PacePolicy,
  window?: Window,
): Paced[] {
  const groups = groupsOf(rows, window)
  const { times, strata } = rows
  const units = groups.units.length
  const { observed, ended, held } = tallied(rows, groups)
  const curves = curvesOf({ observed, ended }, times, horizon)
  // One more than the place in `apart`; a table, because every row asks.
  const apartOf = new Int32Array(strata * units)
  const apart: { pair: number; curve: StratumCurve }[] = []
  for (const [which, curve] of curves.entries())
    for (let pair = which * units; pair < (which + 1) * units; pair++) {
      const n = held[pair] ?? 0
      if (n > maxStratumShare * curve.n && curve.n - n >= minOthers)
        apartOf[pair] = apart.push({ pair, curve })
    }

  const own = emptySlots(apart.length * times)
  if (apart.length > 0) tallyApart(rows, groups, apartOf, own)
  /** Of each slot what the city's curve expects, and after those what is expected of who is apart. */
  const heights = new Float64Array((strata + apart.length) * times)
  for (const [which, { height }] of curves.entries()) heights.set(height, which * times)
  for (const [one, { curve }] of apart.entries()) {
    const [first, next] = [one * times, (one + 1) * times]
    const without = heightsWithout(curve, {
      observed: own.observed.subarray(first, next),
      ended: own.ended.subarray(first, next),
    })
    heights.set(without, (strata + one) * times)
  }
  const last = Int32Array.from(curves, (curve) => curve.last)
  const sums = weighed(rows, groups, { heights, last, apartOf: apart.length > 0 ? apartOf : null })

  const [all, shared] = [new Float64Array(units), new Float64Array(units)]
  for (const [which, curve] of curves.entries())
    for (let who = 0; who < units; who++) {
      const pair = which * units + who
      const n = held[pair] ?? 0
      add(all, who, n)
      if (n > 0 && !apartOf[pair]) add(shared, who, (n * n) / curve.n)
    }
  return groups.units.flatMap((unit, who) => {
    const n = all[who] ?? 0
    if (n === 0) return []
    const quarters = Array.from({ length: groups.parts }, (_, part) => ({
      observed: sums.observed[who * groups.parts + part] ?? 0,
      expected: sums.expected[who * groups.parts + part] ?? 0,
    }))
    const expected = quarters.reduce((sum, part) => sum + part.expected, 0)
    const observed = quarters.reduce((sum, part) => sum + part.observed, 0)
    const ownShare = (shared[who] ?? 0) / n
    return [{ unit, n, observed, expected, variance: expected, ownShare, quarters }]
  })
}

/**
 * How much slower than the city's pace: E / O with its interval, y = 1 − √(O/E), s = 1 / (2 √E), z = y / s (positive =
 * slower). E > 0; with nothing ended the ratio and its upper limit are infinite. `lower` is L975 of the slowness.
 */
export function slowness(observed: number, expected: number) {
  const root = Math.sqrt(observed / expected)
  const s = 1 / (2 * Math.sqrt(expected))
  const y = 1 - root
  return {
    ratio: expected / observed,
    lower: 1 / (root + Z95 * s) ** 2,
    upper: 1 / Math.max(0, root - Z95 * s) ** 2,
    y,
    s,
    z: y / s,
  }
}

/** Cumulative hazard of Nelson and Aalen of times each observed once, ascending; at one time events precede censorings. */
export function nelsonAalen(time: readonly number[], event: readonly number[]) {
  const { values, of, table } = numbered([time], [time.map(() => 1)])
  const slots = emptySlots(values.length)
  for (let row = 0; row < time.length; row++) {
    const place = table[of[0]?.[row] ?? 0] ?? 0
    add(slots.observed, place, 1)
    add(slots.ended, place, event[row] ?? 0)
  }
  const [curve] = curvesOf(slots, values.length, 1)
  return values.map((at, place) => ({ time: at, cumulative: curve?.height[place] ?? 0 }))
}

/** Of one stratum: what it observed, how many in all, and its hazard at each time; `last` is the place of the horizon. */
interface StratumCurve extends Slots {
  n: number
  last: number
  height: Float64Array
}

/** Curves of the strata, each of as many slots as there are times. */
function curvesOf(slots: Slots, times: number, horizon: number): StratumCurve[] {
  return Array.from({ length: times === 0 ? 0 : slots.observed.length / times }, (_, stratum) => {
    const [first, next] = [stratum * times, (stratum + 1) * times]
    const observed = slots.observed.subarray(first, next)
    const ended = slots.ended.subarray(first, next)
    let n = 0
    for (let slot = 0; slot < times; slot++) n += observed[slot] ?? 0
    // The least time that at least so many observed do not exceed (type 1 quantile).
    let last = 0
    let within = observed[0] ?? 0
    while (within < horizon * n && last + 1 < times) within += observed[++last] ?? 0
    return { observed, ended, n, last, height: heightsOf({ observed, ended }, { n, last }) }
  })
}

/** The hazard of a stratum up to the same horizon without some of its requests. */
function heightsWithout({ observed, ended, n, last }: StratumCurve, own: Slots): Float64Array {
  let left = n
  for (const count of own.observed) left -= count
  const rest = {
    observed: observed.map((count, place) => count - (own.observed[place] ?? 0)),
    ended: ended.map((count, place) => count - (own.ended[place] ?? 0)),
  }
  return heightsOf(rest, { n: left, last })
}

function heightsOf({ observed, ended }: Slots, { n, last }: { n: number; last: number }) {
  const height = new Float64Array(observed.length)
  let atRisk = n
  let sum = 0
  for (let here = 0; here < height.length; here++) {
    const events = ended[here] ?? 0
    if (events > 0 && here <= last) sum += events / atRisk
    height[here] = sum
    atRisk -= observed[here] ?? 0
  }
  return height
}

import { add } from './columns.ts'
import { Z95 } from './normal.ts'
import { numbered } from './numbered.ts'
import { type PaceColumns, type PlacedRows, placedRows } from './pace-rows.ts'
import { heldWithin, slotsWithin, type Tally, tallied, tallyApart } from './pace-tally.ts'
import { weighed } from './pace-weights.ts'
import { type ClassesWithin, classesOf, type Window } from './window.ts'

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
  /** All events, those beyond the horizon too. */
  ended: number
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
  const rows = placedRows('unit' in columns ? [columns] : columns)
  return pacedWithin(rows, policy, { whole: undefined })('whole')
}

/** The same of the rows within several windows, which are counted together; `only` = of some units alone. */
export function pacedWithin<W extends string>(
  rows: PlacedRows,
  policy: PacePolicy,
  windows: Record<W, Window | undefined>,
): (which: W, only?: ReadonlySet<number>) => Paced[] {
  const classes = classesOf(rows, windows)
  const sums = tallied(rows, classes)
  return (which, only) => {
    const window = classes.windows[which]
    return pacedOf(rows, window, sums, { ...policy, only })
  }
}

function pacedOf(
  rows: PlacedRows,
  window: ClassesWithin,
  sums: Tally,
  {
    horizon,
    maxStratumShare,
    minOthers = MIN_OTHERS,
    only,
  }: PacePolicy & { only: ReadonlySet<number> | undefined },
): Paced[] {
  const { times, strata } = rows
  const { groups } = window
  const units = groups.units.length
  const held = heldWithin(strata, window, sums)
  const heights = new Float64Array(strata * times)
  const slotsOf = (which: number) => slotsWithin(rows, window, sums, which)
  const curves = Array.from({ length: strata }, (_, which) =>
    curveOf(slotsOf(which), horizon, heights.subarray(which * times, (which + 1) * times)),
  )
  // One more than the place in `apart`; a table, because every row asks.
  const apartOf = new Int32Array(strata * units)
  const apart: number[] = []
  for (const [which, curve] of curves.entries())
    for (let pair = which * units; pair < (which + 1) * units; pair++) {
      const n = held[pair] ?? 0
      if (n > maxStratumShare * curve.n && curve.n - n >= minOthers)
        apartOf[pair] = apart.push(which)
    }

  const own = new Int32Array(2 * apart.length * times)
  const heightsApart = new Float64Array(apart.length * times)
  if (apart.length > 0) tallyApart(rows, groups, apartOf, own)
  for (const [one, which] of apart.entries()) {
    const mine = own.subarray(2 * one * times, 2 * (one + 1) * times)
    const rest = slotsOf(which).map((sum, slot) => sum - (mine[slot] ?? 0))
    const { last } = curves[which] ?? { last: 0 }
    climb(rest, { n: observedIn(rest), last }, heightsApart.subarray(one * times))
  }
  const last = Int32Array.from(curves, (curve) => curve.last)
  const hazards = {
    ...{ heights, heightsApart, last },
    apartOf: apart.length > 0 ? apartOf : null,
  }
  const weights = weighed(rows, groups, hazards, only)

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
    if (n === 0 || only?.has(unit) === false) return []
    const quarters = Array.from({ length: groups.parts }, (_, part) => ({
      observed: weights.observed[who * groups.parts + part] ?? 0,
      expected: weights.expected[who * groups.parts + part] ?? 0,
    }))
    const expected = quarters.reduce((sum, part) => sum + part.expected, 0)
    const observed = quarters.reduce((sum, part) => sum + part.observed, 0)
    const ownShare = (shared[who] ?? 0) / n
    const ended = weights.ended[who] ?? 0
    return [{ unit, n, observed, ended, expected, variance: expected, ownShare, quarters }]
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
  const slots = new Int32Array(2 * values.length)
  for (let row = 0; row < time.length; row++) {
    const slot = 2 * (table[of[0]?.[row] ?? 0] ?? 0)
    slots[slot] = (slots[slot] ?? 0) + 1
    slots[slot + 1] = (slots[slot + 1] ?? 0) + (event[row] ?? 0)
  }
  const height = new Float64Array(values.length)
  curveOf(slots, 1, height)
  return values.map((at, place) => ({ time: at, cumulative: height[place] ?? 0 }))
}

/** Of one stratum how many it observed in all, and the place of the horizon among its times. */
interface Curve {
  n: number
  last: number
}

/** Of slots by time, each what was observed and what of it ended; fills in the hazard at each time. */
function curveOf(slots: Int32Array, horizon: number, height: Float64Array): Curve {
  const n = observedIn(slots)
  // The least time that at least so many observed do not exceed (type 1 quantile).
  let last = 0
  let within = slots[0] ?? 0
  while (within < horizon * n && 2 * (last + 1) < slots.length) within += slots[2 * ++last] ?? 0
  climb(slots, { n, last }, height)
  return { n, last }
}

function observedIn(slots: Int32Array): number {
  let n = 0
  for (let slot = 0; slot < slots.length; slot += 2) n += slots[slot] ?? 0
  return n
}

function climb(slots: Int32Array, { n, last }: Curve, height: Float64Array) {
  let atRisk = n
  let sum = 0
  for (let here = 0; 2 * here < slots.length; here++) {
    const events = slots[2 * here + 1] ?? 0
    if (events > 0 && here <= last) sum += events / atRisk
    height[here] = sum
    atRisk -= slots[2 * here] ?? 0
  }
}

import { add, type Pairs, pairsOf, placesByFirst, placesOf } from './columns.ts'
import { Z95 } from './normal.ts'

/**
 * Requests tallied by unit, stratum and time, in columns of one length: rows of the same place add up. `time` is observed
 * time (open requests too) in any unit that keeps the order: seconds, or the bins of `log-bins.ts`. `n` counts all
 * observed there, `events` those that ended; the rest are censored.
 */
export interface PaceColumns {
  unit: ArrayLike<number>
  stratum: ArrayLike<number | string>
  time: ArrayLike<number>
  events: ArrayLike<number>
  n: ArrayLike<number>
  /** Part of the period, from 0; absent: one part. */
  quarter?: ArrayLike<number>
}

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
 * number; a unit in whose strata nothing ended has E = 0.
 */
export function standardisedPace(
  columns: PaceColumns,
  { horizon, maxStratumShare, minOthers = MIN_OTHERS }: PacePolicy = PACE_POLICY,
): Paced[] {
  const { n: counts, events, quarter } = columns
  const unit = placesOf(columns.unit, counts)
  const time = placesOf(columns.time, counts)
  const stratum = placesByFirst(columns.stratum, counts)
  const units = unit.values.length
  const slot = pairsOf(stratum, time, counts)
  const pair = pairsOf(stratum, unit, counts)
  const slots = tallied(slot, columns)
  const curves = curvesOf(slots, slot.start, horizon)
  const held = new Float64Array(pair.size)
  for (let row = 0; row < counts.length; row++)
    if (counts[row]) add(held, pair.of[row] ?? 0, counts[row] ?? 0)

  const apart: { curve: StratumCurve; rows: number[]; height: Float64Array }[] = []
  // One more than the place in `apart`; a table, because every row asks.
  const apartOf = new Int32Array(pair.size)
  for (const [which, curve] of curves.entries())
    for (let place = pair.start[which] ?? 0; place < (pair.start[which + 1] ?? 0); place++) {
      const n = held[place] ?? 0
      if (n > maxStratumShare * curve.n && curve.n - n >= minOthers)
        apartOf[place] = apart.push({ curve, rows: [], height: NOWHERE })
    }
  if (apart.length > 0)
    for (let row = 0; row < counts.length; row++) {
      const own = counts[row] ? apartOf[pair.of[row] ?? 0] : 0
      if (own) apart[own - 1]?.rows.push(row)
    }
  for (const one of apart) one.height = heightsWithout(one.curve, slots, one.rows, slot, columns)

  let quarters = 1
  if (quarter)
    for (let row = 0; row < counts.length; row++)
      if (counts[row] && (quarter[row] ?? 0) >= quarters) quarters = (quarter[row] ?? 0) + 1
  const sums = {
    ...{ n: new Float64Array(units), own: new Float64Array(units) },
    observed: new Float64Array(units * quarters),
    expected: new Float64Array(units * quarters),
  }
  for (let row = 0; row < counts.length; row++) {
    const n = counts[row] ?? 0
    const curve = curves[stratum.of[row] ?? 0]
    if (n === 0 || !curve) continue
    const who = unit.of[row] ?? 0
    const place = pair.of[row] ?? 0
    const here = (slot.of[row] ?? 0) - curve.first
    const own = apartOf[place]
    const height = own ? (apart[own - 1]?.height ?? NOWHERE) : curve.height
    const part = who * quarters + (quarter?.[row] ?? 0)
    add(sums.n, who, n)
    if (here <= curve.last) add(sums.observed, part, events[row] ?? 0)
    add(sums.expected, part, n * (height[here] ?? 0))
    if (!own) add(sums.own, who, (n * (held[place] ?? 0)) / curve.n)
  }
  return unit.values.map((number, who) => {
    const parts = Array.from({ length: quarters }, (_, part) => ({
      observed: sums.observed[who * quarters + part] ?? 0,
      expected: sums.expected[who * quarters + part] ?? 0,
    }))
    const expected = parts.reduce((sum, part) => sum + part.expected, 0)
    return {
      ...{ unit: number, n: sums.n[who] ?? 0 },
      observed: parts.reduce((sum, part) => sum + part.observed, 0),
      ...{ expected, variance: expected, ownShare: (sums.own[who] ?? 0) / (sums.n[who] ?? 1) },
      quarters: parts,
    }
  })
}
const NOWHERE = new Float64Array(0)

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
  const { values, of } = placesOf(time)
  const start = Int32Array.of(0, values.length)
  const n = time.map(() => 1)
  const slots = tallied({ of, size: values.length, start }, { events: event, n })
  const [curve] = curvesOf(slots, start, 1)
  return values.map((at, place) => ({ time: at, cumulative: curve?.height[place] ?? 0 }))
}

/** Observed and ended at the times of each stratum, in order of strata and times. */
interface Slots {
  observed: Float64Array
  ended: Float64Array
}

function tallied({ of, size }: Pairs, { events, n }: Pick<PaceColumns, 'events' | 'n'>): Slots {
  const [observed, ended] = [new Float64Array(size), new Float64Array(size)]
  for (let row = 0; row < of.length; row++) {
    const count = n[row] ?? 0
    if (count === 0) continue
    add(observed, of[row] ?? 0, count)
    add(ended, of[row] ?? 0, events[row] ?? 0)
  }
  return { observed, ended }
}

/** Of one stratum: its first slot, its requests, and from that slot on its hazard; `last` is the slot of the horizon. */
interface StratumCurve {
  first: number
  n: number
  last: number
  height: Float64Array
}

/** Curves by the number of the stratum, whose slots begin at `start`. */
function curvesOf(slots: Slots, start: Int32Array, horizon: number): StratumCurve[] {
  return Array.from({ length: start.length - 1 }, (_, stratum) => {
    const first = start[stratum] ?? 0
    const next = start[stratum + 1] ?? 0
    let n = 0
    for (let slot = first; slot < next; slot++) n += slots.observed[slot] ?? 0
    // The least time that at least so many observed do not exceed (type 1 quantile).
    let last = 0
    let within = slots.observed[first] ?? 0
    while (within < horizon * n && first + last + 1 < next)
      within += slots.observed[first + ++last] ?? 0
    const height = heightsOf(
      slots.observed.subarray(first, next),
      slots.ended.subarray(first, next),
      { n, last },
    )
    return { first, n, last, height }
  })
}

/** The hazard of a stratum up to the same horizon without some of its rows. */
function heightsWithout(
  { first, n, last, height }: StratumCurve,
  slots: Slots,
  own: readonly number[],
  slot: Pairs,
  columns: Pick<PaceColumns, 'events' | 'n'>,
): Float64Array {
  const observed = slots.observed.slice(first, first + height.length)
  const ended = slots.ended.slice(first, first + height.length)
  let left = n
  for (const row of own) {
    const here = (slot.of[row] ?? 0) - first
    add(observed, here, -(columns.n[row] ?? 0))
    add(ended, here, -(columns.events[row] ?? 0))
    left -= columns.n[row] ?? 0
  }
  return heightsOf(observed, ended, { n: left, last })
}

function heightsOf(
  observed: Float64Array,
  ended: Float64Array,
  { n, last }: { n: number; last: number },
): Float64Array {
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

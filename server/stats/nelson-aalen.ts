import { add, at, type Places, pairedPlaces, placesOf, placesOfKeys } from './columns.ts'
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
  const rows = counted(counts)
  const unit = placesOf(rows, columns.unit)
  const time = placesOf(rows, columns.time)
  const stratum = placesOfKeys(rows, columns.stratum)
  const units = unit.values.length
  const slot = pairedPlaces(rows, stratum, time)
  const pair = pairedPlaces(rows, stratum, unit)
  const slots = tallied(rows, slot, columns)
  const curves = curvesOf(slots, slot.values, time.values.length, horizon)
  const held = new Float64Array(pair.values.length)
  for (const row of rows) add(held, at(pair, row), counts[row] ?? 0)

  const apart: { place: number; rows: number[]; height: Float64Array }[] = []
  // One more than the place in `apart`; a table, because every row asks.
  const apartOf = new Int32Array(pair.values.length)
  for (const [place, key] of pair.values.entries()) {
    const curve = curves[Math.floor(key / units)]
    const n = held[place] ?? 0
    if (curve && n > maxStratumShare * curve.n && curve.n - n >= minOthers)
      apartOf[place] = apart.push({ place, rows: [], height: new Float64Array(0) })
  }
  if (apart.length > 0)
    for (const row of rows) {
      const own = apartOf[at(pair, row)]
      if (own) apart[own - 1]?.rows.push(row)
    }
  for (const one of apart) {
    const curve = curves[Math.floor((pair.values[one.place] ?? 0) / units)]
    if (curve) one.height = heightsWithout(curve, slots, one.rows, slot, columns)
  }

  let quarters = 1
  if (quarter) for (const row of rows) quarters = Math.max(quarters, (quarter[row] ?? 0) + 1)
  const sums = {
    ...{ n: new Float64Array(units), own: new Float64Array(units) },
    observed: new Float64Array(units * quarters),
    expected: new Float64Array(units * quarters),
  }
  for (const row of rows) {
    const who = at(unit, row)
    const curve = curves[at(stratum, row)]
    if (!curve) continue
    const n = counts[row] ?? 0
    const here = at(slot, row) - curve.first
    const own = apartOf[at(pair, row)]
    const others = own ? apart[own - 1] : undefined
    const part = who * quarters + (quarter?.[row] ?? 0)
    add(sums.n, who, n)
    if (here <= curve.last) add(sums.observed, part, events[row] ?? 0)
    add(sums.expected, part, n * ((others ?? curve).height[here] ?? 0))
    if (!others) add(sums.own, who, (n * (held[at(pair, row)] ?? 0)) / curve.n)
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

/** Rows that count anything. */
function counted(counts: ArrayLike<number>): Int32Array {
  const rows = new Int32Array(counts.length)
  let kept = 0
  for (let row = 0; row < counts.length; row++) if (counts[row]) rows[kept++] = row
  return rows.subarray(0, kept)
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
  const rows = Int32Array.from(time.keys())
  const slot = placesOf(rows, time)
  const slots = tallied(rows, slot, { events: event, n: time.map(() => 1) })
  const [curve] = curvesOf(
    slots,
    slot.values.map((_, place) => place),
    slot.values.length,
    1,
  )
  return slot.values.map((at, place) => ({ time: at, cumulative: curve?.height[place] ?? 0 }))
}

/** Observed and ended at each distinct time of each stratum, in order of strata and times. */
interface Slots {
  observed: Float64Array
  ended: Float64Array
}

function tallied(
  rows: Int32Array,
  slot: Places,
  { events, n }: Pick<PaceColumns, 'events' | 'n'>,
): Slots {
  const size = slot.values.length
  const [observed, ended] = [new Float64Array(size), new Float64Array(size)]
  for (const row of rows) {
    add(observed, at(slot, row), n[row] ?? 0)
    add(ended, at(slot, row), events[row] ?? 0)
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

/** Curves by the number of the stratum; a slot's value is stratum × `times` + time. */
function curvesOf(
  slots: Slots,
  values: readonly number[],
  times: number,
  horizon: number,
): StratumCurve[] {
  const curves: StratumCurve[] = []
  for (let first = 0; first < values.length; ) {
    const stratum = Math.floor((values[first] ?? 0) / times)
    let next = first
    let n = 0
    for (; Math.floor((values[next] ?? Number.POSITIVE_INFINITY) / times) === stratum; next++)
      n += slots.observed[next] ?? 0
    // The least time that at least so many observed do not exceed (type 1 quantile).
    let last = 0
    let within = slots.observed[first] ?? 0
    while (within < horizon * n && first + last + 1 < next)
      within += slots.observed[first + ++last] ?? 0
    const size = next - first
    const height = heightsOf(size, last, n, (here) => [
      slots.observed[first + here] ?? 0,
      slots.ended[first + here] ?? 0,
    ])
    curves[stratum] = { first, n, last, height }
    first = next
  }
  return curves
}

/** The hazard of a stratum up to the same horizon without some of its rows. */
function heightsWithout(
  { first, n, last, height }: StratumCurve,
  slots: Slots,
  own: readonly number[],
  slot: Places,
  columns: Pick<PaceColumns, 'events' | 'n'>,
): Float64Array {
  const [observed, ended] = [new Float64Array(height.length), new Float64Array(height.length)]
  let left = n
  for (const row of own) {
    const here = at(slot, row) - first
    add(observed, here, columns.n[row] ?? 0)
    add(ended, here, columns.events[row] ?? 0)
    left -= columns.n[row] ?? 0
  }
  return heightsOf(height.length, last, left, (here) => [
    (slots.observed[first + here] ?? 0) - (observed[here] ?? 0),
    (slots.ended[first + here] ?? 0) - (ended[here] ?? 0),
  ])
}

function heightsOf(
  size: number,
  last: number,
  n: number,
  tallyAt: (here: number) => [observed: number, ended: number],
): Float64Array {
  const height = new Float64Array(size)
  let atRisk = n
  let sum = 0
  for (let here = 0; here < size; here++) {
    const [observed, ended] = tallyAt(here)
    if (ended > 0 && here <= last) sum += ended / atRisk
    height[here] = sum
    atRisk -= observed
  }
  return height
}

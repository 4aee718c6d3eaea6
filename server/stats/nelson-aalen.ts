import { add, numbered } from './columns.ts'
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
 * number; a unit in whose strata nothing ended has E = 0. Columns in several parts are as if they were one.
 */
export function standardisedPace(
  columns: PaceColumns | readonly PaceColumns[],
  { horizon, maxStratumShare, minOthers = MIN_OTHERS }: PacePolicy = PACE_POLICY,
): Paced[] {
  const parts = partsOf(columns)
  const counts = parts.map(({ n }) => ints(n))
  const unit = numbered(
    parts.map((part) => part.unit),
    counts,
  )
  const time = numbered(
    parts.map((part) => part.time),
    counts,
  )
  const stratum = numbered(
    parts.map((part) => part.stratum),
    counts,
  )
  const [units, times, strata] = [unit.values.length, time.values.length, stratum.values.length]
  /** By stratum and time, and by stratum and unit. */
  const slots = emptySlots(strata * times)
  const held = new Float64Array(strata * units)
  const rows = parts.map((part, index): Rows => {
    const n = counts[index] ?? NO_ROWS
    const slot = placed(stratum, time, index, n)
    const pair = placed(stratum, unit, index, n)
    const events = ints(part.events)
    sumInto(slots.observed, slot, n)
    sumInto(slots.ended, slot, events)
    sumInto(held, pair, n)
    return { slot, pair, n, events, quarter: part.quarter ? ints(part.quarter) : null }
  })
  const quarters = rows.reduce((most, { quarter, n }) => quartersIn(quarter, n, most), 1)
  const curves = curvesOf(slots, times, horizon)

  const apart: { curve: StratumCurve; own: Slots; height: Float64Array }[] = []
  // One more than the place in `apart`; a table, because every row asks.
  const apartOf = new Int32Array(strata * units)
  for (const [which, curve] of curves.entries())
    for (let own = which * units; own < (which + 1) * units; own++) {
      const n = held[own] ?? 0
      if (n > maxStratumShare * curve.n && curve.n - n >= minOthers)
        apartOf[own] = apart.push({ curve, own: emptySlots(times), height: NOWHERE })
    }
  if (apart.length > 0)
    for (const { slot, pair, n, events } of rows)
      for (let row = 0; row < slot.length; row++) {
        const here = slot[row] ?? -1
        const one = here < 0 ? 0 : (apartOf[pair[row] ?? 0] ?? 0)
        const own = one > 0 ? apart[one - 1]?.own : undefined
        if (!own) continue
        add(own.observed, here % times, n[row] ?? 0)
        add(own.ended, here % times, events[row] ?? 0)
      }
  for (const one of apart) one.height = heightsWithout(one.curve, one.own)

  /** Of each slot what the city's curve expects, and whether it lies within the horizon. */
  const heights = new Float64Array(strata * times)
  const within = new Uint8Array(strata * times)
  for (const [which, { height, last }] of curves.entries()) {
    heights.set(height, which * times)
    within.fill(1, which * times, which * times + last + 1)
  }
  const sums = {
    ...{ n: new Float64Array(units), own: new Float64Array(units) },
    observed: new Float64Array(units * quarters),
    expected: new Float64Array(units * quarters),
  }
  const ownHeights = apart.map(({ height }) => height)
  for (const { slot, pair, n, events, quarter } of rows)
    for (let row = 0; row < slot.length; row++) {
      const here = slot[row] ?? -1
      if (here < 0) continue
      const own = pair[row] ?? 0
      const one = apartOf[own] ?? 0
      const height = one > 0 ? ownHeights[one - 1]?.[here % times] : heights[here]
      const part = (own % units) * quarters + (quarter === null ? 0 : (quarter[row] ?? 0))
      if (within[here]) sums.observed[part] = (sums.observed[part] ?? 0) + (events[row] ?? 0)
      sums.expected[part] = (sums.expected[part] ?? 0) + (n[row] ?? 0) * (height ?? 0)
    }
  for (const [which, curve] of curves.entries())
    for (let who = 0; who < units; who++) {
      const pair = which * units + who
      const n = held[pair] ?? 0
      add(sums.n, who, n)
      if (n > 0 && !apartOf[pair]) add(sums.own, who, (n * n) / curve.n)
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

/** Rows of one part: where each stands by stratum and time, and by stratum and unit; −1 for rows of nothing. */
interface Rows {
  slot: Int32Array
  pair: Int32Array
  n: Int32Array
  events: Int32Array
  quarter: Int32Array | null
}
const NO_ROWS = new Int32Array(0)
const ints = (column: ArrayLike<number>) =>
  column instanceof Int32Array ? column : Int32Array.from(column)

type Places = Pick<ReturnType<typeof numbered>, 'values' | 'of' | 'table'>
/** Of each row its place by the first and then by the second. */
function placed(first: Places, second: Places, part: number, n: Int32Array): Int32Array {
  const [one, other] = [first.of[part] ?? NO_ROWS, second.of[part] ?? NO_ROWS]
  const width = second.values.length
  const { table: ofOne } = first
  const { table: ofOther } = second
  const places = new Int32Array(n.length)
  for (let row = 0; row < places.length; row++)
    places[row] =
      n[row] === 0 ? -1 : (ofOne[one[row] ?? 0] ?? 0) * width + (ofOther[other[row] ?? 0] ?? 0)
  return places
}

function sumInto(sums: Float64Array, places: Int32Array, values: Int32Array) {
  for (let row = 0; row < places.length; row++) {
    const place = places[row] ?? -1
    if (place >= 0) sums[place] = (sums[place] ?? 0) + (values[row] ?? 0)
  }
}

function quartersIn(quarter: Int32Array | null, n: Int32Array, least: number): number {
  let most = least
  for (let row = 0; quarter && row < n.length; row++)
    if (n[row] !== 0 && (quarter[row] ?? 0) >= most) most = (quarter[row] ?? 0) + 1
  return most
}

const partsOf = (columns: PaceColumns | readonly PaceColumns[]) =>
  'unit' in columns ? [columns] : columns
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
  const { values, of, table } = numbered([time], [new Int32Array(time.length).fill(1)])
  const slots = emptySlots(values.length)
  for (let row = 0; row < time.length; row++) {
    const place = table[of[0]?.[row] ?? 0] ?? 0
    add(slots.observed, place, 1)
    add(slots.ended, place, event[row] ?? 0)
  }
  const [curve] = curvesOf(slots, values.length, 1)
  return values.map((at, place) => ({ time: at, cumulative: curve?.height[place] ?? 0 }))
}

/** Observed and ended at the times of each stratum, in order of strata and times. */
interface Slots {
  observed: Float64Array
  ended: Float64Array
}
const emptySlots = (size: number): Slots => ({
  observed: new Float64Array(size),
  ended: new Float64Array(size),
})

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

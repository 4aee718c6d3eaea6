import { add, type Numbered, numbered } from './columns.ts'
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
  const counts = parts.map(({ n }) => n)
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
  const slots = {
    observed: new Float64Array(strata * times),
    ended: new Float64Array(strata * times),
  }
  const held = new Float64Array(strata * units)
  let quarters = 1
  for (const [which, { n, events, quarter }] of parts.entries()) {
    const [whose, when, where] = [
      placesIn(unit, which),
      placesIn(time, which),
      placesIn(stratum, which),
    ]
    for (let row = 0; row < n.length; row++) {
      const count = n[row] ?? 0
      if (count === 0) continue
      const place = where.table[(where.of[row] ?? 0) - where.least] ?? 0
      const slot = place * times + (when.table[(when.of[row] ?? 0) - when.least] ?? 0)
      const pair = place * units + (whose.table[(whose.of[row] ?? 0) - whose.least] ?? 0)
      slots.observed[slot] = (slots.observed[slot] ?? 0) + count
      slots.ended[slot] = (slots.ended[slot] ?? 0) + (events[row] ?? 0)
      held[pair] = (held[pair] ?? 0) + count
      if (quarter && (quarter[row] ?? 0) >= quarters) quarters = (quarter[row] ?? 0) + 1
    }
  }
  const curves = curvesOf(slots, times, horizon)

  const apart: { curve: StratumCurve; own: Slots; height: Float64Array }[] = []
  // One more than the place in `apart`; a table, because every row asks.
  const apartOf = new Int32Array(strata * units)
  for (const [which, curve] of curves.entries())
    for (let pair = which * units; pair < (which + 1) * units; pair++) {
      const n = held[pair] ?? 0
      if (n > maxStratumShare * curve.n && curve.n - n >= minOthers)
        apartOf[pair] = apart.push({ curve, own: emptySlots(times), height: NOWHERE })
    }
  const sums = {
    ...{ n: new Float64Array(units), own: new Float64Array(units) },
    observed: new Float64Array(units * quarters),
    expected: new Float64Array(units * quarters),
  }
  /** Of each row that counts, what stands at its places. */
  const eachRow = (see: (row: Row) => void) => {
    const at: Row = { which: 0, pair: 0, here: 0, n: 0, events: 0, part: 0 }
    for (const [index, { n, events, quarter }] of parts.entries()) {
      const [whose, when, where] = [
        placesIn(unit, index),
        placesIn(time, index),
        placesIn(stratum, index),
      ]
      for (let row = 0; row < n.length; row++) {
        at.n = n[row] ?? 0
        if (at.n === 0) continue
        const who = whose.table[(whose.of[row] ?? 0) - whose.least] ?? 0
        at.which = where.table[(where.of[row] ?? 0) - where.least] ?? 0
        at.pair = at.which * units + who
        at.here = when.table[(when.of[row] ?? 0) - when.least] ?? 0
        at.events = events[row] ?? 0
        at.part = who * quarters + (quarter?.[row] ?? 0)
        see(at)
      }
    }
  }
  if (apart.length > 0) {
    eachRow(({ pair, here, n, events }) => {
      const own = apart[(apartOf[pair] ?? 0) - 1]?.own
      if (!own) return
      add(own.observed, here, n)
      add(own.ended, here, events)
    })
    for (const one of apart) one.height = heightsWithout(one.curve, one.own)
  }
  eachRow(({ which, pair, here, n, events, part }) => {
    const curve = curves[which]
    if (!curve) return
    const own = apartOf[pair] ?? 0
    const height = own > 0 ? (apart[own - 1]?.height ?? NOWHERE) : curve.height
    if (here <= curve.last) add(sums.observed, part, events)
    add(sums.expected, part, n * (height[here] ?? 0))
  })
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

/** Places of a row: its stratum, that with its unit, its time; and its unit's part of the period. */
interface Row {
  which: number
  pair: number
  here: number
  part: number
  n: number
  events: number
}

const partsOf = (columns: PaceColumns | readonly PaceColumns[]) =>
  'unit' in columns ? [columns] : columns
const placesIn = (
  { of, table, least }: Pick<Numbered, 'of' | 'table' | 'least'>,
  part: number,
) => ({
  ...{ table, least },
  of: of[part] ?? NOWHERE,
})

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
  const { values, of, table, least } = numbered([time], [time.map(() => 1)])
  const slots = emptySlots(values.length)
  for (let row = 0; row < time.length; row++) {
    const place = table[(of[0]?.[row] ?? 0) - least] ?? 0
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

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
  const units = new Map<number, Paced>()
  for (const rows of byStratum(columns)) {
    const stratum = hazardOf(columns, rows, horizon)
    const own = new Map<number, number>()
    for (const row of rows) {
      const unit = columns.unit[row] ?? 0
      own.set(unit, (own.get(unit) ?? 0) + (columns.n[row] ?? 0))
    }
    const alone = new Map<number, Hazard>()
    for (const [unit, n] of own)
      if (n > maxStratumShare * stratum.n && stratum.n - n >= minOthers) {
        const others = rows.filter((row) => columns.unit[row] !== unit)
        alone.set(unit, hazardOf(columns, others, 1, stratum.end))
      }
    for (const row of rows) {
      const unit = columns.unit[row] ?? 0
      const paced = units.get(unit) ?? nobody(unit)
      const others = alone.get(unit)
      const time = columns.time[row] ?? 0
      const n = columns.n[row] ?? 0
      const observed = time <= stratum.end ? (columns.events[row] ?? 0) : 0
      const expected = n * hazardAt(others ?? stratum, time)
      paced.n += n
      paced.observed += observed
      paced.expected += expected
      paced.ownShare += others ? 0 : (n * (own.get(unit) ?? 0)) / stratum.n
      const quarter = columns.quarter?.[row] ?? 0
      const part = paced.quarters[quarter] ?? { observed: 0, expected: 0 }
      paced.quarters[quarter] = {
        observed: part.observed + observed,
        expected: part.expected + expected,
      }
      units.set(unit, paced)
    }
  }
  return [...units.values()]
    .sort((a, b) => a.unit - b.unit)
    .map((unit) => ({
      ...unit,
      variance: unit.expected,
      ownShare: unit.n === 0 ? 0 : unit.ownShare / unit.n,
      quarters: Array.from(unit.quarters, (part) => part ?? { observed: 0, expected: 0 }),
    }))
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

export interface Hazard {
  /** Observed in the stratum. */
  n: number
  /** The horizon: times above it are censored there. */
  end: number
  /** Distinct times with events, ascending, and the cumulative hazard from each on. */
  time: number[]
  cumulative: number[]
}

/** Cumulative hazard of Nelson and Aalen, of times each observed once; at one time events precede censorings. */
export function nelsonAalen(time: readonly number[], event: readonly number[]): Hazard {
  const rows = time.map((_, row) => row)
  const columns = { unit: rows, stratum: rows, time, events: event, n: rows.map(() => 1) }
  return hazardOf(columns, rows, 1)
}

/** Cumulative hazard at a time; 0 before the first event, level after the last. */
export function hazardAt({ time, cumulative, end }: Hazard, at: number): number {
  const wanted = Math.min(at, end)
  let low = -1
  let high = time.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((time[middle] ?? 0) <= wanted) low = middle
    else high = middle
  }
  return low < 0 ? 0 : (cumulative[low] ?? 0)
}

const nobody = (unit: number): Paced => ({
  ...{ unit, n: 0, observed: 0, expected: 0, variance: 0, ownShare: 0, quarters: [] },
})

function byStratum({ stratum, n }: PaceColumns): number[][] {
  const strata = new Map<number | string, number[]>()
  for (let row = 0; row < n.length; row++) {
    if (!n[row]) continue
    const key = stratum[row] ?? ''
    const rows = strata.get(key)
    if (rows) rows.push(row)
    else strata.set(key, [row])
  }
  return [...strata.values()]
}

function hazardOf(
  { time, events, n }: PaceColumns,
  rows: readonly number[],
  horizon: number,
  until = Number.POSITIVE_INFINITY,
): Hazard {
  const at = new Map<number, { n: number; events: number }>()
  let all = 0
  for (const row of rows) {
    const when = time[row] ?? Number.NaN
    if (Number.isNaN(when)) throw new RangeError('an observed time is not a number')
    const sum = at.get(when)
    const [observed, ended] = [n[row] ?? 0, events[row] ?? 0]
    all += observed
    if (sum) {
      sum.n += observed
      sum.events += ended
    } else at.set(when, { n: observed, events: ended })
  }
  const sorted = [...at].sort(([a], [b]) => a - b)
  const end = horizon >= 1 ? until : timeOfShare(sorted, horizon * all)
  const hazard: Hazard = { n: all, end, time: [], cumulative: [] }
  let atRisk = all
  let sum = 0
  for (const [when, tally] of sorted) {
    if (when > end) break
    if (tally.events > 0) {
      sum += tally.events / atRisk
      hazard.time.push(when)
      hazard.cumulative.push(sum)
    }
    atRisk -= tally.n
  }
  return hazard
}

/** The least time that at least so many observed do not exceed (type 1 quantile). */
function timeOfShare(sorted: readonly [number, { n: number }][], wanted: number): number {
  let sum = 0
  for (const [time, { n }] of sorted) {
    sum += n
    if (sum >= wanted) return time
  }
  return sorted.at(-1)?.[0] ?? Number.POSITIVE_INFINITY
}

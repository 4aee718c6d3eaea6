import { add, at, byStratum, type Places, placesOf } from './columns.ts'
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
  const rows = Int32Array.from(counts, (_, row) => row).filter((row) => counts[row])
  const unit = placesOf(rows, columns.unit)
  const time = placesOf(rows, columns.time)
  const units = unit.values.length
  const quarters = rows.reduce((most, row) => Math.max(most, (quarter?.[row] ?? 0) + 1), 1)
  const sums = {
    ...{ n: new Float64Array(units), own: new Float64Array(units) },
    observed: new Float64Array(units * quarters),
    expected: new Float64Array(units * quarters),
  }
  const own = new Float64Array(units)
  const [scratch, elsewhere] = [scratchOf(time.values.length), scratchOf(time.values.length)]
  for (const stratum of byStratum(rows, columns.stratum)) {
    const city = hazardOf(stratum, columns, time, scratch, horizon)
    for (const row of stratum) add(own, at(unit, row), counts[row] ?? 0)
    const apart = new Map<number, Hazard>()
    for (const row of stratum) {
      const who = at(unit, row)
      const held = own[who] ?? 0
      if (held <= maxStratumShare * city.n || city.n - held < minOthers || apart.has(who)) continue
      const others = stratum.filter((other) => at(unit, other) !== who)
      apart.set(who, hazardOf(others, columns, time, elsewhere, 1, city.end))
    }
    for (const row of stratum) {
      const who = at(unit, row)
      const place = at(time, row)
      const when = time.values[place] ?? 0
      const n = counts[row] ?? 0
      const others = apart.size > 0 ? apart.get(who) : undefined
      const slot = who * quarters + (quarter?.[row] ?? 0)
      add(sums.n, who, n)
      if (when <= city.end) add(sums.observed, slot, events[row] ?? 0)
      add(sums.expected, slot, n * (others ? hazardAt(others, when) : (scratch.height[place] ?? 0)))
      if (!others) add(sums.own, who, (n * (own[who] ?? 0)) / city.n)
    }
    for (const row of stratum) own[at(unit, row)] = 0
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
  const rows = Int32Array.from(time.keys())
  const places = placesOf(rows, time)
  const columns = { events: event, n: time.map(() => 1) }
  return hazardOf(rows, columns, places, scratchOf(places.values.length), 1)
}

/** Cumulative hazard at a time; 0 before the first event, level after the last. */
export function hazardAt({ time, cumulative, end }: Hazard, when: number): number {
  const wanted = Math.min(when, end)
  let low = -1
  let high = time.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((time[middle] ?? 0) <= wanted) low = middle
    else high = middle
  }
  return low < 0 ? 0 : (cumulative[low] ?? 0)
}

/** Tallies by place of time, empty between strata. */
interface Scratch {
  observed: Float64Array
  ended: Float64Array
  /** Cumulative hazard at the places of the last stratum; of others it means nothing. */
  height: Float64Array
}

const scratchOf = (size: number): Scratch => ({
  ...{ observed: new Float64Array(size), ended: new Float64Array(size) },
  height: new Float64Array(size),
})

function hazardOf(
  rows: Int32Array,
  { events, n }: Pick<PaceColumns, 'events' | 'n'>,
  time: Places,
  { observed, ended, height }: Scratch,
  horizon: number,
  until = Number.POSITIVE_INFINITY,
): Hazard {
  const touched: number[] = []
  let all = 0
  for (const row of rows) {
    const place = at(time, row)
    const count = n[row] ?? 0
    if (observed[place] === 0) touched.push(place)
    all += count
    add(observed, place, count)
    add(ended, place, events[row] ?? 0)
  }
  const places = Int32Array.from(touched).sort()
  const timeAt = (place: number | undefined) => time.values[place ?? -1] ?? Number.POSITIVE_INFINITY
  let end = until
  if (horizon < 1) {
    // The least time that at least so many observed do not exceed (type 1 quantile).
    let within = 0
    const last = places.find((place) => {
      within += observed[place] ?? 0
      return within >= horizon * all
    })
    end = timeAt(last ?? places.at(-1))
  }
  const hazard: Hazard = { n: all, end, time: [], cumulative: [] }
  let atRisk = all
  let sum = 0
  for (const place of places) {
    const when = timeAt(place)
    const count = ended[place] ?? 0
    if (count > 0 && when <= end) {
      sum += count / atRisk
      hazard.time.push(when)
      hazard.cumulative.push(sum)
    }
    height[place] = sum
    atRisk -= observed[place] ?? 0
    observed[place] = 0
    ended[place] = 0
  }
  return hazard
}

import { placesOf } from './columns.ts'
import { asWhole, numbered } from './numbered.ts'
import { type Columns, type Numbers, numbersOf, portionsOf, readPortions } from './portions.ts'
import type { Named } from './window.ts'

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

/** Rows whose values have their places. */
export interface PlacedRows extends Named {
  parts: readonly Columns<OfRow>[]
  runs: Runs
  /** Places of times by what the column holds. */
  timePlaces: Uint16Array
  strata: number
  times: number
}
type OfRow = (typeof OF_ROW)[number]
/** What is read of each row; all else is of its run. */
export const OF_ROW = ['time', 'n', 'events'] as const

/** Rows of one unit, stratum and quarter, one after the other in a portion; rows of nothing are within any run. */
export interface Runs {
  /** Of each portion its first run; those of the last end where the last number tells. */
  first: Int32Array
  /** The first row of each within its portion. */
  from: Uint16Array
  /** The place of its unit × span + quarter − least. */
  of: Int32Array
  /** The place of its stratum. */
  stratum: Int32Array
}

export function placedRows(columns: readonly PaceColumns[]): PlacedRows {
  const counts = columns.map(({ n }) => numbersOf(n))
  const unit = asWhole(
    columns.map((part) => part.unit),
    counts,
  )
  const stratum = asWhole(
    columns.map((part) => part.stratum),
    counts,
  )
  const time = numbered(
    columns.map((part) => part.time),
    counts,
  )
  const keys = columns.map(({ quarter }, part) => ({
    ...{ unit: unit.of[part], stratum: stratum.of[part], n: counts[part] },
    ...(quarter && { quarter: numbersOf(quarter) }),
  }))
  const { first, from, ...runs } = joined(keys.map(runsOf))
  const units = placesOf(runs.unit)
  const strata = placesOf(runs.stratum)
  const { least, span } = rangeOf(runs.quarter)
  const of = runs.quarter.map((quarter, run) => (units.of[run] ?? 0) * span + quarter - least)
  return {
    parts: columns.map(({ events }, part) => ({
      ...{ time: time.of[part], n: counts[part], events: numbersOf(events) },
    })),
    runs: { first, from, of, stratum: strata.of },
    ...{ units: units.values.map((whole) => Number(unit.valueOf(whole))), least, span },
    ...{ timePlaces: time.table, strata: strata.values.length, times: time.values.length },
  }
}

const OF_RUN = ['unit', 'stratum', 'quarter', 'n'] as const
type Keys = Columns<(typeof OF_RUN)[number]>
type PartRuns = Pick<Runs, 'first' | 'from'> & Record<'unit' | 'stratum' | 'quarter', Int32Array>

/** By the counts of a part: months are held, and asked again with other months beside them. */
const known = new WeakMap<Numbers, { keys: Keys; runs: PartRuns }>()

function runsOf(keys: Keys): PartRuns {
  const held = keys.n && known.get(keys.n)
  if (held && OF_RUN.every((name) => held.keys[name] === keys[name])) return held.runs
  const runs = runsIn(keys)
  if (keys.n) known.set(keys.n, { keys, runs })
  return runs
}

function runsIn(part: Keys): PartRuns {
  const rows = part.n?.length ?? 0
  // Room for a run of each row: only what is filled takes memory.
  const from = new Uint16Array(rows)
  const [units, strata, quarters] = [
    new Int32Array(rows),
    new Int32Array(rows),
    new Int32Array(rows),
  ]
  const first = new Int32Array(portionsOf([part]) + 1)
  let count = 0
  readPortions([part], { keys: OF_RUN }, ({ unit, stratum, quarter, n }, length, portion) => {
    let [who, where, when] = [0, 0, 0]
    let run = count
    for (let row = 0; row < length; row++) {
      const isSame = stratum[row] === where && unit[row] === who && quarter[row] === when
      if ((isSame && run > count) || n[row] === 0) continue
      who = unit[row] ?? 0
      where = stratum[row] ?? 0
      when = quarter[row] ?? 0
      from[run] = row
      units[run] = who
      strata[run] = where
      quarters[run++] = when
    }
    count = run
    first[portion + 1] = count
  })
  return {
    ...{ first, from: from.slice(0, count), unit: units.slice(0, count) },
    ...{ stratum: strata.slice(0, count), quarter: quarters.slice(0, count) },
  }
}

/** Runs of parts one after the other. */
function joined(parts: readonly PartRuns[]): PartRuns {
  const count = parts.reduce((sum, { from }) => sum + from.length, 0)
  const portions = parts.reduce((sum, { first }) => sum + first.length - 1, 0)
  const all = {
    ...{ first: new Int32Array(portions + 1), from: new Uint16Array(count) },
    ...{ unit: new Int32Array(count), stratum: new Int32Array(count) },
    quarter: new Int32Array(count),
  }
  let [run, portion] = [0, 0]
  for (const { first, ...columns } of parts) {
    for (let i = 1; i < first.length; i++) all.first[++portion] = run + (first[i] ?? 0)
    all.from.set(columns.from, run)
    all.unit.set(columns.unit, run)
    all.stratum.set(columns.stratum, run)
    all.quarter.set(columns.quarter, run)
    run += columns.from.length
  }
  return all
}

function rangeOf(quarters: Int32Array): { least: number; span: number } {
  let [least, most] = [0, 0]
  for (const quarter of quarters) {
    if (quarter < least) least = quarter
    if (quarter > most) most = quarter
  }
  return { least, span: most - least + 1 }
}

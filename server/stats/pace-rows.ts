import { numbered } from './columns.ts'
import { type Columns, numbersOf, type Portion, readPortions } from './portions.ts'
import type { Groups, Named } from './window.ts'

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
  parts: readonly Row[]
  /** Places by what the columns hold. */
  unitPlaces: Uint16Array
  stratumPlaces: Uint16Array
  timePlaces: Uint16Array
  strata: number
  times: number
}
type Key = 'unit' | 'stratum' | 'time' | 'quarter'
type Count = 'n' | 'events'
const COLUMNS: { keys: readonly Key[]; counts: readonly Count[] } = {
  keys: ['unit', 'stratum', 'time', 'quarter'],
  counts: ['n', 'events'],
}
type Row = Columns<Key | Count>
type PacePortion = Portion<Key, Count>

export function placedRows(columns: readonly PaceColumns[]): PlacedRows {
  const counts = columns.map(({ n }) => numbersOf(n))
  const unit = numbered(
    columns.map((part) => part.unit),
    counts,
  )
  const stratum = numbered(
    columns.map((part) => part.stratum),
    counts,
  )
  const time = numbered(
    columns.map((part) => part.time),
    counts,
  )
  const parts = columns.map(({ events, quarter }, part) => ({
    ...{ unit: unit.of[part], stratum: stratum.of[part], time: time.of[part] },
    ...{
      n: counts[part],
      events: numbersOf(events),
      ...(quarter && { quarter: numbersOf(quarter) }),
    },
  }))
  return {
    ...{
      parts,
      units: unit.values,
      unitPlaces: unit.table,
      stratumPlaces: stratum.table,
      timePlaces: time.table,
    },
    ...{ strata: stratum.values.length, times: time.values.length, ...quartersIn(parts) },
  }
}

function quartersIn(parts: readonly Row[]): { least: number; span: number } {
  let [least, most] = [0, 0]
  const quarters = parts.flatMap(({ quarter, n }) => (quarter && n ? [{ quarter, n }] : []))
  readPortions(quarters, { keys: ['quarter'], counts: ['n'] }, ({ quarter, n }, length) => {
    for (let row = 0; row < length; row++) {
      const here = quarter[row] ?? 0
      if (n[row] === 0) continue
      if (here < least) least = here
      if (here > most) most = here
    }
  })
  return { least, span: most - least + 1 }
}

/** Observed and ended at the times of each stratum, in order of strata and times. */
export interface Slots {
  observed: Float64Array
  ended: Float64Array
}
export const emptySlots = (size: number): Slots => ({
  observed: new Float64Array(size),
  ended: new Float64Array(size),
})

/** What each stratum observed at each time, and what of it each unit holds, in order of strata and units. */
export function tallied(rows: PlacedRows, groups: Groups): Slots & { held: Float64Array } {
  const { observed, ended } = emptySlots(rows.strata * rows.times)
  const held = new Float64Array(rows.strata * groups.units.length)
  const tables = tablesOf(rows, groups)
  readPortions(rows.parts, COLUMNS, (portion, length) =>
    tally(portion, length, tables, { observed, ended, held }),
  )
  return { observed, ended, held }
}

type Tables = ReturnType<typeof tablesOf>
const tablesOf = (
  { unitPlaces, stratumPlaces, timePlaces, times, least, span }: PlacedRows,
  { units, of, unitOf }: Groups,
) => ({
  ...{ unitPlaces, stratumPlaces, timePlaces, times, least, span },
  ...{ units: units.length, groupOf: of, unitOf },
})

function tally(
  { unit, stratum, time, quarter, n, events }: PacePortion,
  length: number,
  { unitPlaces, stratumPlaces, timePlaces, groupOf, unitOf, times, units, least, span }: Tables,
  { observed, ended, held }: Slots & { held: Float64Array },
) {
  for (let row = 0; row < length; row++) {
    const count = n[row] ?? 0
    const group =
      groupOf[(unitPlaces[unit[row] ?? 0] ?? 0) * span + (quarter[row] ?? 0) - least] ?? -1
    if (count === 0 || group < 0) continue
    const where = stratumPlaces[stratum[row] ?? 0] ?? 0
    const slot = where * times + (timePlaces[time[row] ?? 0] ?? 0)
    const pair = where * units + (unitOf[group] ?? 0)
    observed[slot] = (observed[slot] ?? 0) + count
    ended[slot] = (ended[slot] ?? 0) + (events[row] ?? 0)
    held[pair] = (held[pair] ?? 0) + count
  }
}

/** By time what each unit that is apart in a stratum holds of it; `apartOf` has one more than its place by stratum and unit. */
export function tallyApart(
  rows: PlacedRows,
  groups: Groups,
  apartOf: Int32Array,
  { observed, ended }: Slots,
) {
  const { unitPlaces, stratumPlaces, timePlaces, groupOf, unitOf, times, units, least, span } =
    tablesOf(rows, groups)
  readPortions(
    rows.parts,
    COLUMNS,
    ({ unit, stratum, time, quarter, n, events }: PacePortion, length: number) => {
      for (let row = 0; row < length; row++) {
        const group =
          groupOf[(unitPlaces[unit[row] ?? 0] ?? 0) * span + (quarter[row] ?? 0) - least] ?? -1
        if (n[row] === 0 || group < 0) continue
        const pair = (stratumPlaces[stratum[row] ?? 0] ?? 0) * units + (unitOf[group] ?? 0)
        const one = apartOf[pair] ?? 0
        if (one === 0) continue
        const slot = (one - 1) * times + (timePlaces[time[row] ?? 0] ?? 0)
        observed[slot] = (observed[slot] ?? 0) + (n[row] ?? 0)
        ended[slot] = (ended[slot] ?? 0) + (events[row] ?? 0)
      }
    },
  )
}

interface Hazards {
  /** By stratum and time, and after all strata by who is apart and time. */
  heights: Float64Array
  /** Of each stratum the place of the horizon. */
  last: Int32Array
  /** One more than the place of who is apart, by stratum and unit; null = nobody is. */
  apartOf: Int32Array | null
}
type Sums = Record<'observed' | 'expected', Float64Array>

/** Events up to the horizon and what the hazards expect, by group. */
export function weighed(rows: PlacedRows, groups: Groups, hazards: Hazards): Sums {
  const size = groups.units.length * groups.parts
  const sums = { observed: new Float64Array(size), expected: new Float64Array(size) }
  const tables = { ...tablesOf(rows, groups), strata: rows.strata }
  readPortions(rows.parts, COLUMNS, (portion, length) =>
    weigh(portion, length, tables, hazards, sums),
  )
  return sums
}

function weigh(
  { unit, stratum, time, quarter, n, events }: PacePortion,
  length: number,
  tables: Tables & { strata: number },
  { heights, last, apartOf }: Hazards,
  { observed, expected }: Sums,
) {
  const { unitPlaces, stratumPlaces, timePlaces, groupOf, unitOf, times } = tables
  const { units, strata, least, span } = tables
  for (let row = 0; row < length; row++) {
    const count = n[row] ?? 0
    const group =
      groupOf[(unitPlaces[unit[row] ?? 0] ?? 0) * span + (quarter[row] ?? 0) - least] ?? -1
    if (count === 0 || group < 0) continue
    const where = stratumPlaces[stratum[row] ?? 0] ?? 0
    const at = timePlaces[time[row] ?? 0] ?? 0
    const one = apartOf === null ? 0 : (apartOf[where * units + (unitOf[group] ?? 0)] ?? 0)
    const height = heights[(one === 0 ? where : strata + one - 1) * times + at] ?? 0
    expected[group] = (expected[group] ?? 0) + count * height
    if (at <= (last[where] ?? 0)) observed[group] = (observed[group] ?? 0) + (events[row] ?? 0)
  }
}

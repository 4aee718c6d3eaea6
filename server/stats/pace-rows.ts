import { numbered } from './columns.ts'
import { type Columns, numbersOf, type Portion, readPortions } from './portions.ts'
import type { Classes, ClassesWithin, Groups, Named } from './window.ts'

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
type Column = (typeof COLUMNS)[number]
const COLUMNS = ['unit', 'stratum', 'time', 'quarter', 'n', 'events'] as const
type Row = Columns<Column>
type PacePortion = Portion<Column, never>

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
  readPortions(quarters, { keys: ['quarter', 'n'] }, ({ quarter, n }, length) => {
    for (let row = 0; row < length; row++) {
      const here = quarter[row] ?? 0
      if (n[row] === 0) continue
      if (here < least) least = here
      if (here > most) most = here
    }
  })
  return { least, span: most - least + 1 }
}

/** Sums of whole numbers below 2³¹. */
export interface Tally {
  /** By layer, stratum and time two of them: what was observed, and what of it ended. */
  slots: Int32Array
  /** By stratum and class what is held. */
  held: Int32Array
}

export function tallied(rows: PlacedRows, classes: Classes): Tally {
  const sums = {
    slots: new Int32Array(2 * classes.layers * rows.strata * rows.times),
    held: new Int32Array(rows.strata * classes.count),
  }
  readPortions(rows.parts, { keys: COLUMNS }, (portion, length) =>
    tally(portion, length, { rows, classes }, sums),
  )
  return sums
}

function tally(
  { unit, stratum, time, quarter, n, events }: PacePortion,
  length: number,
  { rows, classes }: { rows: PlacedRows; classes: Classes },
  { slots, held }: Tally,
) {
  const { unitPlaces, stratumPlaces, timePlaces, strata, times, least, span } = rows
  const { of, layerOf, count } = classes
  for (let row = 0; row < length; row++) {
    const requests = n[row] ?? 0
    const own = of[(unitPlaces[unit[row] ?? 0] ?? 0) * span + (quarter[row] ?? 0) - least] ?? -1
    if (requests === 0 || own < 0) continue
    const where = stratumPlaces[stratum[row] ?? 0] ?? 0
    const at = timePlaces[time[row] ?? 0] ?? 0
    const slot = 2 * (((layerOf[own] ?? 0) * strata + where) * times + at)
    const pair = where * count + own
    slots[slot] = (slots[slot] ?? 0) + requests
    slots[slot + 1] = (slots[slot + 1] ?? 0) + (events[row] ?? 0)
    held[pair] = (held[pair] ?? 0) + requests
  }
}

/** Of one window and one stratum, by time. */
export function slotsWithin(
  { strata, times }: Pick<PlacedRows, 'strata' | 'times'>,
  { layers }: Pick<ClassesWithin, 'layers'>,
  { slots }: Tally,
  which: number,
): Int32Array {
  const size = 2 * times
  const of = (layer: number) => {
    const first = (layer * strata + which) * size
    return slots.subarray(first, first + size)
  }
  const [first, ...others] = layers.map(of)
  if (!first) return new Int32Array(size)
  return others.length === 0
    ? first
    : first.map((sum, slot) => others.reduce((all, more) => all + (more[slot] ?? 0), sum))
}

/** Of one window what each unit holds, by stratum and unit. */
export function heldWithin(
  strata: number,
  { groups, unitOf }: ClassesWithin,
  { held: byClass }: Tally,
): Int32Array {
  const units = groups.units.length
  const held = new Int32Array(strata * units)
  for (let own = 0; own < unitOf.length; own++) {
    const unit = unitOf[own] ?? -1
    if (unit < 0) continue
    for (let which = 0; which < strata; which++) {
      const pair = which * units + unit
      held[pair] = (held[pair] ?? 0) + (byClass[which * unitOf.length + own] ?? 0)
    }
  }
  return held
}

/** What each unit that is apart in a stratum holds of it, by its place and time; `apartOf` has one more than its place. */
export function tallyApart(
  rows: PlacedRows,
  groups: Groups,
  apartOf: Int32Array,
  slots: Int32Array,
) {
  const { unitPlaces, stratumPlaces, timePlaces, times, least, span } = rows
  const { of, unitOf } = groups
  const units = groups.units.length
  readPortions(rows.parts, { keys: COLUMNS }, (portion, length) => {
    const { unit, stratum, time, quarter, n, events } = portion
    for (let row = 0; row < length; row++) {
      const group = of[(unitPlaces[unit[row] ?? 0] ?? 0) * span + (quarter[row] ?? 0) - least] ?? -1
      if (n[row] === 0 || group < 0) continue
      const pair = (stratumPlaces[stratum[row] ?? 0] ?? 0) * units + (unitOf[group] ?? 0)
      const one = apartOf[pair] ?? 0
      if (one === 0) continue
      const slot = 2 * ((one - 1) * times + (timePlaces[time[row] ?? 0] ?? 0))
      slots[slot] = (slots[slot] ?? 0) + (n[row] ?? 0)
      slots[slot + 1] = (slots[slot + 1] ?? 0) + (events[row] ?? 0)
    }
  })
}

interface Hazards {
  /** By stratum and time. */
  heights: Float64Array
  /** By who is apart and time. */
  heightsApart: Float64Array
  /** Of each stratum the place of the horizon. */
  last: Int32Array
  /** One more than the place of who is apart, by stratum and unit; null = nobody is. */
  apartOf: Int32Array | null
}
/** By group; all events, beyond the horizon too, by unit. */
type Sums = Record<'observed' | 'expected' | 'ended', Float64Array>

/** Events up to the horizon and what the hazards expect, by group; of some units alone, those of the others stay 0. */
export function weighed(
  rows: PlacedRows,
  groups: Groups,
  hazards: Hazards,
  only?: ReadonlySet<number>,
): Sums {
  const size = groups.units.length * groups.parts
  const sums = {
    ...{ observed: new Float64Array(size), expected: new Float64Array(size) },
    ended: new Float64Array(groups.units.length),
  }
  const asked = only ? restricted(groups, only) : groups
  readPortions(
    rows.parts,
    { keys: COLUMNS },
    (portion, length) => weigh(portion, length, { rows, groups: asked, hazards }, sums),
    only && wantsOf(rows, asked),
  )
  return sums
}

function restricted(groups: Groups, only: ReadonlySet<number>): Groups {
  const isOther = groups.units.map((unit) => !only.has(unit))
  const of = groups.of.map((group) => (isOther[groups.unitOf[group] ?? -1] ? -1 : group))
  return { ...groups, of }
}

/** Whether some of the units that rows name are within the groups. */
function wantsOf({ units, unitPlaces, span }: PlacedRows, { of }: Groups) {
  const wanted = Uint8Array.from(units, (_, place) =>
    of.subarray(place * span, (place + 1) * span).some((group) => group >= 0) ? 1 : 0,
  )
  return (unit: ArrayLike<number>, length: number) => {
    for (let row = 0; row < length; row++)
      if (wanted[unitPlaces[unit[row] ?? 0] ?? 0] === 1) return true
    return false
  }
}

function weigh(
  { unit, stratum, time, quarter, n, events }: PacePortion,
  length: number,
  { rows, groups, hazards }: { rows: PlacedRows; groups: Groups; hazards: Hazards },
  { observed, expected, ended }: Sums,
) {
  const { unitPlaces, stratumPlaces, timePlaces, times, least, span } = rows
  const { heights, heightsApart, last, apartOf } = hazards
  const { of, unitOf } = groups
  const units = groups.units.length
  for (let row = 0; row < length; row++) {
    const count = n[row] ?? 0
    const group = of[(unitPlaces[unit[row] ?? 0] ?? 0) * span + (quarter[row] ?? 0) - least] ?? -1
    if (count === 0 || group < 0) continue
    const where = stratumPlaces[stratum[row] ?? 0] ?? 0
    const at = timePlaces[time[row] ?? 0] ?? 0
    const one = apartOf === null ? 0 : (apartOf[where * units + (unitOf[group] ?? 0)] ?? 0)
    const height =
      one === 0 ? (heights[where * times + at] ?? 0) : (heightsApart[(one - 1) * times + at] ?? 0)
    expected[group] = (expected[group] ?? 0) + count * height
    const closed = events[row] ?? 0
    if (closed === 0) continue
    const own = unitOf[group] ?? 0
    ended[own] = (ended[own] ?? 0) + closed
    if (at <= (last[where] ?? 0)) observed[group] = (observed[group] ?? 0) + closed
  }
}

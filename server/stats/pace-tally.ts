import { OF_ROW, type PlacedRows } from './pace-rows.ts'
import { readPortions } from './portions.ts'
import type { Classes, ClassesWithin, Groups } from './window.ts'

/** Sums of whole numbers below 2³¹. */
export interface Tally {
  /** By layer, stratum and time two of them: what was observed, and what of it ended. */
  slots: Int32Array
  /** By stratum and class what is held. */
  held: Int32Array
}

export function tallied(rows: PlacedRows, classes: Classes): Tally {
  const { strata, times, timePlaces, runs } = rows
  const { of, layerOf, layers } = classes
  const slots = new Int32Array(2 * layers * strata * times)
  const held = new Int32Array(strata * classes.count)
  readPortions(rows.parts, { keys: OF_ROW }, ({ time, n, events }, length, portion) => {
    const end = runs.first[portion + 1] ?? 0
    for (let run = runs.first[portion] ?? 0; run < end; run++) {
      const own = of[runs.of[run] ?? 0] ?? -1
      if (own < 0) continue
      const to = run + 1 < end ? (runs.from[run + 1] ?? 0) : length
      const which = runs.stratum[run] ?? 0
      const base = 2 * ((layerOf[own] ?? 0) * strata + which) * times
      let requests = 0
      for (let row = runs.from[run] ?? 0; row < to; row++) {
        const slot = base + 2 * (timePlaces[time[row] ?? 0] ?? 0)
        const count = n[row] ?? 0
        slots[slot] = (slots[slot] ?? 0) + count
        slots[slot + 1] = (slots[slot + 1] ?? 0) + (events[row] ?? 0)
        requests += count
      }
      const pair = which * classes.count + own
      held[pair] = (held[pair] ?? 0) + requests
    }
  })
  return { slots, held }
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
  if (others.length === 0) return first
  const sums = first.slice()
  for (const more of others)
    for (let slot = 0; slot < size; slot++) sums[slot] = (sums[slot] ?? 0) + (more[slot] ?? 0)
  return sums
}

/** Of one window what each unit holds, by stratum and unit. */
export function heldWithin(
  strata: number,
  { groups, unitOf }: ClassesWithin,
  { held: byClass }: Tally,
): Int32Array {
  const units = groups.units.length
  const classes = unitOf.length
  const held = new Int32Array(strata * units)
  for (let which = 0; which < strata; which++)
    for (let own = 0; own < classes; own++) {
      const unit = unitOf[own] ?? -1
      if (unit < 0) continue
      const pair = which * units + unit
      held[pair] = (held[pair] ?? 0) + (byClass[which * classes + own] ?? 0)
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
  const { times, timePlaces, runs } = rows
  const { of, unitOf } = groups
  const units = groups.units.length
  const oneOf = (run: number) => {
    const group = of[runs.of[run] ?? 0] ?? -1
    return group < 0 ? 0 : (apartOf[(runs.stratum[run] ?? 0) * units + (unitOf[group] ?? 0)] ?? 0)
  }
  readPortions(rows.parts, { keys: OF_ROW }, ({ time, n, events }, length, portion) => {
    const end = runs.first[portion + 1] ?? 0
    for (let run = runs.first[portion] ?? 0; run < end; run++) {
      const one = oneOf(run)
      if (one === 0) continue
      const to = run + 1 < end ? (runs.from[run + 1] ?? 0) : length
      const base = 2 * (one - 1) * times
      for (let row = runs.from[run] ?? 0; row < to; row++) {
        const slot = base + 2 * (timePlaces[time[row] ?? 0] ?? 0)
        slots[slot] = (slots[slot] ?? 0) + (n[row] ?? 0)
        slots[slot + 1] = (slots[slot + 1] ?? 0) + (events[row] ?? 0)
      }
    }
  })
}

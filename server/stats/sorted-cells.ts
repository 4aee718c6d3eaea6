import { grouped, placesByFirst } from './columns.ts'
import type { Groups, Named } from './window.ts'

/** Keys of cells, in columns of one length. */
export interface CellKeys {
  unit: ArrayLike<number>
  stratum: ArrayLike<string | number>
  /** Part of the period, from 0; absent: one part. */
  quarter?: ArrayLike<number>
}

/** Cells in the order of their strata: those of stratum s are start[s] to start[s + 1] − 1. */
export interface SortedCells extends Named {
  strata: readonly (string | number)[]
  start: Int32Array
  /** The row that a cell was. */
  rows: Int32Array
  /** The place of its unit × span + quarter − least. */
  of: Int32Array
}

/**
 * Cells of which several windows and measures are asked, sorted once: strata in the order in which they first come, cells of one
 * stratum as they come. Rows of the same keys stay apart, no rows give no strata. Without quarters everything is of part 0; a
 * quarter below 0 lies before the period.
 */
export function sortedCells({ unit, stratum, quarter }: CellKeys): SortedCells {
  const strata = placesByFirst(stratum)
  const { rows, start } = grouped(strata)
  const units = placesByFirst(unit)
  let [least, most] = [0, 0]
  if (quarter)
    for (let row = 0; row < quarter.length; row++) {
      const here = quarter[row] ?? 0
      if (here < least) least = here
      if (here > most) most = here
    }
  const span = most - least + 1
  const of = new Int32Array(rows.length)
  for (let i = 0; i < of.length; i++) {
    const row = rows[i] ?? 0
    of[i] = (units.of[row] ?? 0) * span + (quarter === undefined ? 0 : (quarter[row] ?? 0)) - least
  }
  return { strata: strata.values, start, rows, units: units.values, of, least, span }
}

/** Requests and events of cells, in their order. */
export type CellCounts = Record<'n' | 'events', Float64Array>

/** Two columns, requests and those that count, brought into that order. What a column is too short for counts as 0. */
export const countsIn = (
  { rows }: SortedCells,
  { n, events }: Record<'n' | 'events', ArrayLike<number>>,
): CellCounts => ({ n: inOrder(rows, n), events: inOrder(rows, events) })

function inOrder(rows: Int32Array, column: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) sorted[i] = column[rows[i] ?? 0] ?? 0
  return sorted
}

/** City-wide sums of one stratum. */
export interface StratumSum {
  stratum: string | number
  n: number
  events: number
}

/** Requests and events of everybody within a window, by stratum, in the order in which these first come; strata of nobody are left out. */
export function strataWithin(
  { strata, start, rows, of }: SortedCells,
  { n, events }: CellCounts,
  groups: Groups,
): StratumSum[] {
  const sums = strata.map((stratum) => ({ stratum, n: 0, events: 0, first: rows.length }))
  for (const [which, sum] of sums.entries())
    for (let i = start[which] ?? 0; i < (start[which + 1] ?? 0); i++) {
      const count = n[i] ?? 0
      if (count === 0 || (groups.of[of[i] ?? 0] ?? -1) < 0) continue
      if (sum.n === 0) sum.first = rows[i] ?? 0
      sum.n += count
      sum.events += events[i] ?? 0
    }
  return sums.filter((sum) => sum.n > 0).sort((a, b) => a.first - b.first)
}

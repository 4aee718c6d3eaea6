import { placesByFirst } from './columns.ts'
import type { CellKeys, StratumSum } from './sorted-cells.ts'

/** Requests of one unit (an organization) in one stratum, and how many of them had the event. */
export interface Cell<Stratum extends string | number = string> {
  unit: number
  stratum: Stratum
  n: number
  events: number
  /** Part of the period, from 0; absent: one part. */
  quarter?: number
}

/** Cells in columns of one length. */
export interface CellColumns extends CellKeys {
  n: ArrayLike<number>
  events: ArrayLike<number>
}

/** Cells as columns, in their order; a cell without a quarter is of the first. */
export const columnsOf = (cells: readonly Cell<string | number>[]): CellColumns => ({
  unit: cells.map(({ unit }) => unit),
  stratum: cells.map(({ stratum }) => stratum),
  n: Float64Array.from(cells, ({ n }) => n),
  events: Float64Array.from(cells, ({ events }) => events),
  quarter: Int32Array.from(cells, ({ quarter = 0 }) => quarter),
})

/** Requests and events of all units by stratum, in the order in which strata first come. No cells, no strata. */
export function strataOf(cells: readonly Cell<string | number>[]): StratumSum[] {
  const strata = new Map<string | number, StratumSum>()
  for (const { stratum, n, events } of cells) {
    const sum = strata.get(stratum)
    if (sum) {
      sum.n += n
      sum.events += events
    } else strata.set(stratum, { stratum, n, events })
  }
  return [...strata.values()]
}

/** The same of cells in columns of one length; a stratum whose cells have n = 0 is kept, with 0. */
export function strataIn({ stratum, n, events }: Omit<CellColumns, 'unit'>): StratumSum[] {
  const { values, of } = placesByFirst(stratum)
  const sums = values.map((key): StratumSum => ({ stratum: key, n: 0, events: 0 }))
  for (let row = 0; row < of.length; row++) {
    const sum = sums[of[row] ?? 0]
    if (!sum) continue
    sum.n += n[row] ?? 0
    sum.events += events[row] ?? 0
  }
  return sums
}

import type { Judged } from '#server/contract/measures/shape.ts'
import type { ExpectedShare } from '#server/stats/casemix.ts'
import { sharesOf } from '#server/stats/casemix-model.ts'
import { type Cell, strataIn } from '#server/stats/cells.ts'
import { fitLogistic } from '#server/stats/logistic.ts'
import type { PaceColumns } from '#server/stats/pace-rows.ts'
import type { StratumSum } from '#server/stats/sorted-cells.ts'
import { QUARTERS, type Tables } from './inputs.ts'
import type { Policy } from './policy.ts'
import { stratumIn } from './strata.ts'

/** Of the columns of inputs: requests that are judged, and those of them that count. */
export const COUNTED = {
  reopened: { among: 'mature', events: 'returned' },
  late: { among: 'due', events: 'late' },
} as const satisfies Record<Judged, unknown>

/** Requests of everybody by quarter and stratum, in columns of one length. */
export type ShareCells = Record<'unit' | 'stratum' | 'quarter' | 'n' | 'events', Float64Array>

/** Everybody's requests of the judged year, and what a model of the city's shares makes of a stratum. */
export interface ShareStandard {
  cells: ShareCells
  model: ExpectedShare
}

/** Quarter from which on an organization is judged as it is; absent = all of them. Its earlier requests are nobody's. */
export type Restarts = ReadonlyMap<number, number>

interface Window {
  restarts?: Restarts
  /** 1 = the judged year, 2 = with the year before it. */
  years?: 1 | 2
}

/** Quarter of a row within the window, in four parts; below 0 it lies before the window. */
export const partOf = (quarter: number, years: 1 | 2) =>
  years === 1 ? quarter : Math.floor((quarter + QUARTERS) / 2)

export function shareStandard(
  inputs: Pick<Tables, 'shares'>,
  measure: Judged,
  window: Window = {},
): ShareStandard {
  const cells = shareCells(inputs, measure, window)
  return { cells, model: modelOf(strataIn(cells)) }
}

function shareCells(
  { shares }: Pick<Tables, 'shares'>,
  measure: Judged,
  { restarts, years = 1 }: Window,
): ShareCells {
  const { among, events } = COUNTED[measure]
  const { organization, quarter, stratum } = shares
  const [counts, happened] = [shares[among], shares[events]]
  const cells = emptyCells(counts.length)
  let kept = 0
  for (let row = 0; row < counts.length; row++) {
    const when = quarter[row] ?? 0
    const part = partOf(when, years)
    if (!counts[row] || part < 0) continue
    const unit = organization[row] ?? 0
    cells.unit[kept] = isBefore(when, restarts?.get(unit)) ? 0 : unit
    cells.quarter[kept] = part
    cells.stratum[kept] = stratum[row] ?? 0
    cells.n[kept] = counts[row] ?? 0
    cells.events[kept] = happened[row] ?? 0
    kept++
  }
  return firstOf(cells, kept)
}

const isBefore = (quarter: number, restart: number | undefined) =>
  restart !== undefined && quarter < restart

const emptyCells = (length: number): ShareCells => ({
  unit: new Float64Array(length),
  stratum: new Float64Array(length),
  quarter: new Float64Array(length),
  n: new Float64Array(length),
  events: new Float64Array(length),
})

const firstOf = ({ unit, stratum, quarter, n, events }: ShareCells, kept: number): ShareCells => ({
  unit: unit.subarray(0, kept),
  stratum: stratum.subarray(0, kept),
  quarter: quarter.subarray(0, kept),
  n: n.subarray(0, kept),
  events: events.subarray(0, kept),
})

/** The cells of some rows. */
function cellsWhere(cells: ShareCells, keeps: (row: number) => boolean): ShareCells {
  const some = emptyCells(cells.n.length)
  let kept = 0
  for (let row = 0; row < cells.n.length; row++) {
    if (!keeps(row)) continue
    for (const name of CELL_COLUMNS) some[name][kept] = cells[name][row] ?? 0
    kept++
  }
  return firstOf(some, kept)
}
const CELL_COLUMNS = ['unit', 'stratum', 'quarter', 'n', 'events'] as const

/**
 * The cells that tell what is ordinary for a unit: without its own in the strata of which it holds more than that share and
 * others have some, as `standardise` leaves them out.
 */
export function othersWhereLarge(
  cells: ShareCells,
  unit: number,
  { maxStratumShare }: Pick<Policy['casemix'], 'maxStratumShare'>,
): ShareCells {
  const [all, own] = [new Map<number, number>(), new Map<number, number>()]
  for (let row = 0; row < cells.n.length; row++) {
    const [stratum, n] = [cells.stratum[row] ?? 0, cells.n[row] ?? 0]
    all.set(stratum, (all.get(stratum) ?? 0) + n)
    if (cells.unit[row] === unit) own.set(stratum, (own.get(stratum) ?? 0) + n)
  }
  const isLarge = (stratum: number) => {
    const [held, n] = [own.get(stratum) ?? 0, all.get(stratum) ?? 0]
    return held > maxStratumShare * n && held < n
  }
  return cellsWhere(cells, (row) => cells.unit[row] !== unit || !isLarge(cells.stratum[row] ?? 0))
}

/** Shares of a stratum by its category, priority and age band: what few requests are drawn to. */
export function modelOf(strata: readonly StratumSum[]): ExpectedShare {
  const factors = (stratum: string | number) => {
    const { category, priority, band } = stratumIn(Number(stratum))
    return [category, priority, band]
  }
  const rows = strata.map(({ stratum, n, events }) => ({
    levels: factors(stratum),
    n,
    events,
  }))
  return sharesOf(fitLogistic(rows), factors)
}

/** Columns of numbers, copied only where rows are left out or change hands. */
export function paceColumns(
  { pace }: Pick<Tables, 'pace'>,
  { restarts = new Map(), years = 1 }: Window = {},
): PaceColumns {
  const { organization, quarter, stratum, bin, events, n } = pace
  let kept = 0
  for (let i = 0; i < n.length; i++) if (partOf(quarter[i] ?? 0, years) >= 0) kept++
  if (kept === n.length && restarts.size === 0 && years === 1)
    return { unit: organization, stratum, time: bin, events, n, quarter }
  const columns = {
    ...{ unit: new Int32Array(kept), stratum: new Int32Array(kept), time: new Int32Array(kept) },
    ...{ events: new Int32Array(kept), n: new Int32Array(kept), quarter: new Int32Array(kept) },
  }
  let row = 0
  for (let i = 0; i < n.length; i++) {
    const when = quarter[i] ?? 0
    const part = partOf(when, years)
    if (part < 0) continue
    const unit = organization[i] ?? 0
    columns.unit[row] = isBefore(when, restarts.get(unit)) ? 0 : unit
    columns.stratum[row] = stratum[i] ?? 0
    columns.time[row] = bin[i] ?? 0
    columns.events[row] = events[i] ?? 0
    columns.n[row] = n[i] ?? 0
    columns.quarter[row] = part
    row++
  }
  return columns
}

/** The cells of a window without their quarters, as the pages of one measure read them; of whom is not among `only` as nobody's. */
export function cellsOf({ cells }: ShareStandard, only?: ReadonlySet<number>): Cell[] {
  const sums = new Map<number, Map<number, Cell>>()
  const names = new Map<number, string>()
  for (let row = 0; row < cells.n.length; row++) {
    const [named, stratum] = [cells.unit[row] ?? 0, cells.stratum[row] ?? 0]
    const unit = only && !only.has(named) ? 0 : named
    const [n, events] = [cells.n[row] ?? 0, cells.events[row] ?? 0]
    const own = sums.get(unit) ?? new Map<number, Cell>()
    sums.set(unit, own)
    const sum = own.get(stratum)
    if (sum) {
      sum.n += n
      sum.events += events
      continue
    }
    const name = names.get(stratum) ?? String(stratum)
    names.set(stratum, name)
    own.set(stratum, { unit, stratum: name, n, events })
  }
  return [...sums.values()].flatMap((own) => [...own.values()])
}

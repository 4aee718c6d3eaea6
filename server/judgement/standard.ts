import type { Judged } from '#server/contract/measures/shape.ts'
import { type Cell, type ExpectedShare, sharesOf, strataOf } from '#server/stats/casemix.ts'
import { fitLogistic } from '#server/stats/logistic.ts'
import type { PaceColumns } from '#server/stats/nelson-aalen.ts'
import { QUARTERS, type Tables } from './inputs.ts'
import { stratumIn } from './strata.ts'

/** Of the columns of inputs: requests that are judged, and those of them that count. */
export const COUNTED = {
  reopened: { among: 'mature', events: 'returned' },
  late: { among: 'due', events: 'late' },
} as const satisfies Record<Judged, unknown>

/** Everybody's requests of the judged year by quarter and stratum, and what a model of the city's shares makes of a stratum. */
export interface ShareStandard {
  cells: Cell<number>[]
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
  { shares }: Pick<Tables, 'shares'>,
  measure: Judged,
  { restarts, years = 1 }: Window = {},
): ShareStandard {
  const { among, events } = COUNTED[measure]
  const { organization, quarter, stratum } = shares
  const [n, counted] = [shares[among], shares[events]]
  const cells: Cell<number>[] = []
  for (let i = 0; i < n.length; i++) {
    const when = quarter[i] ?? 0
    const part = partOf(when, years)
    if (!n[i] || part < 0) continue
    const unit = organization[i] ?? 0
    cells.push({
      unit: when < (restarts?.get(unit) ?? Number.NEGATIVE_INFINITY) ? 0 : unit,
      quarter: part,
      stratum: stratum[i] ?? 0,
      n: n[i] ?? 0,
      events: counted[i] ?? 0,
    })
  }
  return { cells, model: modelOf(cells) }
}

/** Shares of a stratum by its category, priority and age band: what few requests are drawn to. */
export function modelOf(cells: readonly Cell<number>[]): ExpectedShare {
  const factors = (stratum: string | number) => {
    const { category, priority, band } = stratumIn(Number(stratum))
    return [category, priority, band]
  }
  const rows = strataOf(cells).map(({ stratum, n, events }) => ({
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
): PaceColumns & { unit: Float64Array } {
  const { organization, quarter, stratum, bin, events, n } = pace
  const kept = quarter.reduce((sum, when) => sum + (partOf(when, years) < 0 ? 0 : 1), 0)
  if (kept === n.length && restarts.size === 0 && years === 1)
    return { unit: organization, stratum, time: bin, events, n, quarter }
  const columns = {
    ...{ unit: new Float64Array(kept), stratum: new Float64Array(kept) },
    ...{ time: new Float64Array(kept), events: new Float64Array(kept) },
    ...{ n: new Float64Array(kept), quarter: new Float64Array(kept) },
  }
  let row = 0
  for (let i = 0; i < n.length; i++) {
    const when = quarter[i] ?? 0
    const part = partOf(when, years)
    if (part < 0) continue
    const unit = organization[i] ?? 0
    columns.unit[row] = when < (restarts.get(unit) ?? Number.NEGATIVE_INFINITY) ? 0 : unit
    columns.stratum[row] = stratum[i] ?? 0
    columns.time[row] = bin[i] ?? 0
    columns.events[row] = events[i] ?? 0
    columns.n[row] = n[i] ?? 0
    columns.quarter[row] = part
    row++
  }
  return columns
}

/** The cells of a year without their quarters, as the pages of one measure read them. */
export function cellsOf({ cells }: ShareStandard): Cell[] {
  const sums = new Map<number, Map<number, Cell>>()
  const names = new Map<number, string>()
  for (const { unit, stratum, n, events } of cells) {
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

import type { Evaluated } from '#server/contract/flags.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import {
  type Cell,
  type ExpectedShare,
  type Standardised,
  sharesOf,
  standardise,
  strataOf,
} from '#server/stats/casemix.ts'
import type { CompositeUnit } from '#server/stats/composite.ts'
import { evaluate, insufficiency, type Leveled, type Measured } from '#server/stats/levels.ts'
import { fitLogistic } from '#server/stats/logistic.ts'
import { type PaceColumns, standardisedPace } from '#server/stats/nelson-aalen.ts'
import { type Inputs, QUARTERS } from './inputs.ts'
import type { Policy } from './policy.ts'
import { stratumIn } from './strata.ts'

/** Of the columns of inputs: requests that are judged, and those of them that count. */
const COUNTED = {
  reopened: { among: 'mature', events: 'returned' },
  late: { among: 'due', events: 'late' },
} as const satisfies Record<Judged, unknown>

/** Everybody's requests of the judged year by quarter and stratum, and what a model of the city's shares makes of a stratum. */
export interface ShareStandard {
  cells: Cell<number>[]
  model: ExpectedShare
}

export interface JudgedUnit extends Leveled {
  /** The window was widened to two years, because one had too little. */
  widened: boolean
}

export interface JudgedMeasure {
  measure: Evaluated
  worse: 'more' | 'fewer'
  phi: number
  tau2: number
  published: { phi: number; tau2: number }
  city: { n: number; observed: number }
  /** Organizations by their keys. */
  units: JudgedUnit[]
  /** Requests that no known organization answers for: part of the city, and judged by nobody. */
  nobody: Standardised | null
}

export interface Figures {
  measures: Record<Evaluated, JudgedMeasure>
  composite: { rho: number; units: CompositeUnit[] } | null
  /** Tests of the one family. */
  tested: number
}

/** Quarter from which on an organization is judged as it is; absent = all of them. Its earlier requests are nobody's. */
export type Restarts = ReadonlyMap<number, number>

/** Levels of every organization by every measure, from the tables alone: no facts, no clock. */
export function evaluateInputs(
  inputs: Inputs,
  policy: Policy,
  restarts: Restarts = new Map(),
): Figures {
  const shares = (['reopened', 'late'] as const).map((measure) => {
    const year = shareStandard(inputs, measure, { restarts })
    const before = hasYearBefore(inputs)
      ? shareStandard(inputs, measure, { restarts, years: 2 })
      : null
    return measured(measure, 'more', policy, {
      year: standardise(year.cells, policy.casemix, year.model),
      years: before && standardise(before.cells, policy.casemix, before.model),
    })
  })
  const pace = measured('pace', 'fewer', policy, {
    year: standardisedPace(paceColumns(inputs, { restarts }), policy.pace),
    years: hasYearBefore(inputs)
      ? standardisedPace(paceColumns(inputs, { restarts, years: 2 }), policy.pace)
      : null,
  })
  const all = [...shares, pace]
  const { measures, composite } = evaluate(
    all.map(({ measured }) => measured),
    policy.levels,
  )
  const found = measures.map((one, i) => {
    const { city, nobody, widened } = all[i] ?? { city: { n: 0, observed: 0 }, nobody: null }
    return [
      one.measure,
      {
        ...one,
        city,
        nobody: nobody ?? null,
        units: one.units.map((unit) => ({ ...unit, widened: widened?.has(unit.unit) ?? false })),
      },
    ]
  })
  return {
    measures: Object.fromEntries(found) as Figures['measures'],
    composite,
    tested: measures.reduce((sum, { units }) => sum + units.length, 0),
  }
}

interface Windows {
  year: readonly Standardised[]
  years: readonly Standardised[] | null
}

/** One year of everybody, but two of those of whom one has too little, where two are enough. */
function measured(
  measure: Evaluated,
  worse: Measured['worse'],
  policy: Policy,
  { year, years }: Windows,
) {
  const longer = new Map(years?.map((unit) => [unit.unit, unit]))
  const widened = new Set<number>()
  const isFew = (unit: Standardised) => insufficiency(unit, policy.levels) === 'few'
  const units = year.map((unit) => {
    const two = longer.get(unit.unit)
    if (!two || unit.unit === 0 || !isFew(unit) || isFew(two)) return unit
    widened.add(unit.unit)
    return two
  })
  const known = units.filter(({ unit }) => unit !== 0)
  return {
    measured: { measure, worse, units: known } satisfies Measured<Evaluated>,
    widened,
    nobody: year.find(({ unit }) => unit === 0) ?? null,
    city: year.reduce(
      (sum, unit) => ({ n: sum.n + unit.n, observed: sum.observed + unit.observed }),
      { n: 0, observed: 0 },
    ),
  }
}

interface Window {
  restarts?: Restarts
  /** 1 = the judged year, 2 = with the year before it. */
  years?: 1 | 2
}

/** Quarter of a row within the window, in four parts; below 0 it lies before the window. */
export const partOf = (quarter: number, years: 1 | 2) =>
  years === 1 ? quarter : Math.floor((quarter + QUARTERS) / 2)
const hasYearBefore = ({ shares }: Inputs) => shares.quarter.some((quarter) => quarter < 0)

export function shareStandard(
  { shares }: Inputs,
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
  { pace }: Inputs,
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

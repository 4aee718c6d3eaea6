import type { BuildingNames, Deviation } from '#server/contract/geometry.ts'
import {
  amountOf,
  type BuildingState,
  classOf,
  legendOf,
  type Measure,
  quietClass,
} from '#web/map/layers.ts'

/** Columns of the procedure map.state. */
export interface OpenByBuilding {
  keys: readonly number[]
  open: readonly number[]
  overdue: readonly number[]
  emergency: readonly number[]
  emergencyOverdue: readonly number[]
}
export interface Deviating {
  building: number
  observed: number
  expected: number
  deviation: Deviation
}

export interface MapRow extends BuildingState {
  key: number
  id: string
  address: string
  district: number
  /** Place of its address among all, as a person sorts them: house 2 before house 10. */
  order: number
  /** Position of its class in the measure. */
  position: number
  amount: number
  /** Requests of the week and their expectation, where they are not as usual. */
  week: { observed: number; expected: number } | null
}

export interface MapRows {
  /** Every building of the register, by key order of the names. */
  all: readonly MapRow[]
  /** Those the measure says something of, largest first: the list beside the map and the order of the keyboard. */
  listed: readonly MapRow[]
  byKey: ReadonlyMap<number, MapRow>
  /** For the map: position of the class, and the number its cells sum. */
  states: ReadonlyMap<number, number>
  values: ReadonlyMap<number, number>
  /** Buildings in each class of the measure. */
  legend: readonly number[]
}

interface Sources {
  names: BuildingNames
  open: OpenByBuilding
  deviating: readonly Deviating[]
  measure: Measure
  /** District keys; empty = all. */
  districts: ReadonlySet<number>
}

const NOTHING = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }
const DISTANCE: Record<Deviation, number> = { much: 4, more: 3, slightly: 2, less: 1, usual: 0 }

export function mapRows({ names, open, deviating, measure, districts }: Sources): MapRows {
  const counts = new Map(
    open.keys.map((key, i) => [
      key,
      {
        open: open.open[i] ?? 0,
        overdue: open.overdue[i] ?? 0,
        emergency: open.emergency[i] ?? 0,
        emergencyOverdue: open.emergencyOverdue[i] ?? 0,
      },
    ]),
  )
  const quiet = quietClass(measure)
  const order = orderOf(names)
  const weeks = new Map(deviating.map((week) => [week.building, week]))
  const all = names.keys.flatMap((key, i): MapRow[] => {
    const district = names.district[i] ?? 0
    if (districts.size > 0 && !districts.has(district)) return []
    const week = weeks.get(key) ?? null
    const state: BuildingState = {
      ...(counts.get(key) ?? NOTHING),
      apartments: names.apartments[i] || null,
      deviation: week?.deviation ?? 'usual',
    }
    return [
      {
        ...state,
        key,
        order: order[i] ?? 0,
        id: names.ids[i] ?? '',
        address: names.addresses[i] || (names.ids[i] ?? ''),
        district,
        week,
        position: classOf(measure, state),
        amount: amountOf(measure, state),
      },
    ]
  })
  const listed = all.filter((row) => isListed(measure, row)).sort(byMeasure(measure))
  return {
    all,
    listed,
    byKey: new Map(all.map((row) => [row.key, row])),
    states: new Map(
      all.flatMap(({ key, position }) => (position === quiet ? [] : [[key, position]])),
    ),
    values: new Map(listed.map(({ key, amount }) => [key, measure === 'deviation' ? 1 : amount])),
    legend: legendOf(
      measure,
      all.map(({ position }) => position),
    ),
  }
}

const orders = new WeakMap<BuildingNames, Int32Array>()

/** Sorted once for a register: comparing forty thousand addresses at every change of a number would be felt. */
function orderOf(names: BuildingNames): Int32Array {
  const known = orders.get(names)
  if (known) return known
  const compare = new Intl.Collator('ru', { numeric: true }).compare
  const order = new Int32Array(names.keys.length)
  names.keys
    .map((_, i) => i)
    .sort((a, b) => compare(names.addresses[a] ?? '', names.addresses[b] ?? '') || a - b)
    .forEach((at, place) => {
      order[at] = place
    })
  orders.set(names, order)
  return order
}

const isListed = (measure: Measure, row: MapRow) =>
  measure === 'deviation' ? row.deviation !== 'usual' : row.amount > 0

const byMeasure = (measure: Measure) => (a: MapRow, b: MapRow) =>
  (measure === 'deviation'
    ? DISTANCE[b.deviation] - DISTANCE[a.deviation] || excess(b) - excess(a)
    : measure === 'emergency'
      ? b.position - a.position || b.amount - a.amount
      : b.amount - a.amount) ||
  b.open - a.open ||
  a.order - b.order

const excess = ({ week }: MapRow) => (week ? Math.abs(week.observed - week.expected) : 0)

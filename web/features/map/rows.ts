import type { BuildingNames, Deviation } from '#server/contract/geometry.ts'
import {
  amountOf,
  type BuildingState,
  CLASSES,
  classOf,
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

/** A building of the register. */
export interface Place {
  key: number
  id: string
  address: string
  /** The address as it is compared: lower case, numbers by their size. */
  sorted: string
  district: number
  apartments: number | null
}

export interface MapRow extends BuildingState, Place {
  /** Position of its class in the measure. */
  position: number
  amount: number
  /** Requests of the week and their expectation, where they are not as usual. */
  week: { observed: number; expected: number } | null
}

export interface MapRows {
  /** Buildings of the chosen districts. */
  places: readonly Place[]
  /** Those the measure says something of, largest first: the list beside the map and the order of the keyboard. */
  listed: readonly MapRow[]
  rowOf: (key: number) => MapRow | undefined
  /** For the map: position of the class where it is not the quiet one, and the number its cells sum. */
  states: ReadonlyMap<number, number>
  values: ReadonlyMap<number, number>
  /** Buildings in each class of the measure. */
  legend: readonly number[]
  /** Open requests per 100 apartments, over the buildings whose apartments are known; null where none are. */
  rate: number | null
}

interface Sources {
  places: Places
  open: OpenByBuilding
  deviating: readonly Deviating[]
  measure: Measure
  /** District keys; empty = all. */
  districts: ReadonlySet<number>
}

export interface Places {
  all: readonly Place[]
  byKey: ReadonlyMap<number, Place>
  byId: ReadonlyMap<string, Place>
}

/** Done once for a register: forty thousand addresses are not prepared anew at every event. */
export function placesOf(names: BuildingNames): Places {
  const all = names.keys.map((key, i): Place => {
    const address = names.addresses[i] || (names.ids[i] ?? '')
    return {
      key,
      id: names.ids[i] ?? '',
      address,
      sorted: address.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(6, '0')),
      district: names.district[i] ?? 0,
      apartments: names.apartments[i] || null,
    }
  })
  return {
    all,
    byKey: new Map(all.map((place) => [place.key, place])),
    byId: new Map(all.map((place) => [place.id, place])),
  }
}

const DISTANCE: Record<Deviation, number> = { much: 4, more: 3, slightly: 2, less: 1, usual: 0 }

export function mapRows({ places, open, deviating, measure, districts }: Sources): MapRows {
  const at = new Map(open.keys.map((key, i) => [key, i]))
  const weeks = new Map(deviating.map((week) => [week.building, week]))
  const rowOf = (key: number): MapRow | undefined => {
    const place = places.byKey.get(key)
    if (!place) return undefined
    const i = at.get(key) ?? -1
    const week = weeks.get(key) ?? null
    const state: BuildingState = {
      open: open.open[i] ?? 0,
      overdue: open.overdue[i] ?? 0,
      emergency: open.emergency[i] ?? 0,
      emergencyOverdue: open.emergencyOverdue[i] ?? 0,
      apartments: place.apartments,
      deviation: week?.deviation ?? 'usual',
    }
    const position = classOf(measure, state)
    return { ...place, ...state, week, position, amount: amountOf(measure, state) }
  }
  const isWithin = ({ district }: Place) => districts.size === 0 || districts.has(district)
  const within = districts.size === 0 ? places.all : places.all.filter(isWithin)
  // Buildings without open requests and with a usual week share one class, but for intensity, which asks for apartments.
  const spoken =
    measure === 'intensity'
      ? within.map(({ key }) => key)
      : measure === 'deviation'
        ? weeks.keys()
        : open.keys
  const rows = [...spoken].flatMap((key) => {
    const row = rowOf(key)
    return row && isWithin(row) ? [row] : []
  })
  const quiet = quietClass(measure)
  const legend = CLASSES[measure].map(() => 0)
  for (const { position } of rows) legend[position] = (legend[position] ?? 0) + 1
  legend[quiet] = (legend[quiet] ?? 0) + within.length - rows.length
  const listed = rows.filter((row) => isListed(measure, row)).sort(byMeasure(measure))
  return {
    places: within,
    listed,
    rowOf,
    states: new Map(
      rows.flatMap(({ key, position }) => (position === quiet ? [] : [[key, position]])),
    ),
    // Rates do not add up: a cell of them tells what they are rates of.
    values: new Map(
      listed.map(({ key, amount, open: all }) => [key, measure === 'intensity' ? all : amount]),
    ),
    legend,
    rate: measure === 'intensity' ? rateOf(rows) : null,
  }
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
  (a.sorted < b.sorted ? -1 : a.sorted > b.sorted ? 1 : a.key - b.key)

const excess = ({ week }: MapRow) => (week ? Math.abs(week.observed - week.expected) : 0)

function rateOf(rows: readonly MapRow[]): number | null {
  let [open, apartments] = [0, 0]
  for (const row of rows)
    if (row.apartments) {
      open += row.open
      apartments += row.apartments
    }
  return apartments === 0 ? null : (100 * open) / apartments
}

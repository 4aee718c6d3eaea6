import type { BuildingNames, Deviation } from '#server/contract/geometry.ts'
import type { Told } from '#web/map/hexagons.ts'
import {
  amountOf,
  type BuildingState,
  CLASSES,
  classOf,
  isOfAnInstant,
  type Measure,
  quietClass,
  type Scale,
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
  district: number
  apartments: number | null
}

export interface MapRow extends BuildingState, Place {
  /** Position of its class in the measure. */
  position: number
  amount: number
  /** Requests of its period against what was expected, or came before; where that is what the measure says. */
  week: { observed: number; expected: number } | null
  /** The amount at the instant compared with; null where nothing is compared. */
  before: number | null
}

export interface MapRows {
  /** What colours and classes mean. */
  scale: Scale
  /** Buildings of the chosen districts. */
  places: readonly Place[]
  /** Those the measure says something of, largest first: the list beside the map and the order of the keyboard. */
  listed: readonly MapRow[]
  rowOf: (key: number) => MapRow | undefined
  /** For the map: position of the class where it is not the quiet one, and what its hexagons tell. */
  states: ReadonlyMap<number, number>
  told: Told
  /** Buildings in each class of the measure. */
  legend: readonly number[]
  /** Open requests per 100 apartments, over the buildings whose apartments are known; null where none are. */
  rate: number | null
}

interface Sources {
  places: Places
  open: OpenByBuilding
  /** By the measure that judges inflows, where it is such a one. */
  deviating: readonly Deviating[]
  /** Of those, whose inflow has nothing to be compared with. */
  uncompared?: readonly number[] | undefined
  silence?:
    | {
        silent: readonly { building: number; requests: number; expected: number }[]
        unknown: readonly number[]
      }
    | undefined
  /** What was open at an earlier instant; the map then shows the difference. */
  before?: OpenByBuilding | undefined
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
const NONE: OpenByBuilding = {
  keys: [],
  open: [],
  overdue: [],
  emergency: [],
  emergencyOverdue: [],
}
const isJudged = (measure: Measure) => measure === 'deviation' || measure === 'change'

export const scaleOf = (measure: Measure, compared: boolean): Scale =>
  compared && isOfAnInstant(measure)
    ? measure === 'intensity'
      ? 'rateDifference'
      : 'difference'
    : measure

export function mapRows(sources: Sources): MapRows {
  const { places, open, deviating, silence, before, measure, districts } = sources
  const scale = scaleOf(measure, before !== undefined)
  const now = countsIn(open)
  const then = countsIn(before ?? NONE)
  const weeks = new Map(deviating.map((week) => [week.building, week]))
  const silent = new Map(silence?.silent.map((one) => [one.building, one]))
  const unknown = new Set(silence?.unknown)
  const uncompared = new Set(sources.uncompared)
  const rowOf = (key: number): MapRow | undefined => {
    const place = places.byKey.get(key)
    if (!place) return undefined
    const quiet = silent.get(key)
    const week = weeks.get(key)
    const state: BuildingState = {
      ...now(key),
      apartments: place.apartments,
      deviation: week?.deviation ?? 'usual',
      comparable: !uncompared.has(key),
      silent: quiet ? true : unknown.has(key) ? null : false,
      difference: 0,
    }
    const amount = amountOf(measure, state)
    const was = before ? amountOf(measure, { ...state, ...then(key) }) : null
    if (was !== null) state.difference = amount - was
    return {
      ...place,
      ...state,
      week: week ?? (quiet ? { observed: quiet.requests, expected: quiet.expected } : null),
      position: classOf(scale, state),
      amount,
      before: was,
    }
  }
  const isWithin = ({ district }: Place) => districts.size === 0 || districts.has(district)
  const within = districts.size === 0 ? places.all : places.all.filter(isWithin)
  const rows = [...spokenOf(sources, within, scale)].flatMap((key) => {
    const row = rowOf(key)
    return row && isWithin(row) ? [row] : []
  })
  const quiet = quietClass(scale)
  const legend = CLASSES[scale].map(() => 0)
  for (const { position } of rows) legend[position] = (legend[position] ?? 0) + 1
  legend[quiet] = (legend[quiet] ?? 0) + within.length - rows.length
  const listed = rows.filter((row) => isListed(scale, row)).sort(inOrderOf(scale))
  return {
    scale,
    places: within,
    listed,
    rowOf,
    states: new Map(
      rows.flatMap(({ key, position }) => (position === quiet ? [] : [[key, position]])),
    ),
    told: toldOf(scale, listed, within),
    legend,
    rate: scale === 'intensity' ? rateOf(rows) : null,
  }
}

function countsIn({ keys, open, overdue, emergency, emergencyOverdue }: OpenByBuilding) {
  const at = new Map(keys.map((key, i) => [key, i]))
  return (key: number) => {
    const i = at.get(key) ?? -1
    return {
      open: open[i] ?? 0,
      overdue: overdue[i] ?? 0,
      emergency: emergency[i] ?? 0,
      emergencyOverdue: emergencyOverdue[i] ?? 0,
    }
  }
}

/** Keys of buildings that may be of another class than the quiet one: the others share it, but for intensity, which asks for apartments. */
function spokenOf(
  { open, deviating, uncompared, silence, before, measure }: Sources,
  within: readonly Place[],
  scale: Scale,
): Iterable<number> {
  if (scale === 'intensity') return within.map(({ key }) => key)
  if (isJudged(measure))
    return [...deviating.map(({ building }) => building), ...(uncompared ?? [])]
  if (measure === 'silence')
    return [...(silence?.silent.map(({ building }) => building) ?? []), ...(silence?.unknown ?? [])]
  return before ? new Set([...open.keys, ...before.keys]) : open.keys
}

const isListed = (scale: Scale, row: MapRow) =>
  scale === 'difference' || scale === 'rateDifference'
    ? row.difference !== 0
    : scale === 'deviation' || scale === 'change'
      ? row.deviation !== 'usual'
      : row.amount > 0

/** The full shade of a hexagon is the last class of a building: so many per 100 apartments. */
const FULL = { intensity: 4, rateDifference: 2 } as const

/** Rates do not add up: a hexagon tells requests over the apartments of all its buildings. */
function toldOf(scale: Scale, listed: readonly MapRow[], within: readonly Place[]): Told {
  const values = new Map(listed.map((row) => [row.key, addedOf(scale, row)]))
  if (scale !== 'intensity' && scale !== 'rateDifference') return { values }
  const hundreds = within.flatMap(({ key, apartments }) =>
    apartments ? [[key, apartments / 100] as const] : [],
  )
  return { values, per: { hundreds: new Map(hundreds), full: FULL[scale] } }
}

/** What a building adds to its hexagon: of judged ones, those above less those below. */
const addedOf = (scale: Scale, { amount, open, deviation, difference, apartments }: MapRow) => {
  switch (scale) {
    case 'intensity':
      return open
    case 'change':
    case 'deviation':
      return deviation === 'less' ? -1 : 1
    case 'difference':
      return difference
    case 'rateDifference':
      return (difference * (apartments ?? 0)) / 100
    default:
      return amount
  }
}

const inOrderOf = (scale: Scale) => (a: MapRow, b: MapRow) =>
  (scale === 'deviation' || scale === 'change'
    ? DISTANCE[b.deviation] - DISTANCE[a.deviation] || excess(b) - excess(a)
    : scale === 'silence'
      ? excess(b) - excess(a)
      : scale === 'difference' || scale === 'rateDifference'
        ? b.difference - a.difference
        : scale === 'emergency'
          ? b.position - a.position || b.amount - a.amount
          : b.amount - a.amount) ||
  b.open - a.open ||
  byAddress(a, b)

const excess = ({ week }: MapRow) => (week ? Math.abs(week.observed - week.expected) : 0)

/** As a person reads it: numbers by their size. */
function byAddress(a: Place, b: Place) {
  const [first, second] = [sortedOf(a), sortedOf(b)]
  return first < second ? -1 : first > second ? 1 : a.key - b.key
}
const sorted = new WeakMap<object, string>()
/** Prepared only for those that are compared: a hundred thousand addresses are not read for a list of thousands. */
function sortedOf(place: Place): string {
  const known = sorted.get(place)
  if (known !== undefined) return known
  const text = place.address.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'))
  sorted.set(place, text)
  return text
}

function rateOf(rows: readonly MapRow[]): number | null {
  let [open, apartments] = [0, 0]
  for (const row of rows)
    if (row.apartments) {
      open += row.open
      apartments += row.apartments
    }
  return apartments === 0 ? null : (100 * open) / apartments
}

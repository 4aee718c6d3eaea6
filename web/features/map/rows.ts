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
import { inOrderOf, merged } from './row-order.ts'
import { rateOf, toldOf } from './row-sums.ts'

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

/** What was made of the sources before these, which mostly differ in some counts. */
interface Before {
  sources: Sources
  rows: Map<number, MapRow>
  /** Of whom the measure may say something, and those of them that are listed. */
  spoken: ReadonlySet<MapRow>
  listed: readonly MapRow[]
}

/**
 * Rows of one state after the other. A building whose counts stand keeps its row, the very same object, and its place among the
 * others: a change of a thousand buildings costs a thousand rows, however many there are.
 */
export function createMapRows(): (sources: Sources) => MapRows {
  let before: Before | null = null
  return (sources) => {
    const known: Before =
      before && sameBut(before.sources, sources, 'open')
        ? before
        : { sources, rows: new Map(), spoken: new Set(), listed: [] }
    const { spoken, ...rows } = mapRows(sources, known)
    before = { sources, rows: known.rows, spoken, listed: rows.listed }
    return rows
  }
}

const sameBut = (one: Sources, other: Sources, differing: keyof Sources) =>
  (Object.keys(other) as (keyof Sources)[]).every(
    (key) => key === differing || one[key] === other[key],
  )

function mapRows(
  sources: Sources,
  known: Omit<Before, 'sources'>,
): MapRows & Pick<Before, 'spoken'> {
  const { places, open, deviating, silence, before, measure, districts } = sources
  const scale = scaleOf(measure, before !== undefined)
  const now = countsIn(open)
  const then = countsIn(before ?? NONE)
  const weeks = new Map(deviating.map((week) => [week.building, week]))
  const silent = new Map(silence?.silent.map((one) => [one.building, one]))
  const unknown = new Set(silence?.unknown)
  const uncompared = new Set(sources.uncompared)
  const rowOf = (key: number): MapRow | undefined => {
    const at = now.at(key)
    const stands = known.rows.get(key)
    if (stands && now.isSame(stands, at)) return stands
    const place = places.byKey.get(key)
    if (!place) return undefined
    const quiet = silent.get(key)
    const week = weeks.get(key)
    const counts = now.of(at)
    const was = before && then.of(then.at(key))
    // Written out: of a thousand rows at once, spreading objects into each costs more than all the rest.
    const row: MapRow = {
      key,
      id: place.id,
      address: place.address,
      district: place.district,
      apartments: place.apartments,
      open: counts.open,
      overdue: counts.overdue,
      emergency: counts.emergency,
      emergencyOverdue: counts.emergencyOverdue,
      deviation: week?.deviation ?? 'usual',
      comparable: !uncompared.has(key),
      silent: quiet ? true : unknown.has(key) ? null : false,
      difference: 0,
      week: week ?? (quiet ? { observed: quiet.requests, expected: quiet.expected } : null),
      position: 0,
      amount: 0,
      before: null,
    }
    row.amount = amountOf(measure, row)
    if (was) {
      row.before = amountOf(measure, { ...row, ...was })
      row.difference = row.amount - row.before
    }
    row.position = classOf(scale, row)
    known.rows.set(key, row)
    return row
  }
  const isWithin = ({ district }: Place) => districts.size === 0 || districts.has(district)
  const within = districts.size === 0 ? places.all : places.all.filter(isWithin)
  const quiet = quietClass(scale)
  const legend = CLASSES[scale].map(() => 0)
  const states = new Map<number, number>()
  const spoken = new Set<MapRow>()
  const fresh: MapRow[] = []
  for (const key of spokenOf(sources, within, scale)) {
    const row = rowOf(key)
    if (!row || !isWithin(row)) continue
    spoken.add(row)
    legend[row.position] = (legend[row.position] ?? 0) + 1
    if (row.position !== quiet) states.set(key, row.position)
    if (!known.spoken.has(row) && isListed(scale, row)) fresh.push(row)
  }
  legend[quiet] = (legend[quiet] ?? 0) + within.length - spoken.size
  const order = inOrderOf(scale)
  const listed = merged(
    known.listed.filter((row) => spoken.has(row)),
    fresh.sort(order),
    order,
  )
  return {
    scale,
    places: within,
    spoken,
    listed,
    rowOf,
    states,
    told: toldOf(scale, listed, within),
    legend,
    rate: scale === 'intensity' ? rateOf(spoken) : null,
  }
}

type Counts = Pick<BuildingState, 'open' | 'overdue' | 'emergency' | 'emergencyOverdue'>

const positions = new WeakMap<readonly number[], ReadonlyMap<number, number>>()
/** Where each key stands; once for a list, for most frames leave it as it is. */
export function positionsOf(keys: readonly number[]) {
  const known = positions.get(keys) ?? new Map(keys.map((key, i) => [key, i]))
  positions.set(keys, known)
  return known
}

function countsIn({ keys, open, overdue, emergency, emergencyOverdue }: OpenByBuilding) {
  const positions = positionsOf(keys)
  return {
    /** −1 where nothing is open. */
    at: (key: number): number => positions.get(key) ?? -1,
    isSame: (row: BuildingState, at: number): boolean =>
      row.open === (open[at] ?? 0) &&
      row.overdue === (overdue[at] ?? 0) &&
      row.emergency === (emergency[at] ?? 0) &&
      row.emergencyOverdue === (emergencyOverdue[at] ?? 0),
    of: (at: number): Counts => ({
      open: open[at] ?? 0,
      overdue: overdue[at] ?? 0,
      emergency: emergency[at] ?? 0,
      emergencyOverdue: emergencyOverdue[at] ?? 0,
    }),
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

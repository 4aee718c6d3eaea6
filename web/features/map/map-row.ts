import type { Deviation } from '#server/contract/geometry.ts'
import { amountOf, type BuildingState, classOf, type Measure, type Scale } from '#web/map/layers.ts'
import { countsAt, type OpenByBuilding, positionOf, saysSame } from './open-columns.ts'
import type { Place, Places } from './places.ts'

export interface Deviating {
  building: number
  observed: number
  expected: number
  deviation: Deviation
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

export interface Sources {
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

export type RowOf = (key: number) => MapRow | undefined

export interface RowsKnown {
  /** Those that were asked for, by the position of their building. */
  rows: (MapRow | undefined)[]
  judged: ReturnType<typeof judgedIn>
}

/** Rows of these sources; one that is known and says the same stays. */
export function createRowOf(
  { places, open, before, measure }: Sources,
  scale: Scale,
  { rows, judged: { weeks, silent, unknown, uncompared } }: RowsKnown,
): RowOf {
  return (key) => {
    const place = places.byKey.get(key)
    if (!place) return undefined
    const at = positionOf(open, key)
    const stands = rows[place.at]
    if (stands && saysSame(open, at, stands)) return stands
    const quiet = silent.get(key)
    const week = weeks.get(key)
    const was = before && countsAt(before, positionOf(before, key))
    // Written out: of a thousand rows at once, spreading objects into each costs more than all the rest.
    const row: MapRow = {
      key,
      at: place.at,
      id: place.id,
      address: place.address,
      district: place.district,
      apartments: place.apartments,
      open: open.open[at] ?? 0,
      overdue: open.overdue[at] ?? 0,
      emergency: open.emergency[at] ?? 0,
      emergencyOverdue: open.emergencyOverdue[at] ?? 0,
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
    rows[place.at] = row
    return row
  }
}

export const judgedIn = ({ deviating, silence, uncompared }: Sources) => ({
  weeks: new Map(deviating.map((week) => [week.building, week])),
  silent: new Map(silence?.silent.map((one) => [one.building, one])),
  unknown: new Set(silence?.unknown),
  uncompared: new Set(uncompared),
})

import type { Answer } from '#web/api.ts'
import type { Place, Places } from './places.ts'

type State = Answer['map']['state']

/** What was open in a building. */
export interface BuildingCounts {
  open: number
  overdue: number
  emergencies: number
  /** Of the emergencies, those past their limit. */
  emergenciesPastLimit?: number
}

/**
 * Counts of another instant than now, as a replacement for the live ones: the map, its legend, its list and its sentence then speak of
 * that instant, nothing pulses, and what only the present knows (deviation, silence, change, outages) is not offered. A building that
 * is not in the map had nothing open. Give a new object for each frame and the same one while nothing changes.
 */
export interface CountsAt {
  /** UTC epoch milliseconds. */
  at: number
  /** They have not come yet: nothing of the present may stand in their place. */
  waiting?: true
  /** By the source's id of the building. */
  buildings: ReadonlyMap<string, BuildingCounts>
  /** Open requests that no building has, beside those of the buildings. */
  elsewhere?: BuildingCounts
  /** Buildings of which something came late just then, with how strongly to mark them, from 0 to 1. */
  late?: ReadonlyMap<string, number>
}

/** The columns that the live state has, from the counts of an instant. */
export function stateAt(counts: CountsAt, places: Places, districts: State['districts']): State {
  const none = () => ({ open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 })
  const state: State = {
    revision: 0,
    now: counts.at,
    keys: [],
    open: [],
    overdue: [],
    emergency: [],
    emergencyOverdue: [],
    totals: none(),
    districts: districts.map(({ key, id }) => ({ key, id, ...none() })),
    unplaced: counts.elsewhere?.open ?? 0,
  }
  const byDistrict = new Map(state.districts.map((district) => [district.key, district]))
  const add = (sum: ReturnType<typeof none> | undefined, one: BuildingCounts) => {
    if (!sum) return
    sum.open += one.open
    sum.overdue += one.overdue
    sum.emergency += one.emergencies
    sum.emergencyOverdue += one.emergenciesPastLimit ?? 0
  }
  if (counts.elsewhere) add(state.totals, counts.elsewhere)
  const placed: { place: Place; one: BuildingCounts }[] = []
  for (const [id, one] of counts.buildings) {
    add(state.totals, one)
    const place = places.byId.get(id)
    if (place) placed.push({ place, one })
    else state.unplaced += one.open
  }
  // As the server's columns.
  placed.sort((a, b) => a.place.key - b.place.key)
  for (const { place, one } of placed) {
    add(byDistrict.get(place.district), one)
    state.keys.push(place.key)
    state.open.push(one.open)
    state.overdue.push(one.overdue)
    state.emergency.push(one.emergencies)
    state.emergencyOverdue.push(one.emergenciesPastLimit ?? 0)
  }
  return state
}

import type { Filter } from '#server/contract/filter.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Counts, OpenRequest } from '#server/live/board.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

const EMERGENCY = PRIORITIES.indexOf('emergency')

/** Open requests by building as columns, for buildings that have any; by ascending key. */
export interface MapState {
  revision: number
  /** The minute the numbers stand for, UTC epoch milliseconds. */
  now: number
  keys: number[]
  open: number[]
  overdue: number[]
  emergency: number[]
  emergencyOverdue: number[]
  totals: Counts
  districts: ({ key: number; id: string } & Counts)[]
  /** Of the totals, those that no building on the map can show. */
  unplaced: number
}

type Asked = Pick<Context, 'board' | 'registry' | 'now'>
type Narrowed = Pick<Filter, 'district' | 'category' | 'organization'>

interface Kept {
  registry: number
  state: MapState
}
const whole = new WeakMap<Context['board'], Kept>()

/** That of the whole city is counted once for each minute and revision of the board. */
export function mapState(asked: Asked, filter: Narrowed): MapState {
  const restricted =
    filter.district.length + filter.category.length + filter.organization.length > 0
  if (restricted) return stateOf(asked, filter, true)
  const { board, registry, now } = asked
  const known = whole.get(board)
  if (
    known?.registry === registry.revision() &&
    known.state.revision === board.revision() &&
    known.state.now === minuteOf(now())
  )
    return known.state
  const state = stateOf(asked, filter, false)
  whole.set(board, { registry: registry.revision(), state })
  return state
}

function stateOf({ board, registry, now }: Asked, filter: Narrowed, restricted: boolean): MapState {
  const minute = minuteOf(now())
  const { buildings, districts, totals } = restricted
    ? counted(within(board.open(), registry, filter), minute)
    : {
        buildings: board.byBuilding(minute),
        districts: board.byDistrict(minute),
        totals: board.totals(minute),
      }
  const state: MapState = {
    revision: board.revision(),
    now: minute,
    keys: [],
    open: [],
    overdue: [],
    emergency: [],
    emergencyOverdue: [],
    totals,
    districts: [...registry.districts()]
      .sort((a, b) => a.key - b.key)
      .map(({ key, id }) => ({ key, id, ...(districts.get(key) ?? NONE) })),
    unplaced: 0,
  }
  for (const [key, counts] of [...buildings].sort(([a], [b]) => a - b)) {
    const building = registry.building(key)
    if (!building || building.gone || (building.lon === null && building.outline === null))
      state.unplaced += counts.open
    if (!building || building.gone) continue
    state.keys.push(key)
    state.open.push(counts.open)
    state.overdue.push(counts.overdue)
    state.emergency.push(counts.emergency)
    state.emergencyOverdue.push(counts.emergencyOverdue)
  }
  return state
}

const NONE: Counts = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }

function* within(
  open: Iterable<OpenRequest>,
  registry: Context['registry'],
  filter: Pick<Filter, 'district' | 'category' | 'organization'>,
) {
  const keys = (ids: readonly string[], find: (id: string) => { key: number } | undefined) =>
    ids.length === 0 ? null : new Set(ids.map((id) => find(id)?.key ?? -1))
  const district = keys(filter.district, (id) => registry.districtById(id))
  const category = keys(filter.category, (id) => registry.categoryById(id))
  const organization = keys(filter.organization, (id) => registry.organizationById(id))
  for (const request of open)
    if (
      (!district || district.has(request.district)) &&
      (!category || category.has(request.category)) &&
      (!organization || organization.has(request.organization))
    )
      yield request
}

function counted(open: Iterable<OpenRequest>, minute: number) {
  const buildings = new Map<number, Counts>()
  const districts = new Map<number, Counts>()
  const totals = { ...NONE }
  for (const request of open) {
    const overdue = request.dueAt !== null && request.dueAt < minute
    const emergency = request.priority === EMERGENCY
    for (const counts of [
      totals,
      entry(buildings, request.building),
      entry(districts, request.district),
    ]) {
      counts.open++
      if (overdue) counts.overdue++
      if (emergency) counts.emergency++
      if (overdue && emergency) counts.emergencyOverdue++
    }
  }
  return { buildings, districts, totals }
}

function entry(all: Map<number, Counts>, key: number): Counts {
  let counts = all.get(key)
  if (!counts) {
    counts = { ...NONE }
    all.set(key, counts)
  }
  return counts
}

import {
  CHANNELS,
  KINDS,
  type Mark,
  markBit,
  OUTCOMES,
  PRIORITIES,
  SPELL_ENDS,
  STATES,
} from '#server/contract/vocabulary.ts'
import type { LocalTime } from '#server/domain/local-time.ts'
import type { Building, Registry, Tenure } from '#server/domain/registry.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import { binOf } from '#server/stats/log-bins.ts'
import type { RequestRow, SpellRow } from './schema.ts'

export interface Surroundings {
  registry: Registry
  local: (instant: number) => LocalTime
  /** Key of a request by its number; undefined when the log never saw it. */
  requestKey: (number: string) => number | undefined
  /** Registration instants of the requests that are linked as repeats of this key. */
  repeats: (key: number) => readonly number[]
}
export interface Rows {
  request: RequestRow
  spells: SpellRow[]
}

const INT32 = 2 ** 31 - 1
/** Whole seconds from one instant to another; null where one is missing. Bounded by the column's type. */
const seconds = (from: number, to: number | null) =>
  to === null ? null : Math.max(-INT32, Math.min(INT32, Math.round((to - from) / 1000)))
const bin = (length: number | null) => (length === null ? null : binOf(length))

export const tenureAt = (building: Building, instant: number): Tenure | undefined =>
  building.tenures.find(
    (tenure) => tenure.start <= instant && (tenure.end === null || instant < tenure.end),
  )

/** The rows of a request in its surroundings. What the registry does not know becomes key 0 and a mark. */
export function rowsOf(key: number, state: RequestState, around: Surroundings): Rows {
  const { registry } = around
  let marks = state.marks
  const known = (found: { key: number } | undefined, id: string | null, mark: Mark) => {
    if (id !== null && !found) marks |= markBit(mark)
    return found?.key ?? 0
  }
  const organizationOf = (id: string) =>
    known(registry.organizationById(id), id, 'unknown_organization')

  const building = state.building === null ? undefined : registry.buildingById(state.building)
  const buildingKey = known(building, state.building, 'unknown_building')
  let organization = 0
  if (state.organization !== null) organization = organizationOf(state.organization)
  else if (building) {
    const tenure = tenureAt(building, state.registeredAt)
    organization = tenure?.organization ?? 0
    if (tenure?.organizationRef) marks |= markBit('unknown_organization')
  }
  const category = known(
    state.category === null ? undefined : registry.categoryById(state.category),
    state.category,
    'unknown_category',
  )
  const contractor = state.contractor === null ? 0 : organizationOf(state.contractor)
  const spellOrganizations = state.spells.map((spell) =>
    spell.organization === null ? organization : organizationOf(spell.organization),
  )

  const { registeredAt, firstClosedAt, closedAt } = state
  const registered = around.local(registeredAt)
  const response = seconds(registeredAt, state.acknowledgedAt)
  // A closing known only by the date of a file says that it is closed, not how long it took or on which day it was.
  const timed = (state.marks & markBit('closing_time_unknown')) === 0
  const resolution = timed ? seconds(registeredAt, closedAt) : null
  const dayOfClosing = (instant: number | null) =>
    timed && instant !== null ? around.local(instant).day : null
  const priority = PRIORITIES.indexOf(state.priority)
  const repeatOf = state.repeatOf === null ? undefined : around.requestKey(state.repeatOf)
  const shared = { building: buildingKey, district: building?.district ?? 0, category, priority }

  const request: RequestRow = {
    request: key,
    number: state.number,
    ver: state.ver,
    building: buildingKey,
    building_ref: building ? null : state.building,
    organization,
    current_organization: spellOrganizations.at(-1) ?? organization,
    contractor,
    district: shared.district,
    category,
    source: state.source,
    channel: CHANNELS.indexOf(state.channel),
    priority,
    kind: KINDS.indexOf(state.kind),
    state: STATES.indexOf(state.state),
    outcome: OUTCOMES.indexOf(state.outcome),
    registered_at: registeredAt,
    routed_at: state.routedAt,
    acknowledged_at: state.acknowledgedAt,
    assigned_at: state.assignedAt,
    arrived_at: state.arrivedAt,
    work_done_at: state.workDoneAt,
    first_closed_at: firstClosedAt,
    closed_at: closedAt,
    confirmed_at: state.confirmedAt,
    due_at: state.dueAt,
    registered_on: registered.day,
    registered_hour: registered.hour,
    week: registered.week,
    month: registered.month,
    closed_on: dayOfClosing(closedAt),
    first_closed_on: dayOfClosing(firstClosedAt),
    response_s: response,
    response_bin: bin(response),
    resolution_s: resolution,
    resolution_bin: bin(resolution),
    reopenings: state.reopenings,
    reopen_delay_s: reopenDelay(state, around.repeats(key)),
    returns: state.returns,
    transfers: state.transfers,
    repeat_of: repeatOf ?? null,
    repeat_ref: repeatOf === undefined ? state.repeatOf : null,
    marks,
    test: state.test,
    identity_verified: state.identityVerified,
    lon: state.lon ?? building?.lon ?? null,
    lat: state.lat ?? building?.lat ?? null,
    place: state.place,
    last_event_at: state.lastEventAt,
  }
  const spells = state.spells.map((spell, index) => ({
    request: key,
    organization: spellOrganizations[index] ?? 0,
    ...shared,
    start_at: spell.start,
    end_at: spell.end,
    end_reason: SPELL_ENDS.indexOf(spell.reason),
    due_at: state.dueAt,
    marks,
    test: state.test,
  }))
  return { request, spells }
}

/** From the first closing to the first reopening, or to a repeat of the same fault registered after it. */
function reopenDelay(state: RequestState, repeats: readonly number[]): number | null {
  const { firstClosedAt } = state
  if (firstClosedAt === null) return null
  const again = [state.firstReopenedAt, ...repeats].filter(
    (instant) => instant !== null && instant >= firstClosedAt,
  )
  return again.length === 0 ? null : seconds(firstClosedAt, Math.min(...(again as number[])))
}

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
import { withoutFlat } from '#server/domain/address/flat.ts'
import { authorityOf, isAboutCompany, isKeeper } from '#server/domain/addressees.ts'
import type { LocalTime } from '#server/domain/local-time.ts'
import { pausedFor } from '#server/domain/net-clock.ts'
import type { NormBook } from '#server/domain/norm/book.ts'
import { maskedText } from '#server/domain/personal.ts'
import type { Building, Registry, Tenure } from '#server/domain/registry.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import { successorAt } from '#server/domain/tenure.ts'
import { binOf } from '#server/stats/log-bins.ts'
import { bitsOf, closingOf } from './closing.ts'
import { dueOf } from './due.ts'
import type { RequestRow, SpellRow } from './schema.ts'
import { spellsIn } from './spells.ts'

export interface Surroundings {
  registry: Registry
  /** Absent = only sources set due times. */
  norms?: NormBook | undefined
  /** Id of the organization that takes complaints about companies; absent = the first inspectorate. */
  authority?: string | undefined
  local: (instant: number) => LocalTime
  /** Key of a request by its number; undefined when the log never saw it. */
  requestKey: (number: string) => number | undefined
  /** Registration instants of the requests that are linked as repeats of this key. */
  repeats: (key: number) => readonly number[]
  /** Whether the source was in test mode then. */
  inTest: (source: string, instant: number) => boolean
}
export interface Rows {
  request: RequestRow
  /** What was known of them when is for versions.ts to fill in. */
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
  /** What was told of an organization after it went into another is its successor's. */
  const answering = (id: string, at: number) =>
    organizationOf(successorAt(id, at, registry.mergers()))

  // A source that names no building but an address: the house that the address means, as the register knows it today.
  const meant =
    state.building === null && state.place !== null ? registry.addressed(state.place).found : null
  const building = meant
    ? registry.building(meant.building)
    : state.building === null
      ? undefined
      : registry.buildingById(state.building)
  const buildingKey = known(building, state.building, 'unknown_building')
  let organization = 0
  if (state.organization !== null) organization = answering(state.organization, state.registeredAt)
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
  let about = 0
  if (
    isAboutCompany(state.kind, registry.category(category)) &&
    (organization === 0 || isKeeper(registry.organization(organization)))
  ) {
    about = organization
    organization = authorityOf(registry, around.authority)?.key ?? 0
    if (organization === 0) marks |= markBit('unknown_organization')
  }
  const contractor = state.contractor === null ? 0 : organizationOf(state.contractor)
  const { spells, transfers } = spellsIn(state, {
    // A complaint about the company does not follow the house to the next one.
    building: about === 0 ? building : undefined,
    organization,
    answering,
  })

  const { registeredAt, firstClosedAt, closedAt } = state
  const registered = around.local(registeredAt)
  const response = seconds(registeredAt, state.acknowledgedAt)
  // A closing known only by the date of a file says that it is closed, not how long it took or on which day it was.
  const timed = (state.marks & markBit('closing_time_unknown')) === 0
  const resolution = timed ? seconds(registeredAt, closedAt) : null
  const dayOfClosing = (instant: number | null) =>
    timed && instant !== null ? around.local(instant).day : null
  const due = dueOf(state, around.norms)
  const priority = PRIORITIES.indexOf(state.priority)
  const keyOf = (number: string | null) => (number === null ? undefined : around.requestKey(number))
  const repeatOf = keyOf(state.repeatOf)
  const joined = joinedTo(key, state, keyOf)
  const delay = reopenDelay(state, around.repeats(key))
  const paused = pausedFor(state.pauses)
  const test = state.test || around.inTest(state.source, registeredAt)
  const shared = { building: buildingKey, district: building?.district ?? 0, category, priority }

  const request: RequestRow = {
    request: key,
    number: state.number,
    ver: state.ver,
    building: buildingKey,
    first_building:
      state.firstBuilding === state.building
        ? null
        : houseOf(state.firstBuilding, state.place, registry),
    building_ref: building ? null : state.building,
    about,
    address_score: meant && building ? Math.round(meant.score * 100) : null,
    organization,
    current_organization: spells.at(-1)?.organization ?? organization,
    contractor,
    district: shared.district,
    category,
    first_category:
      state.firstCategory === state.category
        ? null
        : (registry.categoryById(state.firstCategory ?? '')?.key ?? 0),
    source: state.source,
    channel: CHANNELS.indexOf(state.channel),
    priority,
    first_priority: PRIORITIES.indexOf(state.firstPriority),
    kind: KINDS.indexOf(state.kind),
    state: STATES.indexOf(state.state),
    outcome: OUTCOMES.indexOf(state.outcome),
    registered_at: registeredAt,
    received_at: state.receivedAt,
    routed_at: state.routedAt,
    acknowledged_at: state.acknowledgedAt,
    assigned_at: state.assignedAt,
    arrived_at: state.arrivedAt,
    work_done_at: state.workDoneAt,
    first_closed_at: firstClosedAt,
    closed_at: closedAt,
    confirmed_at: state.confirmedAt,
    verified_at: state.verifiedAt,
    due_at: due.dueAt,
    due_basis: due.basis,
    norms: due.norms,
    registered_on: registered.day,
    registered_hour: registered.hour,
    week: registered.week,
    month: registered.month,
    closed_on: dayOfClosing(closedAt),
    first_closed_on: dayOfClosing(firstClosedAt),
    ...closingOf(state, timed, around.local),
    scan: state.scan,
    response_s: response,
    response_bin: bin(response),
    resolution_s: resolution,
    resolution_bin: bin(resolution),
    reopenings: state.reopenings,
    reopen_delay_s: delay,
    effective_reopen_delay_s: delay,
    incident_reopen_delay_s: delay,
    returns: state.returns,
    transfers: state.transfers + transfers,
    rejections: state.rejections,
    repeat_of: repeatOf ?? null,
    repeat_ref: repeatOf === undefined ? state.repeatOf : null,
    hidden_repeat_of: null,
    duplicate_of: keyOf(state.duplicateOf) ?? null,
    duplicate_ref: state.duplicateOf,
    incident: key,
    ...joined,
    appeal_at: state.appealAt,
    downgrade_s: seconds(registeredAt, state.downgradedAt),
    misdirected: state.misdirected !== null,
    addressee: state.misdirected?.addressee ?? null,
    addressee_confirmed: state.addresseeConfirmed,
    paused_s: Math.min(INT32, Math.round(paused.ended / 1000)),
    paused_since: paused.since,
    entrance: state.entrance,
    riser: state.riser,
    subject: state.subjectId === null ? 0 : bitsOf(state.subjectId),
    marks,
    test,
    identity_verified: state.identityVerified,
    lon: state.lon ?? building?.lon ?? null,
    lat: state.lat ?? building?.lat ?? null,
    // A source may send a flat against its promise; the facts and the screens do not repeat it.
    place: state.place === null ? null : maskedText(withoutFlat(state.place)),
    last_event_at: state.lastEventAt,
  }
  return {
    request,
    spells: spells.map(({ organization, start, end, reason }) => ({
      request: key,
      organization,
      ...shared,
      start_at: start,
      end_at: end,
      end_reason: SPELL_ENDS.indexOf(reason),
      due_at: due.dueAt,
      marks,
      test,
      known_at: null,
      end_known_at: null,
      retold: false,
    })),
  }
}

/** What a person said of its incident. Joined to a number that nobody knows yet, it stands alone until that comes. */
function joinedTo(
  key: number,
  { incident }: RequestState,
  keyOf: (number: string) => number | undefined,
): Pick<RequestRow, 'joined_to' | 'joined_ref'> {
  if (incident === null) return { joined_to: null, joined_ref: null }
  if (incident === 'split') return { joined_to: key, joined_ref: null }
  const target = keyOf(incident.of)
  return { joined_to: target ?? key, joined_ref: target === undefined ? incident.of : null }
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

/** The key of the house that a registration means by its id or its address; 0 = none that is known. */
export function houseOf(
  building: string | null | undefined,
  place: string | null | undefined,
  registry: Registry,
): number {
  if (building != null) return registry.buildingById(building)?.key ?? 0
  return place == null ? 0 : (registry.addressed(place).found?.building ?? 0)
}

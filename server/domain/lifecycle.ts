import type { Recorded, RequestEvent, RequestEventType } from '#server/contract/events.ts'
import {
  type Channel,
  type Kind,
  type Mark,
  markBit,
  type Outcome,
  type Priority,
  type SpellEnd,
  type State,
} from '#server/contract/vocabulary.ts'

/** A request as its events tell it. Ids are the sources'; instants are UTC epoch milliseconds. */
export interface RequestState {
  number: string
  /** Distinct events folded. */
  ver: number
  building: string | null
  /** Named by the source at registration; null = the holder of the building's tenure answers. */
  organization: string | null
  category: string | null
  contractor: string | null
  source: string
  channel: Channel
  priority: Priority
  kind: Kind
  state: State
  outcome: Outcome
  registeredAt: number
  routedAt: number | null
  /** First human action of whoever is responsible; a resident or a machine does not count. */
  acknowledgedAt: number | null
  assignedAt: number | null
  arrivedAt: number | null
  /** Last time the work was declared done. */
  workDoneAt: number | null
  firstClosedAt: number | null
  /** The closing that stands; null while open. After a reopening the clock never stopped. */
  closedAt: number | null
  confirmedAt: number | null
  /** First reopening after `firstClosedAt`. */
  firstReopenedAt: number | null
  dueAt: number | null
  reopenings: number
  returns: number
  transfers: number
  /** Number of the request that this one repeats. */
  repeatOf: string | null
  /** Bits of MARKS that the events alone decide. */
  marks: number
  test: boolean
  identityVerified: boolean
  lon: number | null
  lat: number | null
  place: string | null
  lastEventAt: number
  spells: Spell[]
}

/** An interval in which one organization answered for the open request; organization null = whoever answered at registration. */
export interface Spell {
  organization: string | null
  start: number
  end: number | null
  reason: SpellEnd
}

/** What one event did: the state it found and the one it left, and the bits of MARKS it earned. */
export interface Step {
  event: Recorded<RequestEvent>
  before: State
  after: State
  marks: number
}

/** Order of events of one instant: the order in which a request lives. */
export const LIFE: readonly RequestEventType[] = [
  'request.registered',
  'request.routed',
  'request.acknowledged',
  'request.assigned',
  'request.work_order_issued',
  'request.arrived',
  'request.localised',
  'request.started',
  'request.deferred',
  'request.awaiting_resident',
  'request.awaiting_supplier',
  'request.transferred',
  'request.work_done',
  'request.returned_for_rework',
  'request.verified',
  'request.awaiting_confirmation',
  'request.closed',
  'request.closed_no_response',
  'request.confirmed',
  'request.refused',
  'request.cancelled',
  'request.marked_duplicate',
  'request.forwarded',
  'request.rejected_by_resident',
  'request.reopened',
  'request.repeat_linked',
]
const RANK = new Map(LIFE.map((type, rank) => [type, rank]))

const DAY = 86_400_000
/** No dispatcher's register is older: an earlier instant is a broken clock or an empty field. */
const PLAUSIBLE_FROM = Date.UTC(1980, 0, 1)

type Told = Recorded<RequestEvent>
type Registration = Extract<Told, { type: 'request.registered' }>

/** Each event once (by id), in the order of the life cycle: by instant, then by rank, then by id. */
export function inOrder(events: readonly Told[]): Told[] {
  const once = new Map(events.map((event) => [event.id, event]))
  return [...once.values()].sort(
    (a, b) =>
      a.occurredAt - b.occurredAt ||
      (RANK.get(a.type) ?? 0) - (RANK.get(b.type) ?? 0) ||
      (a.id < b.id ? -1 : 1),
  )
}

const WORK: Partial<Record<RequestEventType, State>> = {
  'request.routed': 'routed',
  'request.acknowledged': 'acknowledged',
  'request.assigned': 'assigned',
  'request.work_order_issued': 'assigned',
  'request.arrived': 'arrived',
  'request.localised': 'in_progress',
  'request.started': 'in_progress',
  'request.deferred': 'deferred',
  'request.awaiting_resident': 'awaiting_resident',
  'request.awaiting_supplier': 'awaiting_supplier',
}

const ENDINGS: Partial<Record<RequestEventType, Exclude<Outcome, 'open'>>> = {
  'request.closed': 'closed',
  'request.closed_no_response': 'closed_no_response',
  'request.confirmed': 'confirmed',
  'request.refused': 'refused',
  'request.cancelled': 'cancelled',
  'request.marked_duplicate': 'duplicate',
  'request.forwarded': 'forwarded',
}

/** Later news about a request already closed that says more, or the same, about how it ended: [what stands, what comes]. */
const SAYS_MORE: Partial<Record<Outcome, readonly Outcome[]>> = {
  closed: ['closed_no_response', 'confirmed'],
  closed_no_response: ['confirmed'],
}
const SAYS_LESS: Partial<Record<Outcome, readonly Outcome[]>> = {
  confirmed: ['closed', 'closed_no_response'],
  closed_no_response: ['closed'],
}

/**
 * The state of one request from its events, in whatever order, number of copies or portions they came. A step that the
 * source does not report is no fault; a step that contradicts what stands is kept out of the state and marked. Returns
 * undefined for no events. `witness` sees each event in its turn.
 */
export function foldRequest(
  events: readonly Told[],
  witness?: (step: Step) => void,
): RequestState | undefined {
  const ordered = inOrder(events)
  const [first] = ordered
  if (!first) return undefined
  const registration = ordered.find((event) => event.type === 'request.registered')
  const state = begin(first, registration)
  if (!registration) mark(state, 'no_registration')
  let claimedAt: number | null = null

  for (const event of ordered) {
    const [before, marks] = [state.state, state.marks]
    state.marks = 0
    claimedAt = take(state, event, registration, claimedAt)
    witness?.({ event, before, after: state.state, marks: state.marks })
    state.marks |= marks
  }
  return state
}

function take(
  state: RequestState,
  event: Told,
  registration: Registration | undefined,
  claimedAt: number | null,
): number | null {
  state.ver++
  state.lastEventAt = Math.max(state.lastEventAt, event.occurredAt)
  if (event.occurredAt > event.recordedAt + DAY) mark(state, 'future_time')
  if (event.occurredAt < PLAUSIBLE_FROM) mark(state, 'implausible_time')
  if (event === registration) return claimedAt
  if (event.occurredAt < state.registeredAt)
    mark(state, ENDINGS[event.type] ? 'closed_before_registered' : 'illegal_transition')
  return step(state, event, claimedAt)
}

/** One event onto the state. Takes and returns since when the work stands declared as done. */
function step(state: RequestState, event: Told, claimedAt: number | null): number | null {
  const at = event.occurredAt
  if (event.type === 'request.repeat_linked') {
    state.repeatOf ??= event.of
    return claimedAt
  }
  const ending = ENDINGS[event.type]
  if (ending) {
    if (event.timeUnknown) mark(state, 'closing_time_unknown')
    close(state, ending, at)
    return state.outcome === 'open' ? claimedAt : (claimedAt ?? at)
  }
  if (event.type === 'request.reopened' || event.type === 'request.rejected_by_resident')
    return reopen(state, event, claimedAt)
  if (state.outcome !== 'open' || event.type === 'request.registered') {
    mark(state, 'illegal_transition')
    return claimedAt
  }
  if (isHuman(event)) state.acknowledgedAt ??= at
  const working = WORK[event.type]
  if (working) {
    state.state = working
    note(state, event)
    return claimedAt
  }
  switch (event.type) {
    case 'request.transferred':
      endSpell(state, at, 'transferred')
      state.spells.push({ organization: event.organization, start: at, end: null, reason: 'open' })
      state.transfers++
      return claimedAt
    case 'request.returned_for_rework':
      if (claimedAt === null) mark(state, 'illegal_transition')
      else state.returns++
      state.state = 'returned_for_rework'
      return null
    case 'request.verified':
      if (claimedAt === null) mark(state, 'illegal_transition')
      state.state = 'verified'
      return claimedAt ?? at
    case 'request.awaiting_confirmation':
      state.state = 'awaiting_confirmation'
      return claimedAt ?? at
    default:
      if (!event.timeUnknown) state.workDoneAt = at
      state.state = 'work_done'
      return at
  }
}

function close(state: RequestState, outcome: Exclude<Outcome, 'open'>, at: number) {
  if (state.outcome === 'open') {
    state.outcome = outcome
    state.state = outcome
    state.closedAt = at
    state.firstClosedAt ??= at
    if (outcome === 'confirmed') state.confirmedAt = at
    endSpell(state, at, outcome)
  } else if (SAYS_MORE[state.outcome]?.includes(outcome)) {
    state.outcome = outcome
    state.state = outcome
    if (outcome === 'confirmed') state.confirmedAt = at
    const last = state.spells.at(-1)
    if (last) last.reason = outcome
  } else if (!SAYS_LESS[state.outcome]?.includes(outcome)) mark(state, 'illegal_transition')
}

/**
 * A resident who rejects work that was declared done, but not closed yet, reopens it all the same: the declaration was
 * its first closing, although the organization's spell never ended.
 */
function reopen(state: RequestState, event: Told, claimedAt: number | null): number | null {
  const at = event.occurredAt
  const rejected = event.type === 'request.rejected_by_resident'
  if (state.outcome !== 'open') {
    const organization = state.spells.at(-1)?.organization ?? null
    state.outcome = 'open'
    state.closedAt = null
    state.confirmedAt = null
    state.spells.push({ organization, start: at, end: null, reason: 'open' })
  } else if (rejected && claimedAt !== null) state.firstClosedAt ??= claimedAt
  else {
    // A rejection is often followed by the source's own "reopened": one reopening, told twice.
    if (rejected || state.state !== 'reopened') mark(state, 'illegal_transition')
    return claimedAt
  }
  state.state = 'reopened'
  state.reopenings++
  state.firstReopenedAt ??= at
  return null
}

function note(state: RequestState, event: Told) {
  const at = event.occurredAt
  if (event.type === 'request.assigned') state.contractor = event.contractor ?? state.contractor
  if (event.timeUnknown) return
  if (event.type === 'request.routed') state.routedAt ??= at
  if (event.type === 'request.assigned') state.assignedAt ??= at
  if (event.type === 'request.arrived' || event.type === 'request.localised') state.arrivedAt ??= at
}

function isHuman(event: Told): boolean {
  if (event.timeUnknown) return false
  if (event.type === 'request.routed' || event.type === 'request.transferred') return false
  if (event.type === 'request.awaiting_confirmation') return false
  return event.actor?.party !== 'system' && event.actor?.party !== 'resident'
}

function endSpell(state: RequestState, at: number, reason: SpellEnd) {
  const last = state.spells.at(-1)
  if (!last || last.end !== null) return
  last.end = at
  last.reason = reason
}

function mark(state: RequestState, word: Mark) {
  state.marks |= markBit(word)
}

function begin(first: Told, registration: Registration | undefined): RequestState {
  const start = (registration ?? first).occurredAt
  return {
    number: first.request,
    ver: 0,
    building: registration?.building ?? null,
    organization: registration?.organization ?? null,
    category: registration?.category ?? null,
    contractor: null,
    source: (registration ?? first).source,
    channel: registration?.channel ?? 'unknown',
    priority: registration?.priority ?? 'ordinary',
    kind: registration?.kind ?? 'work_request',
    state: 'registered',
    outcome: 'open',
    registeredAt: start,
    routedAt: null,
    acknowledgedAt: null,
    assignedAt: null,
    arrivedAt: null,
    workDoneAt: null,
    firstClosedAt: null,
    closedAt: null,
    confirmedAt: null,
    firstReopenedAt: null,
    dueAt: registration?.dueAt ?? null,
    reopenings: 0,
    returns: 0,
    transfers: 0,
    repeatOf: null,
    marks: 0,
    test: registration?.test ?? false,
    identityVerified: registration?.identityVerified ?? false,
    lon: registration?.lon ?? null,
    lat: registration?.lat ?? null,
    place: registration?.place ?? null,
    lastEventAt: start,
    spells: [{ organization: null, start, end: null, reason: 'open' }],
  }
}

import type { RequestEventType } from '#server/contract/events.ts'
import {
  type Mark,
  markBit,
  type Outcome,
  PRIORITIES,
  type SpellEnd,
  type State,
} from '#server/contract/vocabulary.ts'
import { voidedBy } from './corrections.ts'
import { doerOf, isCompany } from './doers.ts'
import { inOrder } from './life-order.ts'
import { keepPauses } from './net-clock.ts'
import { begin, type Registration, type RequestState, type Told } from './request-state.ts'
import { strangeTime } from './strange-time.ts'

/** What one event did: the state it found and the one it left, and the bits of MARKS it earned. */
export interface Step {
  event: Told
  before: State
  after: State
  marks: number
  /** The event was corrected away: it changed nothing. */
  voided: boolean
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
  const voided = voidedBy(ordered)
  const counts = (event: Told) => event.type !== 'request.corrected' && !voided.has(event.id)
  const first = ordered.find(counts) ?? ordered[0]
  if (!first) return undefined
  const registration = ordered.find(
    (event) => event.type === 'request.registered' && !voided.has(event.id),
  ) as Registration | undefined
  const state = begin(first, registration)
  if (!registration) mark(state, 'no_registration')
  let claimedAt: number | null = null

  for (const event of ordered) {
    const [before, marks] = [state.state, state.marks]
    state.marks = 0
    state.ver++
    if (event.type === 'request.corrected') {
      if (!voided.has(event.event)) mark(state, 'unknown_event')
    } else if (!voided.has(event.id)) claimedAt = take(state, event, registration, claimedAt)
    witness?.({
      event,
      before,
      after: state.state,
      marks: state.marks,
      voided: voided.has(event.id),
    })
    state.marks |= marks
  }
  if (!ordered.some(counts)) withdraw(state)
  return state
}

/** Everything that was told of it was corrected away: it is kept, and was open at no time. */
function withdraw(state: RequestState) {
  state.outcome = 'cancelled'
  state.state = 'cancelled'
  state.closedAt = state.registeredAt
  state.firstClosedAt = state.registeredAt
  state.closedBy = 'unknown'
  mark(state, 'closing_time_unknown')
  endSpell(state, state.registeredAt, 'cancelled')
}

function take(
  state: RequestState,
  event: Told,
  registration: Registration | undefined,
  claimedAt: number | null,
): number | null {
  state.lastEventAt = Math.max(state.lastEventAt, event.occurredAt)
  const strange = strangeTime(event.occurredAt, event.recordedAt)
  if (strange) mark(state, strange)
  if (event === registration) return claimedAt
  if (event.occurredAt < state.registeredAt)
    mark(state, ENDINGS[event.type] ? 'closed_before_registered' : 'illegal_transition')
  if (describe(state, event)) return claimedAt
  const before = state.state
  const claimed = step(state, event, claimedAt)
  keepPauses(state, before, event)
  return claimed
}

/** What is learned of the request itself, whatever it is doing. False where the event is of another sort. */
function describe(state: RequestState, event: Told): boolean {
  switch (event.type) {
    case 'request.priority_changed':
      if (PRIORITIES.indexOf(event.priority) < PRIORITIES.indexOf(state.priority))
        state.downgradedAt ??= event.occurredAt
      state.priority = event.priority
      return true
    case 'request.category_changed':
      state.category = event.category
      return true
    case 'request.address_resolved':
      state.building = event.building
      return true
    case 'request.identity_verified':
      state.identityVerified = true
      state.kind = event.kind ?? state.kind
      state.appealAt ??= Math.max(event.occurredAt, state.registeredAt)
      return true
    case 'request.misdirected':
      state.misdirected = { addressee: event.addressee ?? state.misdirected?.addressee ?? null }
      state.addresseeConfirmed = false
      return true
    case 'request.addressee_confirmed':
      state.misdirected = null
      state.addresseeConfirmed = true
      return true
    case 'request.repeat_linked':
      if (event.of === event.request) mark(state, 'illegal_transition')
      else state.repeatOf ??= event.of
      return true
    case 'request.joined':
      state.incident = { of: event.to }
      return true
    case 'request.split':
      state.incident = 'split'
      return true
    default:
      return false
  }
}

/** One event onto the state. Takes and returns since when the work stands declared as done. */
function step(state: RequestState, event: Told, claimedAt: number | null): number | null {
  const at = event.occurredAt
  const ending = ENDINGS[event.type]
  if (ending) {
    if (event.timeUnknown) mark(state, 'closing_time_unknown')
    close(state, ending, event)
    if (event.type === 'request.marked_duplicate') {
      if (event.of === event.request) mark(state, 'illegal_transition')
      else if (state.outcome === 'duplicate') state.duplicateOf ??= event.of ?? null
    }
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
      // To whoever holds it already: nothing changes hands.
      if ((state.spells.at(-1)?.organization ?? state.organization) === event.organization)
        return claimedAt
      endSpell(state, at, 'transferred')
      state.spells.push({ organization: event.organization, start: at, end: null, reason: 'open' })
      state.transfers++
      if (isCompany(doerOf(event))) state.handedOverAt ??= at
      return claimedAt
    case 'request.returned_for_rework':
      if (claimedAt === null) mark(state, 'illegal_transition')
      else state.returns++
      state.verifiedAt = null
      state.state = 'returned_for_rework'
      return null
    case 'request.verified':
      if (claimedAt === null) mark(state, 'illegal_transition')
      if (!event.timeUnknown) state.verifiedAt ??= at
      state.state = 'verified'
      return claimedAt ?? at
    case 'request.awaiting_confirmation':
      state.state = 'awaiting_confirmation'
      return claimedAt ?? at
    case 'request.work_done':
      if (!event.timeUnknown) state.workDoneAt = at
      state.scan = event.scan ?? state.scan
      state.state = 'work_done'
      return at
    default:
      return claimedAt
  }
}

function close(state: RequestState, outcome: Exclude<Outcome, 'open'>, event: Told) {
  const at = event.occurredAt
  if (state.outcome === 'open') {
    state.outcome = outcome
    state.state = outcome
    state.closedAt = at
    state.closedBy = doerOf(event)
    if (state.firstClosedAt === null) {
      state.firstClosedAt = at
      const { recordedAt, actor } = event
      state.firstCloser = {
        by: state.closedBy,
        account: actor?.id ?? null,
        heardAfter: recordedAt - at,
      }
    }
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
    state.duplicateOf = null
    state.closedAt = null
    state.closedBy = null
    state.confirmedAt = null
    state.spells.push({ organization, start: at, end: null, reason: 'open' })
  } else if (rejected && claimedAt !== null) state.firstClosedAt ??= claimedAt
  else {
    // A rejection is often followed by the source's own "reopened": one reopening, told twice.
    if (rejected || state.state !== 'reopened') mark(state, 'illegal_transition')
    return claimedAt
  }
  state.state = 'reopened'
  state.verifiedAt = null
  state.reopenings++
  if (rejected) state.rejections++
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

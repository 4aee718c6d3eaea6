import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import type {
  Channel,
  Doer,
  Kind,
  Outcome,
  Priority,
  SpellEnd,
  State,
} from '#server/contract/vocabulary.ts'

export type Told = Recorded<RequestEvent>
export type Registration = Extract<Told, { type: 'request.registered' }>

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
  /** Before anybody changed them. */
  firstPriority: Priority
  firstBuilding: string | null
  firstCategory: string | null
  kind: Kind
  state: State
  outcome: Outcome
  registeredAt: number
  /** When the registration reached the log. */
  receivedAt: number
  routedAt: number | null
  /** First human action of whoever is responsible; a resident or a machine does not count. */
  acknowledgedAt: number | null
  assignedAt: number | null
  arrivedAt: number | null
  /** Last time the work was declared done. */
  workDoneAt: number | null
  /** Reference of the last document that proves the work. */
  scan: string | null
  firstClosedAt: number | null
  /** Of the first closing; null where there is none, or where it was only a declaration that the resident rejected. */
  firstCloser: Closer | null
  /** The closing that stands; null while open. After a reopening the clock never stopped. */
  closedAt: number | null
  /** Who made the closing that stands; null while open. */
  closedBy: Doer | null
  confirmedAt: number | null
  /** When the work that stands declared as done was verified. */
  verifiedAt: number | null
  /** First reopening after `firstClosedAt`. */
  firstReopenedAt: number | null
  dueAt: number | null
  reopenings: number
  returns: number
  transfers: number
  /** First time that who answered for it, and nobody else, handed it to another organization. */
  handedOverAt: number | null
  /** Times the resident answered that it is not done. */
  rejections: number
  /** Number of the request that this one repeats. */
  repeatOf: string | null
  /** Number of the request whose duplicate it stands closed as. */
  duplicateOf: string | null
  /** A person's word on the incident it belongs to: that of another request (its number), or `split`, its own; null = by rule. */
  incident: { of: string } | 'split' | null
  /** When it became an appeal: at registration, or, of a message, when somebody confirmed who asks; null = still a message. */
  appealAt: number | null
  /** First lowering of its priority. */
  downgradedAt: number | null
  /** It is not for whom it was sent to; the addressee is the proper one, where known. */
  misdirected: { addressee: string | null } | null
  /** An operator said that it is for whom it was sent to, and nobody the contrary since. */
  addresseeConfirmed: boolean
  /** When the work waited while the request was open, in order and apart from each other. The main clock never stops for them. */
  pauses: Pause[]
  /** Bits of MARKS that the events alone decide. */
  marks: number
  test: boolean
  identityVerified: boolean
  lon: number | null
  lat: number | null
  place: string | null
  entrance: number | null
  riser: number | null
  /** Who asks, as a pseudonym of the erasable table. */
  subjectId: string | null
  url: string | null
  lastEventAt: number
  spells: Spell[]
}

/** A closing: who made it, from which account of theirs, and how long after it we heard, in milliseconds. */
export interface Closer {
  by: Doer
  account: string | null
  heardAfter: number
}

export type PauseReason = 'deferred' | 'awaiting_resident' | 'awaiting_supplier'

/** A time in which the work waited, half-open; `end` null = it still does. Which of them a norm allows is the norm's to say. */
export interface Pause {
  reason: PauseReason
  start: number
  end: number | null
  /** Until when it was put off, as announced. */
  until: number | null
}

/** An interval in which one organization answered for the open request; organization null = whoever answered at registration. */
export interface Spell {
  organization: string | null
  start: number
  end: number | null
  reason: SpellEnd
}

/** The request as registered; without a registration its first event stands for it. */
export function begin(first: Told, registration: Registration | undefined): RequestState {
  const start = (registration ?? first).occurredAt
  const message = registration?.kind === 'message' && registration.identityVerified !== true
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
    firstPriority: registration?.priority ?? 'ordinary',
    firstBuilding: registration?.building ?? null,
    firstCategory: registration?.category ?? null,
    kind: registration?.kind ?? 'work_request',
    state: 'registered',
    outcome: 'open',
    registeredAt: start,
    receivedAt: (registration ?? first).recordedAt,
    routedAt: null,
    acknowledgedAt: null,
    assignedAt: null,
    arrivedAt: null,
    workDoneAt: null,
    scan: null,
    firstClosedAt: null,
    firstCloser: null,
    closedAt: null,
    closedBy: null,
    confirmedAt: null,
    verifiedAt: null,
    firstReopenedAt: null,
    dueAt: registration?.dueAt ?? null,
    reopenings: 0,
    returns: 0,
    transfers: 0,
    handedOverAt: null,
    rejections: 0,
    repeatOf: null,
    duplicateOf: null,
    incident: null,
    appealAt: message ? null : start,
    downgradedAt: null,
    misdirected: null,
    addresseeConfirmed: false,
    pauses: [],
    marks: 0,
    test: registration?.test ?? false,
    identityVerified: registration?.identityVerified ?? false,
    lon: registration?.lon ?? null,
    lat: registration?.lat ?? null,
    place: registration?.place ?? null,
    entrance: registration?.entrance ?? null,
    riser: registration?.riser ?? null,
    subjectId: registration?.subjectId ?? null,
    url: registration?.url ?? null,
    lastEventAt: start,
    spells: [{ organization: null, start, end: null, reason: 'open' }],
  }
}

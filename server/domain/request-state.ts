import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import type {
  Channel,
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

/** The request as registered; without a registration its first event stands for it. */
export function begin(first: Told, registration: Registration | undefined): RequestState {
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

/** Open requests now, in memory; changes only after the facts have committed them, so it never disagrees with a question. */
export interface Board {
  revision(): number
  totals(now: number): Counts
  byBuilding(now: number): ReadonlyMap<number, Counts>
  byOrganization(now: number): ReadonlyMap<number, Counts>
  byCategory(now: number): ReadonlyMap<number, Counts>
  byDistrict(now: number): ReadonlyMap<number, Counts>
  open(): Iterable<OpenRequest>
  /** Requests whose local date of registration is that of `now`; of the whole city without a scope. */
  registeredToday(now: number, scope?: Scope | null): number
  /** The newest events of requests, newest first, at most 200. No field can carry personal data. */
  events(): readonly PublicEvent[]
  /** Last event of each source: when it happened and when it reached us. */
  sources(): ReadonlyMap<string, { occurredAt: number; recordedAt: number }>
  /** Called after each change with what changed. */
  follow(listener: (change: BoardChange) => void): () => void
}
export type Dimension = 'building' | 'organization' | 'district'
/** A part of the city by its key. */
export interface Scope {
  dimension: Dimension
  key: number
}
export interface Counts {
  open: number
  overdue: number
  emergency: number
  /** Emergencies open past their due time. */
  emergencyOverdue: number
}
export interface OpenRequest {
  request: number
  number: string
  building: number
  organization: number
  district: number
  category: number
  priority: number
  registeredAt: number
  dueAt: number | null
}
export interface PublicEvent {
  seq: number
  type: string
  request: string
  building: number
  organization: number
  district: number
  category: number
  priority: number
  occurredAt: number
  recordedAt: number
  /** Seconds from registration, for endings. */
  tookS: number | null
}
export interface BoardChange {
  revision: number
  /** Whose requests changed, by key: whose they were and whose they are. */
  touched: Readonly<Record<Dimension, ReadonlySet<number>>>
  /** The registry changed, which may concern everybody. */
  registry: boolean
  events: readonly PublicEvent[]
}

import { isRequestEvent, type Recorded } from '#server/contract/events.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Engine } from '#server/store/engine.ts'
import type { Commit, Projector } from '#server/store/projector.ts'
import type { RequestRow } from '#server/store/schema.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Board, BoardChange, Counts, OpenRequest, PublicEvent } from './board.ts'

const EVENTS = 200
const EMERGENCY = PRIORITIES.indexOf('emergency')
const NONE: Counts = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }

interface Tally {
  totals: Counts
  building: Map<number, Counts>
  organization: Map<number, Counts>
  category: Map<number, Counts>
  district: Map<number, Counts>
}

export interface MemoryBoard extends Board {
  /** Reads the open requests from the facts; from then on follows the projector. Call before anything is projected. */
  start(engine: Engine, projector: Projector): Promise<void>
  /** Puts older events under the newest, e.g. the tail of the log at start. */
  remember(events: readonly Recorded[]): void
}

/** Test requests are left out, as in every question. */
export function memoryBoard(): MemoryBoard {
  const open = new Map<number, OpenRequest>()
  const sources = new Map<string, { occurredAt: number; recordedAt: number }>()
  const listeners = new Set<(change: BoardChange) => void>()
  let events: PublicEvent[] = []
  let revision = 1
  let counted: { revision: number; minute: number; tally: Tally } | undefined

  function tally(now: number): Tally {
    const minute = minuteOf(now)
    if (counted?.revision !== revision || counted.minute !== minute)
      counted = { revision, minute, tally: count(open.values(), minute) }
    return counted.tally
  }

  function heard(recorded: Recorded) {
    const { source, occurredAt, recordedAt } = recorded
    const known = sources.get(source)
    if (!known || known.recordedAt <= recordedAt)
      sources.set(source, {
        occurredAt: Math.max(occurredAt, known?.occurredAt ?? occurredAt),
        recordedAt,
      })
  }

  function take(commit: Commit) {
    const buildings = new Set<number>()
    const rows = new Map<string, RequestRow>()
    for (const row of commit.rows) {
      const key = Number(row.request)
      rows.set(String(row.number), row)
      const before = open.get(key)
      if (before) buildings.add(before.building)
      if (row.closed_at === null && !row.test) {
        open.set(key, openRequest(row))
        buildings.add(Number(row.building))
      } else open.delete(key)
    }
    for (const event of commit.events) heard(event)
    const fresh: PublicEvent[] = []
    for (const event of commit.events.slice(-EVENTS).reverse()) {
      const row = isRequestEvent(event) ? rows.get(event.request) : undefined
      if (row && !row.test) fresh.push(publicEvent(event, row))
    }
    events = [...fresh, ...events].slice(0, EVENTS)
    revision++
    const change = { revision, buildings: [...buildings], events: fresh }
    for (const listener of listeners) listener(change)
  }

  return {
    async start(engine, projector) {
      const rows = await engine.query(
        `SELECT request, number, building, organization, district, category, priority, registered_at, due_at
         FROM request WHERE closed_at IS NULL AND test = false`,
      )
      for (const row of rows) open.set(Number(row.request), openRequest(row as RequestRow))
      projector.follow(take)
    },
    remember(recorded) {
      for (const event of recorded) heard(event)
    },
    revision: () => revision,
    totals: (now) => tally(now).totals,
    byBuilding: (now) => tally(now).building,
    byOrganization: (now) => tally(now).organization,
    byCategory: (now) => tally(now).category,
    byDistrict: (now) => tally(now).district,
    open: () => open.values(),
    events: () => events,
    sources: () => sources,
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function count(open: Iterable<OpenRequest>, minute: number): Tally {
  const tally: Tally = {
    totals: { ...NONE },
    building: new Map(),
    organization: new Map(),
    category: new Map(),
    district: new Map(),
  }
  for (const request of open) {
    const overdue = request.dueAt !== null && request.dueAt < minute
    const emergency = request.priority === EMERGENCY
    const add = (counts: Counts) => {
      counts.open++
      if (overdue) counts.overdue++
      if (emergency) counts.emergency++
      if (overdue && emergency) counts.emergencyOverdue++
    }
    add(tally.totals)
    for (const dimension of ['building', 'organization', 'category', 'district'] as const) {
      const key = request[dimension]
      let counts = tally[dimension].get(key)
      if (!counts) {
        counts = { ...NONE }
        tally[dimension].set(key, counts)
      }
      add(counts)
    }
  }
  return tally
}

const openRequest = (row: RequestRow): OpenRequest => ({
  request: Number(row.request),
  number: String(row.number),
  building: Number(row.building),
  organization: Number(row.organization),
  district: Number(row.district),
  category: Number(row.category),
  priority: Number(row.priority),
  registeredAt: Number(row.registered_at),
  dueAt: row.due_at,
})

function publicEvent(event: Recorded, row: RequestRow): PublicEvent {
  const registeredAt = Number(row.registered_at)
  const ended = event.occurredAt === row.closed_at || event.occurredAt === row.first_closed_at
  return {
    seq: event.seq,
    type: event.type,
    request: String(row.number),
    building: Number(row.building),
    organization: Number(row.organization),
    category: Number(row.category),
    priority: Number(row.priority),
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    tookS: ended ? Math.round((event.occurredAt - registeredAt) / 1000) : null,
  }
}

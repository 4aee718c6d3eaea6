import { isRequestEvent, type Recorded } from '#server/contract/events.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Engine } from '#server/store/engine.ts'
import type { Commit, Projector } from '#server/store/projector.ts'
import type { RequestRow } from '#server/store/schema.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Board, BoardChange, Counts, Dimension, OpenRequest, PublicEvent } from './board.ts'

const EVENTS = 200
const EMERGENCY = PRIORITIES.indexOf('emergency')
const NONE: Counts = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }
const SCOPES: readonly Dimension[] = ['building', 'organization', 'district']

type Placed = Record<Dimension, number>
interface Inflow {
  revision: number
  day: number
  total: number
  of: Record<Dimension, Map<number, number>>
}

interface Tally {
  totals: Counts
  building: Map<number, Counts>
  organization: Map<number, Counts>
  category: Map<number, Counts>
  district: Map<number, Counts>
}

export interface MemoryBoard extends Board {
  /** Reads what is open from the facts and what happened last from the tail of the log; from then on follows the projector. */
  start(
    engine: Engine,
    projector: Projector,
    at: { now: number; tail: readonly Recorded[] },
  ): Promise<void>
}

/** Test requests are left out, as in every question; `zone` is the city's. */
export function memoryBoard(zone: string): MemoryBoard {
  const local = localClock(zone)
  /** The requests registered on the last days: local date, and whose they are. */
  const registered = new Map<number, Placed & { day: number }>()
  let inflow: Inflow | undefined
  const open = new Map<number, OpenRequest>()
  let sources: Board['sources'] = () => new Map()
  const listeners = new Set<(change: BoardChange) => void>()
  let events: PublicEvent[] = []
  let revision = 1
  let since = 0
  let counted: { revision: number; minute: number; tally: Tally } | undefined

  function tally(now: number): Tally {
    const minute = minuteOf(now)
    if (counted?.revision !== revision || counted.minute !== minute)
      counted = { revision, minute, tally: count(open.values(), minute) }
    return counted.tally
  }

  function inflowOf(now: number): Inflow {
    const day = local(now).day
    if (since < day - 1) {
      since = day - 1
      for (const [key, of] of registered) if (of.day < since) registered.delete(key)
    }
    if (inflow?.revision !== revision || inflow.day !== day) {
      const of = { building: new Map(), organization: new Map(), district: new Map() }
      inflow = { revision, day, total: 0, of }
      for (const one of registered.values()) {
        if (one.day !== day) continue
        inflow.total++
        for (const scope of SCOPES) of[scope].set(one[scope], (of[scope].get(one[scope]) ?? 0) + 1)
      }
    }
    return inflow
  }

  function take(commit: Commit) {
    const touched = {
      building: new Set<number>(),
      organization: new Set<number>(),
      district: new Set<number>(),
    }
    const touch = (placed: Placed | undefined) => {
      if (placed) for (const scope of SCOPES) touched[scope].add(placed[scope])
    }
    for (const row of commit.rows) {
      const key = Number(row.request)
      const placed = placedOf(row)
      touch(open.get(key))
      touch(registered.get(key))
      if (!row.test) touch(placed)
      const day = Number(row.registered_on)
      if (day >= since && !row.test) registered.set(key, { ...placed, day })
      else registered.delete(key)
      if (row.closed_at === null && !row.test) open.set(key, openRequest(row))
      else open.delete(key)
    }
    const fresh = publicEvents(commit.events.slice(-EVENTS), commit.rows)
    events = [...fresh, ...events].slice(0, EVENTS)
    revision++
    const change = { revision, touched, registry: commit.registry, events: fresh }
    for (const listener of listeners) listener(change)
  }

  return {
    async start(engine, projector, { now, tail }) {
      // Commits may come while the facts are read: they wait, and taking one twice changes nothing.
      let early: Commit[] | undefined = []
      projector.follow((commit) => (early ? early.push(commit) : take(commit)))
      since = local(now).day - 1
      const recent = await engine.query(
        `SELECT request, registered_on, building, organization, district
         FROM request WHERE registered_on >= $since AND test = false`,
        { since },
      )
      for (const row of recent)
        registered.set(Number(row.request), {
          ...placedOf(row as RequestRow),
          day: Number(row.registered_on),
        })
      const rows = await engine.query(
        `SELECT request, number, building, organization, district, category, priority, registered_at, due_at
         FROM request WHERE closed_at IS NULL AND test = false`,
      )
      for (const row of rows) open.set(Number(row.request), openRequest(row as RequestRow))
      const numbers = tail.filter((event) => isRequestEvent(event)).map((event) => event.request)
      const told = await engine.query(
        'SELECT * FROM request WHERE number IN (SELECT unnest($numbers))',
        { numbers },
      )
      events = publicEvents(tail, told as RequestRow[])
      sources = projector.sources
      const waited = early
      early = undefined
      for (const commit of waited) take(commit)
    },
    registeredToday(now, scope) {
      const { total, of } = inflowOf(now)
      return scope ? (of[scope.dimension].get(scope.key) ?? 0) : total
    },
    revision: () => revision,
    totals: (now) => tally(now).totals,
    byBuilding: (now) => tally(now).building,
    byOrganization: (now) => tally(now).organization,
    byCategory: (now) => tally(now).category,
    byDistrict: (now) => tally(now).district,
    open: () => open.values(),
    events: () => events,
    sources: () => sources(),
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

const placedOf = (row: RequestRow): Placed => ({
  building: Number(row.building),
  organization: Number(row.organization),
  district: Number(row.district),
})

const openRequest = (row: RequestRow): OpenRequest => ({
  request: Number(row.request),
  number: String(row.number),
  ...placedOf(row),
  category: Number(row.category),
  priority: Number(row.priority),
  registeredAt: Number(row.registered_at),
  dueAt: row.due_at,
})

/** Newest first; those of test requests are nobody's business. */
function publicEvents(recorded: readonly Recorded[], rows: readonly RequestRow[]): PublicEvent[] {
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  return recorded.toReversed().flatMap((event) => {
    const row = isRequestEvent(event) ? byNumber.get(event.request) : undefined
    return row && !row.test ? [publicEvent(event, row)] : []
  })
}

function publicEvent(event: Recorded, row: RequestRow): PublicEvent {
  const registeredAt = Number(row.registered_at)
  const ended = event.occurredAt === row.closed_at || event.occurredAt === row.first_closed_at
  return {
    seq: event.seq,
    type: event.type,
    request: String(row.number),
    ...placedOf(row),
    category: Number(row.category),
    priority: Number(row.priority),
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    tookS: ended ? Math.round((event.occurredAt - registeredAt) / 1000) : null,
  }
}

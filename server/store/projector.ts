import { isRequestEvent, type Recorded, streamOf } from '#server/contract/events.ts'
import { markBit } from '#server/contract/vocabulary.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Log } from '#server/log/log.ts'
import { buildingRows } from './dimensions.ts'
import type { Facts, Writer } from './duckdb.ts'
import { openLinks } from './links.ts'
import type { MemoryRegistry, RegistryChange } from './registry-memory.ts'
import { type Rows, rowsOf, type Surroundings } from './rows.ts'
import {
  BUILDING_COLUMNS,
  REQUEST_COLUMNS,
  type RequestRow,
  SPELL_COLUMNS,
  TENURE_COLUMNS,
} from './schema.ts'

export interface ProjectorOptions {
  log: Log
  facts: Facts
  registry: MemoryRegistry
  /** IANA zone of the city. */
  zone: string
  /** Calls back after so many milliseconds; tests give their own. */
  after?: (milliseconds: number, run: () => void) => void
  report?: (where: string, cause: unknown) => void
}

/** What one transaction changed in the facts. */
export interface Commit {
  seq: number
  rows: readonly RequestRow[]
  events: readonly Recorded[]
  registry: boolean
}

export interface Projector {
  /** Reads the registry and projects what the log has gained since the facts were last written. */
  start(): Promise<void>
  /** Resolves when everything that was in the log at the call is in the facts. Rejects when it cannot be. */
  settle(): Promise<void>
  /** The last event of the log that the facts contain. */
  seq(): number
  follow(listener: (commit: Commit) => void): () => void
  stop(): Promise<void>
}

const BATCH_EVENTS = 10_000
const STREAMS_AT_ONCE = 4096
const PAUSE_MS = 150
const PAUSE_AFTER_FAILURE_MS = 1000

export function createProjector(options: ProjectorOptions): Projector {
  const { log, facts, registry, zone, report = () => {} } = options
  const after = options.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds))
  const links = openLinks()
  const around: Surroundings = {
    registry,
    local: localClock(zone),
    requestKey: (number) => log.key(`request:${number}`),
    repeats: links.repeatsOf,
  }
  const listeners = new Set<(commit: Commit) => void>()
  let seq = 0
  /** What was read from the log, and applied to the registry, and is not committed yet: kept over a failed transaction. */
  let pending = nothing(0)
  let running: Promise<void> | undefined
  let resting = false
  let stopped = false
  let unfollow = () => {}

  function read() {
    const events = log.read(pending.seq, BATCH_EVENTS)
    for (const event of events) {
      const key = log.key(streamOf(event))
      if (key === undefined) throw new Error(`the log has no key for ${streamOf(event)}`)
      if (isRequestEvent(event)) pending.touched.add(key)
      else {
        pending.registry.add(key)
        pending.changes.push(...registry.apply(event, key))
      }
      pending.events.push(event)
      pending.seq = event.seq
    }
    return events.length
  }

  async function commit() {
    const rows: RequestRow[] = []
    await facts.write(async (writer) => {
      rows.length = 0
      for (const key of await touchedBy(writer, pending.changes)) pending.touched.add(key)
      for (const keys of inChunks(pending.touched)) rows.push(...(await project(writer, keys)))
      for (const keys of inChunks(links.affected())) rows.push(...(await project(writer, keys)))
      await writeDimensions(writer, pending.registry)
      await writer.run(`UPDATE meta SET value = $seq WHERE key = 'seq'`, { seq: pending.seq })
    })
    links.settled()
    const { events, registry: changed } = pending
    seq = pending.seq
    pending = nothing(seq)
    for (const listener of listeners)
      try {
        listener({ seq, rows, events, registry: changed.size > 0 })
      } catch (cause) {
        report('projector.follow', cause)
      }
  }

  async function project(writer: Writer, keys: readonly number[]): Promise<RequestRow[]> {
    const known = await writer.query(
      'SELECT request, ver FROM request WHERE request IN (SELECT unnest($keys))',
      { keys },
    )
    const written = new Map(known.map((row) => [Number(row.request), Number(row.ver)]))
    const projected: Rows[] = []
    for (const key of keys) {
      const state = foldRequest(log.stream(key).filter((event) => isRequestEvent(event)))
      if (!state || state.ver < (written.get(key) ?? 0)) continue
      const rows = rowsOf(key, state, around)
      links.learn(rows.request)
      projected.push(rows)
    }
    const replaced = projected.map(({ request }) => Number(request.request))
    for (const table of ['request', 'spell'])
      await writer.run(`DELETE FROM ${table} WHERE request IN (SELECT unnest($keys))`, {
        keys: replaced,
      })
    const requests = projected.map((rows) => rows.request)
    await writer.append('request', REQUEST_COLUMNS, requests)
    await writer.append(
      'spell',
      SPELL_COLUMNS,
      projected.flatMap((rows) => rows.spells),
    )
    return requests
  }

  async function writeDimensions(writer: Writer, touched: ReadonlySet<number>) {
    if (touched.size === 0) return
    const { buildings, tenures } = buildingRows(registry, touched)
    const keys = buildings.map((row) => Number(row.building))
    for (const table of ['building', 'tenure'])
      await writer.run(`DELETE FROM ${table} WHERE building IN (SELECT unnest($keys))`, { keys })
    await writer.append('building', BUILDING_COLUMNS, buildings)
    await writer.append('tenure', TENURE_COLUMNS, tenures)
  }

  async function run() {
    for (;;) {
      const count = read()
      if (count === 0 && pending.seq === seq) return
      await commit()
      if (count < BATCH_EVENTS) return
    }
  }

  /** At once when nothing was projected for a moment, else when the moment has passed. */
  function wake() {
    if (stopped || running || resting) return
    running = run()
    running
      .then(
        () => PAUSE_MS,
        (cause) => {
          report('projector', cause)
          return PAUSE_AFTER_FAILURE_MS
        },
      )
      .then((pause) => {
        running = undefined
        resting = true
        after(pause, () => {
          resting = false
          if (log.lastSeq() > seq) wake()
        })
      })
  }

  return {
    async start() {
      const [row] = await facts.query(`SELECT value FROM meta WHERE key = 'seq'`)
      seq = Number(row?.value ?? 0)
      pending = nothing(seq)
      for (const event of log.registry()) {
        if (event.seq > seq) break
        if (isRequestEvent(event)) continue
        registry.apply(event, log.key(streamOf(event)) ?? 0)
      }
      await links.load(facts)
      await run()
      unfollow = log.follow(wake)
    },
    async settle() {
      const target = log.lastSeq()
      while (seq < target) {
        if (running) await running
        else {
          running = run()
          try {
            await running
          } finally {
            running = undefined
          }
        }
      }
    },
    seq: () => seq,
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      stopped = true
      unfollow()
      await running?.catch(() => {})
    },
  }
}

/** Beyond any instant, and still an integer of the engine. */
const LATEST = 2 ** 52

const nothing = (seq: number) => ({
  seq,
  touched: new Set<number>(),
  registry: new Set<number>(),
  changes: [] as RegistryChange[],
  events: [] as Recorded[],
})

function* inChunks(keys: Iterable<number>): Generator<number[]> {
  const all = [...keys]
  for (let start = 0; start < all.length; start += STREAMS_AT_ONCE)
    yield all.slice(start, start + STREAMS_AT_ONCE)
}

/** Requests whose rows a change of the registry may alter: of the building from that instant on, or waiting for what came. */
async function touchedBy(writer: Writer, changes: readonly RegistryChange[]): Promise<number[]> {
  if (changes.length === 0) return []
  const buildings = changes.filter((change) => 'building' in change)
  const unknown = changes.filter((change) => 'unknown' in change)
  const waits = (what: 'organization' | 'category') =>
    unknown.some((change) => change.unknown === what) ? markBit(`unknown_${what}`) : 0
  const from = buildings.reduce((least, change) => Math.min(least, change.from), LATEST)
  const rows = await writer.query(
    `SELECT request FROM request
     WHERE (building IN (SELECT unnest($keys)) AND registered_at >= $from)
       OR building_ref IN (SELECT unnest($refs))
       OR (marks & $waiting) <> 0`,
    {
      keys: buildings.map((change) => change.key),
      refs: buildings.map((change) => change.building),
      from: Math.max(from, -LATEST),
      waiting: waits('organization') | waits('category'),
    },
  )
  return rows.map((row) => Number(row.request))
}

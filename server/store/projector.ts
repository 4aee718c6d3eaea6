import { isRequestEvent, type Recorded, streamOf } from '#server/contract/events.ts'
import type { Log } from '#server/log/log.ts'
import type { Facts, Writer } from './duckdb.ts'
import { createFreshness, type Heard, READ_SOURCES, writeFreshness } from './freshness.ts'
import { type CityRules, createProjection, inChunks, writeProgress } from './projection.ts'
import type { MemoryRegistry, RegistryChange } from './registry-memory.ts'
import type { RequestRow } from './schema.ts'
import { registeredIn, type TestPeriodChange, touchedBy } from './touched.ts'

export interface ProjectorOptions extends CityRules {
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
  /** How many times in a row new events could not be taken in; 0 = they are. */
  failures(): number
  /** When each source last reported. */
  sources(): ReadonlyMap<string, Heard>
  follow(listener: (commit: Commit) => void): () => void
  stop(): Promise<void>
}

const BATCH_EVENTS = 2000
/** While there is much to catch up with, nobody waits for a single event: larger transactions cost less each. */
const CATCH_UP_EVENTS = 12_000
const PAUSE_MS = 150
const PAUSE_AFTER_FAILURE_MS = 1000

export function createProjector(options: ProjectorOptions): Projector {
  const { log, facts, registry, zone, norms, authority, report = () => {} } = options
  const after = options.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds))
  const projection = createProjection({ log, registry, zone, norms, authority })
  const freshness = createFreshness()
  const listeners = new Set<(commit: Commit) => void>()
  let seq = 0
  /** What was read from the log, and applied to the registry, and is not committed yet: kept over a failed transaction. */
  let pending = nothing(0)
  let running: Promise<void> | undefined
  let resting = false
  let failures = 0
  let stopped = false
  let unfollow = () => {}

  function read(most: number) {
    const events = log.read(pending.seq, most)
    const keys = new Map<string, number | undefined>()
    for (const event of events) {
      const stream = streamOf(event)
      const key = keys.get(stream) ?? log.key(stream)
      keys.set(stream, key)
      if (key === undefined) throw new Error(`the log has no key for ${stream}`)
      if (isRequestEvent(event)) {
        pending.touched.add(key)
        const told = pending.fresh.get(key)
        if (told) told.push(event)
        else pending.fresh.set(key, [event])
        freshness.hear(event)
      } else {
        pending.registry.add(key)
        if (event.type === 'source.test_mode_changed')
          pending.tests.push(projection.testPeriods.apply(event))
        for (const change of registry.apply(event, key)) {
          pending.changes.push(change)
          if ('building' in change) pending.registry.add(change.key)
        }
      }
      pending.events.push(event)
      pending.seq = event.seq
    }
    return events.length
  }

  async function commit() {
    const rows: RequestRow[] = []
    const write = async (writer: Writer) => {
      for (const key of await touchedBy(writer, pending.changes)) pending.touched.add(key)
      for (const period of pending.tests)
        for (const key of await registeredIn(writer, period)) pending.touched.add(key)
      for (const keys of inChunks(pending.touched))
        rows.push(...(await projection.replace(writer, keys, pending.fresh)))
      rows.push(...(await projection.replaceLinked(writer)))
      await projection.placeWritten(writer)
      if (pending.registry.size > 0) await projection.replaceDimensions(writer, pending.registry)
      await writeFreshness(writer, freshness.sources)
      await writeProgress(writer, log, pending.seq)
    }
    let committed = false
    try {
      await facts.write(write)
      committed = true
    } finally {
      projection.links.settle(committed)
    }
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

  /** One pass: reads what is new and commits it, until the log has no more. Passes never overlap. */
  function pass(): Promise<void> {
    running ??= (async () => {
      // The assignment must come before the first step, which may need no waiting.
      await undefined
      try {
        for (let most = BATCH_EVENTS; ; most = CATCH_UP_EVENTS) {
          const count = read(most)
          if (pending.seq > seq) await commit()
          if (count < most) break
        }
        failures = 0
      } catch (cause) {
        failures++
        throw cause
      } finally {
        running = undefined
        rest()
      }
    })()
    return running
  }

  /** Lets events gather for a moment, longer after failures; then looks again. */
  function rest() {
    if (resting || stopped) return
    resting = true
    after(failures === 0 ? PAUSE_MS : Math.min(failures, 5) * PAUSE_AFTER_FAILURE_MS, () => {
      resting = false
      wake()
    })
  }

  function wake() {
    if (stopped || running || resting || (log.lastSeq() <= seq && pending.seq <= seq)) return
    pass().catch((cause) => report('projector', cause))
  }

  return {
    async start() {
      const [row] = await facts.query(`SELECT value FROM meta WHERE key = 'seq'`)
      seq = Number(row?.value ?? 0)
      pending = nothing(seq)
      for (const event of log.registry()) {
        if (event.seq > seq) break
        if (isRequestEvent(event)) continue
        registry.recall(event, log.key(streamOf(event)) ?? 0)
        if (event.type === 'source.test_mode_changed') projection.testPeriods.apply(event)
      }
      await projection.links.load(facts)
      for (const row of await facts.query(READ_SOURCES))
        freshness.hear({
          source: String(row.source),
          occurredAt: Number(row.occurred_at),
          recordedAt: Number(row.recorded_at),
        })
      await pass()
      unfollow = log.follow(wake)
    },
    async settle() {
      const target = log.lastSeq()
      while (seq < target) await pass()
    },
    seq: () => seq,
    failures: () => failures,
    sources: () => freshness.sources,
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

const nothing = (seq: number) => ({
  seq,
  touched: new Set<number>(),
  fresh: new Map<number, Recorded[]>(),
  registry: new Set<number>(),
  changes: [] as RegistryChange[],
  tests: [] as TestPeriodChange[],
  events: [] as Recorded[],
})

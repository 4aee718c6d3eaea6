import { type DomainEvent, type Recorded, streamOf } from '#server/contract/events.ts'
import { bodyOf, chain, GENESIS, type HashedColumns } from './canonical.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import { messageOf, openWriter } from './file.ts'
import { createImports, type Imports } from './imports.ts'
import { countArrivals, createIntake, type Intake } from './intake.ts'
import { type Appended, ConflictError, type Log, UnavailableError } from './log.ts'
import { openReader } from './reader.ts'
import { requestStreams } from './request-streams.ts'

/** The log file with the small state that lives beside the events. */
export interface SqliteLog extends Log {
  readonly imports: Imports
  /** What arrived, what became of it, and what was refused. */
  readonly intake: Intake
  readonly deliveries: Deliveries
  /** Why the last append could not be stored; null when it was. */
  fault(): string | null
  /** After a fault, writes a row that means nothing, to learn whether the file can be written again. */
  probe(): void
}

export interface LogOptions {
  file: string
  /** UTC epoch milliseconds, for `recordedAt`. */
  now: () => number
  /** Only for a history that is written down afterwards: when each of its events was learned, instead of `now`. */
  learnedAt?: (event: DomainEvent) => number
  report?: (where: string, cause: unknown) => void
}

const KEYS_REMEMBERED = 100_000

interface Refused {
  cause: unknown
}
const isOfSqlite = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_SQLITE_ERROR'

interface Waiting {
  events: readonly DomainEvent[]
  resolve: (appended: Appended) => void
  reject: (cause: unknown) => void
}

export function openLog({ file, now, learnedAt, report = () => {} }: LogOptions): SqliteLog {
  const writer = openWriter(file)
  const reader = openReader(file)

  const insert = writer.prepare(
    'INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const existing = writer.prepare('SELECT type, occurred_at, source, body FROM event WHERE id = ?')
  const findKey = writer.prepare('SELECT key FROM stream WHERE name = ?')
  const addKey = writer.prepare(
    'INSERT INTO stream (name) VALUES (?) ON CONFLICT (name) DO NOTHING',
  )
  const audit = writer.prepare('INSERT INTO audit VALUES (?, ?, ?, ?)')
  const last = writer.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
  const newest = () => {
    const row = last.get()
    return row
      ? { seq: Number(row.seq), hash: Buffer.from(row.hash as Uint8Array).toString('hex') }
      : { seq: 0, hash: GENESIS }
  }
  const intake = createIntake(writer, now)
  const keys = new Map<string, number>()
  const listeners = new Set<(events: readonly Recorded[]) => void>()
  let head = newest()
  let waiting: Waiting[] = []
  let scheduled = false
  let fault: string | null = null
  let closed = false

  function keyOf(name: string): number {
    const known = keys.get(name)
    if (known !== undefined) return known
    const { changes, lastInsertRowid } = addKey.run(name)
    const key = Number(changes ? lastInsertRowid : findKey.get(name)?.key)
    if (keys.size >= KEYS_REMEMBERED) keys.clear()
    keys.set(name, key)
    return key
  }

  function store(events: readonly DomainEvent[]): Appended {
    const stored: Recorded[] = []
    const known: string[] = []
    const batchAt = now()
    const arrivals = countArrivals()
    for (const event of events) {
      const recordedAt = learnedAt?.(event) ?? batchAt
      const row: HashedColumns = {
        seq: head.seq + 1,
        id: event.id,
        type: event.type,
        occurredAt: event.occurredAt,
        recordedAt,
        source: event.source,
        body: bodyOf(event),
      }
      const hash = chain(head.hash, row)
      const { seq, id, type, occurredAt, source, body } = row
      const arrival = arrivals.of(source, recordedAt)
      arrival.arrived++
      const stream = keyOf(streamOf(event))
      const { changes } = insert.run(
        ...[seq, id, stream, type, occurredAt, recordedAt, source, body, hash],
      )
      if (changes) {
        head = { seq, hash: hash.toString('hex') }
        stored.push({ ...event, seq, recordedAt })
        arrival.stored++
        continue
      }
      const first = existing.get(id)
      if (
        first?.body !== body ||
        first.type !== type ||
        first.occurred_at !== occurredAt ||
        first.source !== source
      )
        throw new ConflictError(id)
      known.push(id)
      arrival.known++
    }
    arrivals.write(intake)
    return { stored, known, lastSeq: head.seq }
  }

  /** One batch inside the open transaction: whole, or nothing of it, and why. Only a fault of the file touches the others. */
  function storeWhole(events: readonly DomainEvent[]): Appended | Refused {
    const before = head
    writer.exec('SAVEPOINT batch')
    try {
      const appended = store(events)
      writer.exec('RELEASE batch')
      return appended
    } catch (cause) {
      if (isOfSqlite(cause)) throw cause
      writer.exec('ROLLBACK TO batch; RELEASE batch')
      head = before
      keys.clear()
      if (cause instanceof ConflictError)
        audit.run(now(), 'conflict', cause.id, 'same id, another body; refused')
      return { cause }
    }
  }

  function commitWaiting() {
    scheduled = false
    if (waiting.length === 0) return
    const batches = waiting
    waiting = []
    const before = head
    const outcomes: (Appended | Refused)[] = []
    try {
      writer.exec('BEGIN IMMEDIATE')
      for (const { events } of batches) outcomes.push(storeWhole(events))
      writer.exec('COMMIT')
      fault = null
    } catch (cause) {
      // No second try on the same pages: the next transaction writes its frames anew from the last commit.
      if (writer.isTransaction) writer.exec('ROLLBACK')
      head = before
      keys.clear()
      intake.forget()
      fault = messageOf(cause)
      const refused = new UnavailableError(`the log cannot be written: ${fault}`, { cause })
      for (const { reject } of batches) reject(refused)
      report('log.append', cause)
      return
    }
    const stored: Recorded[] = []
    for (const [index, { resolve, reject }] of batches.entries()) {
      const outcome = outcomes[index]
      if (!outcome || 'cause' in outcome) reject(outcome?.cause)
      else {
        for (const event of outcome.stored) stored.push(event)
        resolve(outcome)
      }
    }
    if (stored.length > 0) tell(stored)
  }

  function tell(stored: readonly Recorded[]) {
    for (const listener of listeners)
      try {
        listener(stored)
      } catch (cause) {
        report('log.follow', cause)
      }
  }

  return {
    append: (events) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new UnavailableError('the log is closed'))
        waiting.push({ events, resolve, reject })
        if (scheduled) return
        scheduled = true
        setImmediate(commitWaiting)
      }),
    read: reader.read,
    stream: reader.stream,
    registry: reader.registry,
    requestStreams: () => requestStreams(file, head.seq),
    key: reader.key,
    lastSeq: () => head.seq,
    follow: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      if (closed) return
      if (waiting.length > 0) commitWaiting()
      closed = true
      reader.close()
      writer.close()
    },
    imports: createImports(writer, intake),
    intake,
    deliveries: createDeliveries(writer),
    fault: () => fault,
    probe() {
      if (closed || fault === null) return
      try {
        writer.exec('INSERT OR REPLACE INTO probe VALUES (1)')
        fault = null
      } catch (cause) {
        fault = messageOf(cause)
      }
    },
  }
}

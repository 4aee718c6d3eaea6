import type { DomainEvent, Recorded } from '#server/contract/events.ts'
import type { RequestStream } from './request-streams.ts'

/** What became of a batch. A batch is stored whole or not at all. */
export interface Appended {
  /** Newly stored, in order. */
  stored: Recorded[]
  /** Ids that were stored before with the same body. */
  known: string[]
  /** `seq` of the last event in the log afterwards. */
  lastSeq: number
}

/** Same id, other body: the first wins. Nothing of the batch was stored; the attempt is in the audit table. */
export class ConflictError extends Error {
  readonly id: string
  constructor(id: string) {
    super(`event "${id}" is already in the log with another body; the first one stands`)
    this.id = id
  }
}

/** The disk or the file would not take it: nothing of the batch was stored, the same batch may be sent again. */
export class UnavailableError extends Error {}

/** The truth: append-only, hash-chained. The only implementation so far is sqlite.ts. */
export interface Log {
  /** Resolves after fsync; concurrent calls share one transaction (group commit). Throws ConflictError, UnavailableError. */
  append(events: readonly DomainEvent[]): Promise<Appended>
  /** Events with `seq` greater than `after`, in order, at most `limit`. */
  read(after: number, limit: number): Recorded[]
  /** All events of one stream key, in `seq` order. */
  stream(key: number): Recorded[]
  /** Registry events (districts, organizations, categories, buildings, tenures) in `seq` order. */
  registry(): Iterable<Recorded>
  /** Events of request streams grouped by stream key, for rebuilds: each stream whole, some thousand at once. */
  requestStreams(): AsyncIterable<RequestStream[]>
  /** The integer key of a stream name such as `request:1-2`; undefined when the log never saw it. Keys never change. */
  key(stream: string): number | undefined
  lastSeq(): number
  /** Called after each durable append; returns the unsubscribe. */
  follow(listener: (events: readonly Recorded[]) => void): () => void
  close(): Promise<void>
}

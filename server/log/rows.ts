import type { SQLOutputValue } from 'node:sqlite'
import type { Recorded } from '#server/contract/events.ts'

export const COLUMNS = 'seq, id, stream, type, occurred_at, recorded_at, source, body'
/** Values in the order of COLUMNS. */
export type EventRow = [
  seq: number,
  id: string,
  stream: number,
  type: string,
  occurredAt: number,
  recordedAt: number,
  source: string,
  body: string,
]

/** The body is filled up in place: millions of events are read at a rebuild, and a copy of each costs more than its parsing. */
export function eventIn([
  seq,
  id,
  ,
  type,
  occurredAt,
  recordedAt,
  source,
  body,
]: EventRow): Recorded {
  const event = JSON.parse(body) as Record<string, unknown>
  event.seq = seq
  event.id = id
  event.type = type
  event.occurredAt = occurredAt
  event.recordedAt = recordedAt
  event.source = source
  // Only append writes rows, from DomainEvent values; verify proves that nobody else did.
  return event as unknown as Recorded
}

export const eventOf = (row: Record<string, SQLOutputValue>): Recorded =>
  eventIn([
    Number(row.seq),
    String(row.id),
    Number(row.stream),
    String(row.type),
    Number(row.occurred_at),
    Number(row.recorded_at),
    String(row.source),
    String(row.body),
  ])

import type { SQLOutputValue } from 'node:sqlite'
import type { Recorded } from '#server/contract/events.ts'

export const COLUMNS = 'seq, id, stream, type, occurred_at, recorded_at, source, body'

export function eventOf(row: Record<string, SQLOutputValue>): Recorded {
  const body = JSON.parse(String(row.body)) as object
  // Only append writes rows, from DomainEvent values; verify proves that nobody else did.
  return {
    ...body,
    seq: Number(row.seq),
    id: String(row.id),
    type: String(row.type),
    occurredAt: Number(row.occurred_at),
    recordedAt: Number(row.recorded_at),
    source: String(row.source),
  } as unknown as Recorded
}

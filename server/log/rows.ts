import type { SQLOutputValue } from 'node:sqlite'
import type { Recorded } from '#server/contract/events.ts'
import { IMPORTS_DDL } from './imports.ts'
import { SUBJECTS_DDL } from './subjects.ts'

export const DDL = `
  CREATE TABLE IF NOT EXISTS stream (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream INTEGER NOT NULL, type TEXT NOT NULL,
    occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, source TEXT NOT NULL,
    body TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS event_stream ON event (stream, seq);
  CREATE INDEX IF NOT EXISTS event_registry ON event (seq) WHERE substr(type, 1, 8) <> 'request.';
  CREATE TABLE IF NOT EXISTS audit (
    at INTEGER NOT NULL, what TEXT NOT NULL, id TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS probe (one INTEGER PRIMARY KEY) STRICT;
  ${IMPORTS_DDL}
  ${SUBJECTS_DDL}`

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

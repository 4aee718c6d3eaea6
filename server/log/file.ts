import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { DELIVERIES_DDL } from './deliveries.ts'
import { IMPORTS_DDL } from './imports.ts'
import { INTAKE_DDL, INTAKE_OF_LOG } from './intake.ts'

const DDL = `
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
  ${DELIVERIES_DDL}`

/** Grows when older programs could not read the file any more. */
const FORMAT = 1

/** The one connection that writes. Throws with the name of the file. */
export function openWriter(file: string): DatabaseSync {
  const db = new DatabaseSync(file)
  try {
    const format = Number(db.prepare('PRAGMA user_version').get()?.user_version)
    if (format > FORMAT) throw new Error(`it is of format ${format}, written by a newer program`)
    db.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON;
      PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536;`)
    const counted = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'intake'").get()
    db.exec(DDL)
    if (!counted) db.exec(`BEGIN IMMEDIATE; ${INTAKE_DDL} ${INTAKE_OF_LOG}; COMMIT`)
    if (format < FORMAT) db.exec(`PRAGMA user_version = ${FORMAT}`)
    return db
  } catch (cause) {
    db.close()
    throw new Error(
      `the log ${file} cannot be opened: ${messageOf(cause)}. Nothing was changed; a backup can be restored into an empty data folder`,
      { cause },
    )
  }
}

/** Reads what is committed, beside the connection that writes. */
export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true })
  db.exec('PRAGMA busy_timeout = 5000')
  return db
}

/** Rows as arrays: an object for each of millions costs more than what is in it. */
export function rowsAsArrays(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true)
  return statement
}

export const messageOf = (cause: unknown) =>
  cause instanceof Error ? cause.message : String(cause)

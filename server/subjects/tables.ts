import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/**
 * Keys lie in a file of their own beside the log, so that no copy of the log can be read by itself: erasing the key makes what
 * older copies of the log hold of the person unreadable.
 */
export const KEYS = 'subject-keys.sqlite'

const CAREFUL = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON;`

const SUBJECTS_DDL = `
  CREATE TABLE IF NOT EXISTS subject (
    id TEXT PRIMARY KEY, sealed BLOB NOT NULL, retain_until INTEGER, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS subject_erased (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`
const KEYS_DDL = `
  CREATE TABLE IF NOT EXISTS subject_key (id TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;`

/** The file must be the one of a log: its audit table takes the entries of who read what. */
export function openSubjectTables(logFile: string): DatabaseSync {
  const db = new DatabaseSync(logFile)
  db.exec(CAREFUL)
  // The first programs made an open table that nothing ever wrote to.
  const columns = db.prepare('PRAGMA table_info(subject)').all()
  if (columns.some(({ name }) => name === 'contact')) db.exec('DROP TABLE subject')
  db.exec(SUBJECTS_DDL)
  return db
}

export function openKeyTable(keyFile: string): DatabaseSync {
  // Before the engine opens it: the files that it lays beside take over its mode, and hold the keys as well.
  closeSync(openSync(keyFile, 'a', 0o600))
  for (const file of [keyFile, `${keyFile}-wal`, `${keyFile}-shm`])
    if (existsSync(file)) chmodSync(file, 0o600)
  const db = new DatabaseSync(keyFile)
  db.exec(CAREFUL)
  db.exec(KEYS_DDL)
  return db
}

/** Folds the write-ahead log into its file and cuts it to nothing; false while a reader holds it. */
export const foldAway = (db: DatabaseSync) =>
  Number(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy) === 0

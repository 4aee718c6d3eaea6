import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const DDL = `
  CREATE TABLE IF NOT EXISTS rule (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, paused INTEGER NOT NULL, muted_until INTEGER,
    changed_by TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS recipient (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, changed_by TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS standing (
    rule TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (rule, subject)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS notice (
    id TEXT PRIMARY KEY, rule TEXT NOT NULL, rule_name TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
    subject TEXT NOT NULL, evidence TEXT NOT NULL, peak REAL NOT NULL, fired_at INTEGER NOT NULL, over_at INTEGER,
    acknowledged_by TEXT, acknowledged_at INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS notice_open ON notice (rule) WHERE over_at IS NULL;
  CREATE INDEX IF NOT EXISTS notice_fired ON notice (fired_at);
  CREATE TABLE IF NOT EXISTS told (
    recipient TEXT NOT NULL, notice TEXT NOT NULL, rule TEXT NOT NULL, began TEXT, over TEXT, done INTEGER NOT NULL,
    PRIMARY KEY (recipient, notice)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS told_open ON told (recipient, rule) WHERE done = 0;
  CREATE TABLE IF NOT EXISTS listener (
    rule TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (rule, recipient)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS grouping (
    recipient TEXT NOT NULL, rule TEXT NOT NULL, news_since INTEGER, last_at INTEGER,
    PRIMARY KEY (recipient, rule)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, recipient TEXT NOT NULL, channel TEXT NOT NULL, rule TEXT, kind TEXT NOT NULL,
    danger INTEGER NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,
    failed INTEGER NOT NULL, next_at INTEGER NOT NULL, ended_at INTEGER, reason TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS message_waiting ON message (next_at) WHERE state = 'waiting';
  CREATE INDEX IF NOT EXISTS message_created ON message (created_at);
  CREATE TABLE IF NOT EXISTS attempt (
    id INTEGER PRIMARY KEY, message TEXT NOT NULL, at INTEGER NOT NULL, channel TEXT NOT NULL, result TEXT NOT NULL,
    latency_ms INTEGER NOT NULL, detail TEXT NOT NULL, by TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS attempt_message ON attempt (message, id);
  CREATE INDEX IF NOT EXISTS attempt_at ON attempt (at);`

export interface NoticesDatabase {
  db: DatabaseSync
  /** All of it or nothing. */
  together<T>(work: () => T): T
}

/** What was told and is to be told: state beside the log, because it is of people at work and not of the city. */
export function openDatabase(file: string): NoticesDatabase {
  const db = new DatabaseSync(file)
  // It holds addresses of people; the files beside it take its rights.
  if (file !== ':memory:') chmodSync(file, 0o600)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
    PRAGMA secure_delete = ON; ${DDL}`)
  return {
    db,
    together(work) {
      if (db.isTransaction) return work()
      db.exec('BEGIN IMMEDIATE')
      try {
        const done = work()
        db.exec('COMMIT')
        return done
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw cause
      }
    },
  }
}

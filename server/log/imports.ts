import type { DatabaseSync } from 'node:sqlite'
import type { IntakeWriter } from './intake.ts'

/** A row of a file that could not become an event. Kept apart from the events: it may hold anything, and can be erased. */
export interface QuarantinedRow {
  /** Line or row number in the file, from 1, the header included. */
  row: number
  field: string
  reason: string
  value: string
}
export interface ImportTotals {
  read: number
  stored: number
  known: number
  quarantined: number
}
export interface ImportEntry extends ImportTotals {
  id: number
  source: string
  file: string
  sha256: string
  /** UTC epoch milliseconds. */
  at: number
}

/** What was imported from which file. The same file of the same source is one entry, however often it is imported. */
export interface Imports {
  /** Forgets what an earlier import of the same file could not store. */
  begin(entry: { source: string; file: string; sha256: string; at: number }): number
  /** One transaction; a (row, field) that is there already is replaced. */
  quarantine(id: number, rows: readonly QuarantinedRow[]): void
  finish(id: number, totals: ImportTotals): void
  list(): ImportEntry[]
  rows(id: number, page?: { after?: number; limit?: number }): QuarantinedRow[]
  /** Rows quarantined over all imports; a row with two faults counts once. */
  quarantined(): number
}

export const IMPORTS_DDL = `
  CREATE TABLE IF NOT EXISTS import (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    read INTEGER NOT NULL DEFAULT 0, stored INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, UNIQUE (source, sha256)) STRICT;
  CREATE TABLE IF NOT EXISTS quarantine (
    import INTEGER NOT NULL, row INTEGER NOT NULL, field TEXT NOT NULL, reason TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (import, row, field)) STRICT, WITHOUT ROWID;`

export function createImports(db: DatabaseSync, intake: IntakeWriter): Imports {
  const find = db.prepare('SELECT id FROM import WHERE source = ? AND sha256 = ?')
  const forget = db.prepare('DELETE FROM quarantine WHERE import = ?')
  const insert = db.prepare('INSERT INTO import (source, file, sha256, at) VALUES (?, ?, ?, ?)')
  const put = db.prepare('INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?)')
  const finish = db.prepare(
    'UPDATE import SET read = ?, stored = ?, known = ?, quarantined = ? WHERE id = ?',
  )
  const list = db.prepare('SELECT * FROM import ORDER BY id')
  const rows = db.prepare(
    'SELECT row, field, reason, value FROM quarantine WHERE import = ? AND row > ? ORDER BY row, field LIMIT ?',
  )
  const count = db.prepare(
    'SELECT count(*) AS n FROM (SELECT DISTINCT import, row FROM quarantine)',
  )
  const begun = new Map<number, { source: string; at: number }>()
  return {
    begin({ source, file, sha256, at }) {
      const known = find.get(source, sha256)?.id
      const id = Number(known ?? insert.run(source, file, sha256, at).lastInsertRowid)
      if (known !== undefined) forget.run(known)
      begun.set(id, { source, at })
      return id
    },
    quarantine(id, found) {
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const { row, field, reason, value } of found) put.run(id, row, field, reason, value)
        db.exec('COMMIT')
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw cause
      }
    },
    finish(id, { read, stored, known, quarantined }) {
      const { source, at } = begun.get(id) ?? { source: '', at: 0 }
      begun.delete(id)
      db.exec('BEGIN IMMEDIATE')
      try {
        finish.run(read, stored, known, quarantined, id)
        intake.add(source, at, 'row', { arrived: read, stored, known, quarantined })
        db.exec('COMMIT')
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK')
        intake.forget()
        throw cause
      }
    },
    // The columns of these tables are exactly the fields of the types (STRICT tables).
    list: () => list.all() as unknown as ImportEntry[],
    rows: (id, { after = 0, limit = 1000 } = {}) =>
      rows.all(id, after, limit) as unknown as QuarantinedRow[],
    quarantined: () => Number(count.get()?.n),
  }
}

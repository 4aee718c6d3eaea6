import type { DatabaseSync } from 'node:sqlite'

/** Messages that were taken, so that the same one again is known. */
export interface Deliveries {
  /** Hash of the body that came under the id; undefined where none did. */
  bodyOf(source: string, id: string): string | undefined
  /** Forgets what is older than `keep` milliseconds. */
  remember(source: string, id: string, body: string, at: number, keep: number): void
}

export const DELIVERIES_DDL = `
  CREATE TABLE IF NOT EXISTS delivery (
    source TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (source, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS delivery_at ON delivery (at);`

export function createDeliveries(db: DatabaseSync): Deliveries {
  const find = db.prepare('SELECT body FROM delivery WHERE source = ? AND id = ?')
  const put = db.prepare('INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?)')
  const forget = db.prepare('DELETE FROM delivery WHERE at < ?')
  return {
    bodyOf: (source, id) => find.get(source, id)?.body as string | undefined,
    remember(source, id, body, at, keep) {
      db.exec('BEGIN IMMEDIATE')
      try {
        forget.run(at - keep)
        put.run(source, id, body, at)
        db.exec('COMMIT')
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw cause
      }
    },
  }
}

import type { DatabaseSync } from 'node:sqlite'

export interface Delivery {
  source: string
  id: string
  /** Hash of it. */
  body: string
  events: number
  at: number
}

/** Messages that were taken, so that the same one again is known. */
export interface Deliveries {
  /** Hash of the body that came under the id, and how many events it told; undefined where none did. */
  find(source: string, id: string): { body: string; events: number } | undefined
  /** Forgets what is older than `keep` milliseconds. */
  remember(delivery: Delivery, keep: number): void
}

export const DELIVERIES_DDL = `
  CREATE TABLE IF NOT EXISTS webhook_delivery (
    source TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, events INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (source, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS webhook_delivery_at ON webhook_delivery (at);`

export function createDeliveries(db: DatabaseSync): Deliveries {
  const find = db.prepare('SELECT body, events FROM webhook_delivery WHERE source = ? AND id = ?')
  const put = db.prepare('INSERT OR REPLACE INTO webhook_delivery VALUES (?, ?, ?, ?, ?)')
  const forget = db.prepare('DELETE FROM webhook_delivery WHERE at < ?')
  return {
    find: (source, id) => {
      const row = find.get(source, id)
      return row && { body: String(row.body), events: Number(row.events) }
    },
    remember({ source, id, body, events, at }, keep) {
      db.exec('BEGIN IMMEDIATE')
      try {
        forget.run(at - keep)
        put.run(source, id, body, events, at)
        db.exec('COMMIT')
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw cause
      }
    },
  }
}

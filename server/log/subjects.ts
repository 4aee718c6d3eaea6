import type { DatabaseSync } from 'node:sqlite'

/** Contacts of people, by the `subjectId` that events carry. The only place for personal data, and the only one that forgets. */
export interface Subjects {
  put(id: string, contact: Readonly<Record<string, string>>, at: number): void
  get(id: string): Record<string, string> | undefined
  /** True when there was something to erase. The freed pages are overwritten (secure_delete). */
  erase(id: string): boolean
}

export const SUBJECTS_DDL = `
  CREATE TABLE IF NOT EXISTS subject (
    id TEXT PRIMARY KEY, contact TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`

export function createSubjects(db: DatabaseSync): Subjects {
  const put = db.prepare('INSERT OR REPLACE INTO subject VALUES (?, ?, ?)')
  const get = db.prepare('SELECT contact FROM subject WHERE id = ?')
  const erase = db.prepare('DELETE FROM subject WHERE id = ?')
  return {
    put: (id, contact, at) => {
      put.run(id, JSON.stringify(contact), at)
    },
    get: (id) => {
      const row = get.get(id)
      return row && (JSON.parse(String(row.contact)) as Record<string, string>)
    },
    erase: (id) => {
      const erased = Number(erase.run(id).changes) > 0
      // The write-ahead log still holds the old page until it is folded in and cut.
      if (erased) db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      return erased
    },
  }
}

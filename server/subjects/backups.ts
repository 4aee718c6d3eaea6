import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { reseal } from '#server/log/backup.ts'
import { rememberedAs, renameReadings } from './remembered-as.ts'
import { KEYS } from './tables.ts'

/** Folders that `backup` wrote of this city, oldest first, so that an erasure reaches them. */
const Remembered = z.array(z.object({ path: z.string(), takenAt: z.string() }))
type Remembered = z.output<typeof Remembered>

const listFile = (dataDir: string) => join(dataDir, 'backups.json')

export function rememberedBackups(dataDir: string): Remembered {
  if (!existsSync(listFile(dataDir))) return []
  return Remembered.parse(JSON.parse(readFileSync(listFile(dataDir), 'utf8')))
}

export function rememberBackup(dataDir: string, backup: { path: string; takenAt: string }) {
  const list = [...rememberedBackups(dataDir).filter(({ path }) => path !== backup.path), backup]
  const fresh = `${listFile(dataDir)}.new`
  writeFileSync(fresh, `${JSON.stringify(list, null, 2)}\n`, { mode: 0o600 })
  renameSync(fresh, listFile(dataDir))
}

/** Takes the person out of one backup, key and row, and seals its manifest anew. The events and their chain are untouched. */
export async function eraseInBackup(folder: string, subjectId: string, at: number) {
  const path = resolve(folder)
  for (const [name, table] of [
    [KEYS, 'subject_key'],
    ['log.sqlite', 'subject'],
  ] as const) {
    if (!existsSync(join(path, name))) continue
    const db = new DatabaseSync(join(path, name))
    try {
      db.exec('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL')
      const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
      const has = (wanted: string) => tables.some((row) => row.name === wanted)
      if (has(table)) writeAnew(db, table, subjectId)
      if (has('subject_erased'))
        db.prepare('INSERT OR REPLACE INTO subject_erased VALUES (?, ?)').run(
          rememberedAs(subjectId),
          at,
        )
      if (has('audit')) renameReadings(db, subjectId)
    } finally {
      db.close()
    }
  }
  await reseal(path)
}

/**
 * A copy is written without care for what its pages held a moment before, so bytes of a row may stand beside it, where no DELETE
 * reaches. All rows are taken out, which overwrites every page of the table, and those of the others are put back.
 */
function writeAnew(db: DatabaseSync, table: 'subject' | 'subject_key', without: string) {
  db.exec('PRAGMA temp_store = MEMORY; BEGIN IMMEDIATE')
  db.exec(`CREATE TEMP TABLE kept AS SELECT * FROM ${table}`)
  db.prepare('DELETE FROM kept WHERE id = ?').run(without)
  db.exec(`
    DELETE FROM ${table};
    INSERT INTO ${table} SELECT * FROM kept ORDER BY id;
    COMMIT;
    DROP TABLE kept`)
}

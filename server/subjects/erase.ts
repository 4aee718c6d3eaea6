import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eraseInBackup, rememberedBackups } from './backups.ts'
import {
  filesUnder,
  type Pattern,
  patternsOf,
  rawPatterns,
  type Searched,
  searchFile,
} from './byte-search.ts'
import { rememberedAs } from './remembered-as.ts'
import type { Contact, Subjects } from './subjects.ts'
import { foldAway } from './tables.ts'

export interface EraseOptions {
  subjects: Subjects
  dataDir: string
  subjectId: string
  /** On what ground, for the act; never about the person. */
  reason: string
  /** Who did it, by role or login of the machine. */
  by: string
  at: number
  /** Backups beside the remembered ones, and folders of exports. */
  backups?: readonly string[]
  also?: readonly string[]
}

/** The act of an erasure: what, when, by whom, where it was looked for and what was found. No value of the person is in it. */
export interface Act {
  subjectId: string
  at: string
  by: string
  reason: string
  /** Names of the fields that were kept, and how many texts. */
  erased: string[]
  /** Rows of imports that could not be stored and held a value of the person. */
  quarantineRows: number
  backups: string[]
  /** Backups known of that are not where they were written: whoever holds them erases there too. */
  backupsNotReached: string[]
  /** Fields too short to be told from chance in a search of bytes. */
  tooShort: string[]
  searched: Searched[]
  /** Nothing was found anywhere. */
  proved: boolean
}

/**
 * Erases a person and looks for every value of theirs, byte by byte, in everything of the data folder, in the backups and in the
 * folders named. Undefined where nothing was kept. The connections of `subjects` are closed before the files are read: a file
 * read and closed beside an open database would drop its locks.
 */
export async function eraseSubject(options: EraseOptions): Promise<Act | undefined> {
  const { subjects, dataDir, subjectId, reason, by, at } = options
  const removed = subjects.remove(subjectId, at)
  if (!removed) return undefined
  const values = valuesOf(removed.contact)
  const quarantineRows = clearQuarantine(join(dataDir, 'log.sqlite'), values)
  const patterns: Pattern[] = [
    ...values.flatMap(({ of, value }) => patternsOf(of, value)),
    ...removed.raw.flatMap((bytes) => rawPatterns('sealed row or key', bytes)),
  ]
  const tooShort = values.filter(({ of, value }) => patternsOf(of, value).length === 0)

  const known = [...rememberedBackups(dataDir).map(({ path }) => path), ...(options.backups ?? [])]
  const folders = [...new Set(known.map((path) => resolve(path)))]
  const backups = folders.filter((path) => existsSync(path))
  for (const path of backups) await eraseInBackup(path, subjectId, at)

  const act = {
    subjectId,
    at: new Date(at).toISOString(),
    by,
    reason,
    erased: values.map(({ of }) => of),
    quarantineRows,
    backups,
    backupsNotReached: folders.filter((path) => !existsSync(path)),
    tooShort: tooShort.map(({ of }) => of),
  }
  const { at: _, subjectId: __, ...detail } = act
  subjects.audit({ at, what: 'subject.erased', id: rememberedAs(subjectId), detail })
  subjects.close()

  const places = [dataDir, ...backups, ...(options.also ?? [])].map((path) => resolve(path))
  const files = new Set(places.filter((path) => existsSync(path)).flatMap(filesUnder))
  const searched = [...files].map((path) => searchFile(path, patterns))
  return { ...act, searched, proved: searched.every(({ found }) => found.length === 0) }
}

/**
 * Files that hold a value of the person and are nobody's to erase but a hand: old exports, copies. Looked for before an erasure,
 * because afterwards nobody knows any more what to look for.
 */
export function heldElsewhere({
  subjects,
  dataDir,
  subjectId,
  backups = [],
  also = [],
}: Omit<EraseOptions, 'reason' | 'by' | 'at'>): Searched[] {
  const contact = subjects.contact(subjectId)
  if (!contact) return []
  const patterns = valuesOf(contact).flatMap(({ of, value }) => patternsOf(of, value))
  const folders = [
    dataDir,
    ...rememberedBackups(dataDir).map(({ path }) => path),
    ...backups,
    ...also,
  ]
  const files = folders
    .filter((path) => existsSync(path))
    .flatMap((path) => filesUnder(resolve(path)))
  return [...new Set(files)]
    .filter((path) => !OURS.test(path))
    .map((path) => searchFile(path, patterns))
    .filter(({ found }) => found.length > 0)
}
/** What the erasure itself cleans, and what it must not read while it is open. */
const OURS = /(^|\/)(log|subject-keys)\.sqlite(-wal|-shm)?$/

function valuesOf({ texts, consent: _, ...fields }: Contact): { of: string; value: string }[] {
  return [
    ...Object.entries(fields).map(([of, value]) => ({ of, value })),
    ...Object.entries(texts).map(([request, value]) => ({ of: `text of ${request}`, value })),
  ]
}

/** What an import could not store is kept as it was read, and may be anything. */
function clearQuarantine(file: string, values: readonly { value: string }[]): number {
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON')
    const clear = db.prepare("UPDATE quarantine SET value = '[erased]' WHERE instr(value, ?) > 0")
    let rows = 0
    for (const { value } of values)
      if (Buffer.byteLength(value) >= 6) rows += Number(clear.run(value).changes)
    if (rows > 0) foldAway(db)
    return rows
  } finally {
    db.close()
  }
}

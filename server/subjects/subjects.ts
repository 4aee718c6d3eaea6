import type { DatabaseSync } from 'node:sqlite'
import type { ContactField, Role } from '#server/contract/roles.ts'
import type { SubjectRecord } from '#server/contract/subjects.ts'
import { UnavailableError } from '#server/log/log.ts'
import { rememberedAs, renameReadings } from './remembered-as.ts'
import { KEY_BYTES, newNonce, seal, unseal } from './seal.ts'
import { foldAway, openKeyTable, openSubjectTables } from './tables.ts'

/** What is kept of one person. */
export interface Contact {
  name?: string
  phone?: string
  email?: string
  flat?: string
  consent?: boolean
  /** What the person wrote, by number of the request. */
  texts: Record<string, string>
}

/** Who looked at what of whom, and why. Never the value. */
export interface Reading {
  at: number
  role: Role
  subjectId: string
  field: ContactField
  reason: string
}

export interface Put {
  stored: number
  /** Subjects that were erased before; nothing is kept of them again, whoever sends it. */
  erased: string[]
}

export interface Removed {
  contact: Contact
  /** The bytes that stood in the files: ciphertext and key. */
  raw: Buffer[]
}

/** Contacts of people, by the `subjectId` that events carry: the only place for personal data, and the only one that forgets. */
export interface Subjects {
  /** All of them after one fsync, or none. Throws UnavailableError. */
  put(records: readonly SubjectRecord[], at: number): Put
  /** Without a trace: for masks and for the erasure itself. Whoever is shown a value is written down by `read`. */
  contact(subjectId: string): Contact | undefined
  /** The value, after the entry of who reads it is on the disk. */
  read(reading: Reading, request?: string): string | undefined
  readings(): Reading[]
  /** Undefined where nothing is kept of this person. */
  remove(subjectId: string, at: number): Removed | undefined
  /** When a person was erased. */
  erasedAt(subjectId: string): number | undefined
  /** Subjects whose retention has ended by then. */
  due(at: number): string[]
  audit(entry: { at: number; what: string; id: string; detail: object }): void
  close(): void
}

interface SubjectsOptions {
  logFile: string
  keyFile: string
  random: (bytes: number) => Buffer
}

export function openSubjects({ logFile, keyFile, random }: SubjectsOptions): Subjects {
  const db = openSubjectTables(logFile)
  const keys = openKeyTable(keyFile)
  const findRow = db.prepare('SELECT sealed, retain_until FROM subject WHERE id = ?')
  const putRow = db.prepare('INSERT OR REPLACE INTO subject VALUES (?, ?, ?, ?)')
  const dropRow = db.prepare('DELETE FROM subject WHERE id = ?')
  const findErased = db.prepare('SELECT at FROM subject_erased WHERE id = ?')
  const putErased = db.prepare('INSERT OR REPLACE INTO subject_erased VALUES (?, ?)')
  const findDue = db.prepare('SELECT id FROM subject WHERE retain_until <= ? ORDER BY id')
  const putAudit = db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?)')
  const readAudit = db.prepare(
    `SELECT at, id, detail FROM audit WHERE what = '${READ}' ORDER BY rowid`,
  )
  const findKey = keys.prepare('SELECT key FROM subject_key WHERE id = ?')
  const putKey = keys.prepare('INSERT INTO subject_key VALUES (?, ?)')
  const dropKey = keys.prepare('DELETE FROM subject_key WHERE id = ?')

  const keyOf = (id: string) => bytesOf(findKey.get(id)?.key)
  const erasedAt = (id: string) => {
    const at = (findErased.get(rememberedAs(id)) ?? findErased.get(id))?.at
    return at === undefined ? undefined : Number(at)
  }
  function contact(id: string): Contact | undefined {
    const sealed = bytesOf(findRow.get(id)?.sealed)
    const key = keyOf(id)
    // Without its key the row is what an interrupted erasure left: nothing.
    return sealed && key && (JSON.parse(unseal(sealed, { key, id })) as Contact)
  }

  function putOne(record: SubjectRecord, at: number) {
    const { subjectId: id, request, text, retainUntil, ...told } = record
    const known = contact(id)
    const next: Contact = { texts: {}, ...known, ...told }
    if (request && text) next.texts = { ...next.texts, [request]: text }
    let key = keyOf(id)
    if (!key) {
      key = random(KEY_BYTES)
      putKey.run(id, key)
    }
    const sealed = seal(JSON.stringify(next), { key, id, nonce: newNonce(random) })
    putRow.run(
      id,
      sealed,
      retainUntil ?? (findRow.get(id)?.retain_until as number | null) ?? null,
      at,
    )
  }

  const audit: Subjects['audit'] = ({ at, what, id, detail }) => {
    putAudit.run(at, what, id, JSON.stringify(detail))
  }

  return {
    put(records, at) {
      const erased = new Set<string>()
      let stored = 0
      try {
        // Keys first: a key without a row is nothing, a row without a key would be lost.
        both(keys, db, () => {
          for (const record of records) {
            if (erasedAt(record.subjectId) !== undefined) erased.add(record.subjectId)
            else {
              putOne(record, at)
              stored += 1
            }
          }
        })
      } catch (cause) {
        throw new UnavailableError('contacts cannot be written', { cause })
      }
      return { stored, erased: [...erased] }
    },
    contact,
    read({ at, subjectId, ...reading }, request) {
      const known = contact(subjectId)
      const value = reading.field === 'text' ? known?.texts[request ?? ''] : known?.[reading.field]
      if (value !== undefined) audit({ at, what: READ, id: subjectId, detail: reading })
      return value
    },
    readings: () =>
      readAudit.all().map(({ at, id, detail }) => ({
        at: Number(at),
        subjectId: String(id),
        ...(JSON.parse(String(detail)) as Omit<Reading, 'at' | 'subjectId'>),
      })),
    remove(id, at) {
      const known = contact(id)
      const raw = [bytesOf(findRow.get(id)?.sealed), keyOf(id)].filter(
        (bytes) => bytes !== undefined,
      )
      if (raw.length === 0) return undefined
      both(keys, db, () => {
        dropKey.run(id)
        dropRow.run(id)
        putErased.run(rememberedAs(id), at)
        renameReadings(db, id)
      })
      foldAway(keys)
      foldAway(db)
      return { contact: known ?? { texts: {} }, raw }
    },
    erasedAt,
    due: (at) => findDue.all(at).map(({ id }) => String(id)),
    audit,
    close() {
      if (db.isOpen) db.close()
      if (keys.isOpen) keys.close()
    },
  }
}

const READ = 'subject.read'

const bytesOf = (value: unknown): Buffer | undefined =>
  value instanceof Uint8Array ? Buffer.from(value) : undefined

function both(first: DatabaseSync, second: DatabaseSync, work: () => void) {
  first.exec('BEGIN IMMEDIATE')
  try {
    second.exec('BEGIN IMMEDIATE')
    work()
    first.exec('COMMIT')
    second.exec('COMMIT')
  } finally {
    for (const db of [first, second]) if (db.isTransaction) db.exec('ROLLBACK')
  }
}

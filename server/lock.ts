import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** Who works on a data folder. `url` is there once it listens. */
export interface Holder {
  pid: number
  /** The command it runs, e.g. `serve`. */
  command: string
  url?: string | undefined
}

export class HeldError extends Error {
  readonly holder: Holder | null
  constructor(dataDir: string, holder: Holder | null) {
    const who = holder ? `process ${holder.pid} (${holder.command})` : 'another process'
    super(`the data folder ${dataDir} is in use by ${who}; stop it first`)
    this.holder = holder
  }
}

export interface Lock {
  /** Tells others where to ask while this process holds the folder. */
  listens(url: string): void
  release(): void
}

const Holder = z.object({
  pid: z.number().int(),
  command: z.string(),
  url: z.string().optional(),
})

/**
 * One process per data folder. The lock is the operating system's own, on a file, taken through SQLite: it ends with the
 * process, however it ends, so there is no stale lock to recover and no pid to mistake for another's. `lock.json` only
 * says who holds it. Throws HeldError.
 */
export function takeLock(dataDir: string, holder: Holder): Lock {
  const held = writable(dataDir, () => {
    makeFolder(dataDir)
    return hold(dataDir)
  })
  if (!held) throw new HeldError(dataDir, readHolder(dataDir))
  try {
    writable(dataDir, () => write(dataDir, holder))
  } catch (cause) {
    held.close()
    throw cause
  }
  let released = false
  return {
    listens: (url) => write(dataDir, { ...holder, url }),
    release() {
      if (released) return
      released = true
      rmSync(nameFile(dataDir), { force: true })
      held.close()
    },
  }
}

/** Who holds the folder now; null when nobody does. */
export function holderOf(dataDir: string): Holder | null {
  const held = hold(dataDir)
  held?.close()
  return held ? null : readHolder(dataDir)
}

const nameFile = (dataDir: string) => join(dataDir, 'lock.json')

function hold(dataDir: string): DatabaseSync | undefined {
  const db = new DatabaseSync(join(dataDir, 'lock'))
  try {
    // The lock alone is wanted: nothing is ever written, so no journal either.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE')
    return db
  } catch (cause) {
    db.close()
    // SQLITE_BUSY: another connection holds it.
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === 5) return undefined
    throw cause
  }
}

function write(dataDir: string, holder: Holder) {
  const file = nameFile(dataDir)
  writeFileSync(`${file}.new`, JSON.stringify(holder))
  renameSync(`${file}.new`, file)
}

function readHolder(dataDir: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(nameFile(dataDir), 'utf8')))
  } catch {
    return null
  }
}

/** With what leads to it. Node's own way never ends where the system refuses as /proc does. */
function makeFolder(path: string) {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
}

/** Does what needs the right to write there, or says that it is missing and what to set. */
function writable<T>(dataDir: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `the data folder ${dataDir} cannot be written (${why}): set DOMOVOI_DATA to a folder that the user of this process may write`,
      { cause },
    )
  }
}

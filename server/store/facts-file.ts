import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Facts, type FactsOptions, openFacts } from './duckdb.ts'
import { DDL, SCHEMA_VERSION } from './schema.ts'

/** The facts are of another schema version. */
export class VersionError extends Error {}

/** Opens a facts file and gives an empty one its tables. Throws when the file is damaged or of another schema version. */
export async function openFactsFile(options: FactsOptions): Promise<Facts> {
  const facts = await openFacts(options)
  try {
    if (options.readOnly) await checkVersion(facts)
    else {
      await facts.write(async (writer) => {
        for (const statement of DDL) await writer.run(statement)
        if (!(await checkVersion(writer)))
          await writer.run(
            `INSERT INTO meta VALUES ('schema', $version), ('seq', 0), ('event', 0)`,
            { version: SCHEMA_VERSION },
          )
      })
      await facts.checkpoint()
    }
  } catch (cause) {
    await facts.close().catch(() => {})
    throw cause
  }
  return facts
}

/** Whether the facts say their version; throws when it is another than this program's. */
async function checkVersion({ query }: Pick<Facts, 'query'>): Promise<boolean> {
  const [version] = await query(`SELECT value FROM meta WHERE key = 'schema'`)
  if (version && version.value !== SCHEMA_VERSION)
    throw new VersionError(
      `the facts are of version ${version.value}, the program writes version ${SCHEMA_VERSION}`,
    )
  return version !== undefined
}

const KEPT = 2
const walOf = (file: string) => `${file}.wal`

/** Moves a facts file out of the way under a name with the time, keeps the two newest of such, and tells the new name. */
export function quarantine(file: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(':', '-')
  const damaged = `${file}.damaged-${time}`
  if (existsSync(file)) renameSync(file, damaged)
  if (existsSync(walOf(file))) renameSync(walOf(file), walOf(damaged))
  const folder = dirname(file)
  const kept = readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(file)}.damaged-`) && !name.endsWith('.wal'))
    .sort()
  for (const name of kept.slice(0, -KEPT)) removeFacts(join(folder, name))
  return damaged
}

export function removeFacts(file: string) {
  rmSync(file, { force: true })
  rmSync(walOf(file), { force: true })
}

/** Puts a closed, checkpointed facts file in the place of another. */
export function swapIn(fresh: string, file: string) {
  rmSync(walOf(file), { force: true })
  renameSync(fresh, file)
}

/** Whether the engine says that the file itself is broken, so that only a rebuild helps. */
export const isDamage = (cause: unknown): boolean =>
  cause instanceof VersionError ||
  /corrupt|checksum|could not read (enough|all) bytes|not a valid DuckDB|replaying WAL|serializ|storage version/i.test(
    faultOf(cause),
  )

/** Whether the open instance is of no use any more, e.g. after a full disk, though the file may be sound. */
export const isInvalidated = (cause: unknown): boolean =>
  /has been invalidated|FATAL|No space left|could not (write|truncate|sync|fsync|flush)|fsync failed/i.test(
    faultOf(cause),
  )

/** What the engine says of itself. What it says of a question may quote the words of whoever asked, and proves nothing. */
const faultOf = (cause: unknown) => {
  const message = messageOf(cause)
  return /^(Parser|Binder|Catalog|Conversion|Constraint|Invalid Input|Out of Range) Error/.test(
    message,
  )
    ? ''
    : message
}

/** The process that has the file open, as the engine names it; undefined where the fault is another. */
export const holderOf = (cause: unknown): string | undefined =>
  /Conflicting lock is held in (.*?PID \d+\)?)/.exec(messageOf(cause))?.[1]

/** Whether there was no room to write. */
export const isFull = (cause: unknown): boolean =>
  /No space left|ENOSPC|disk is full/i.test(messageOf(cause))

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

const ROOM_BYTES = 64 * 1024 * 1024

/** Less room than this is not written into: a transaction that meets the end of the disk ends the whole instance. */
export async function hasRoom(file: string): Promise<boolean> {
  const { bavail, blocks, bsize } = await statfs(dirname(file))
  return bavail * bsize > Math.min(ROOM_BYTES, blocks * bsize * 0.02)
}

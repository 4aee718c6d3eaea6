import { createHash, hash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { filesBeside, KEYS, LOG, mayBeNamed, missingBeside, STATE } from './backup-files.ts'
import { canonicalJson } from './canonical.ts'
import { verifyLog } from './verify.ts'

const Manifest = z.object({
  format: z.literal(1),
  /** ISO 8601. */
  takenAt: z.string(),
  events: z.number().int(),
  head: z.string(),
  /** Of the manifest without this field, as canonical JSON. */
  sha256: z.string(),
  files: z.array(
    z.object({
      name: z.string().refine(mayBeNamed),
      bytes: z.number().int(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})
export type Manifest = z.output<typeof Manifest>

/** A backup that must not be trusted, or a folder that must not be written: says which file and why. */
export class BackupError extends Error {}

type Told = (done: number, total: number) => void

/**
 * Copies the log as of one moment, while it may go on growing, into a new folder with checksums of every file. `missing` says
 * what the city's settings name and the backup could not take.
 */
export async function backupTo(
  target: string,
  { dataDir, now, progress = () => {} }: { dataDir: string; now: number; progress?: Told },
): Promise<Manifest & { missing: string[] }> {
  if (existsSync(target)) throw new BackupError(`${target} is there already; name a new folder`)
  if (!existsSync(join(dataDir, LOG))) throw new BackupError(`${dataDir} holds no log`)
  const partial = `${target}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true, mode: 0o700 })
  try {
    // The log first: whoever is written down between the two has a key without a row, which is nothing.
    for (const name of [LOG, KEYS, ...STATE])
      if (existsSync(join(dataDir, name))) snapshot(join(dataDir, name), join(partial, name))
    for (const name of filesBeside(dataDir)) {
      mkdirSync(dirname(join(partial, name)), { recursive: true, mode: 0o700 })
      copyFileSync(join(dataDir, name), join(partial, name))
    }
    const { events, head } = verifyLog(join(partial, LOG), progress)
    const manifest = await writeManifest(partial, {
      format: 1,
      takenAt: new Date(now).toISOString(),
      events,
      head,
    })
    renameSync(partial, target)
    flush(dirname(target))
    return { ...manifest, missing: missingBeside(target) }
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true })
    throw cause
  }
}

function snapshot(from: string, to: string) {
  const source = new DatabaseSync(from, { readOnly: true })
  try {
    // One snapshot from first page to last; the page-wise backup starts again whenever another process writes.
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
}

type Head = Pick<Manifest, 'format' | 'takenAt' | 'events' | 'head'>

async function writeManifest(folder: string, taken: Head): Promise<Manifest> {
  const files: Manifest['files'] = []
  const all = [LOG, KEYS, ...STATE, ...filesBeside(folder)]
  for (const name of all.filter((known) => existsSync(join(folder, known)))) {
    const file = join(folder, name)
    flush(file)
    files.push({ name, bytes: statSync(file).size, sha256: await sha256(file) } as const)
  }
  const content = { ...taken, files } as const
  const manifest: Manifest = { ...content, sha256: sealOf(content) }
  const file = join(folder, 'manifest.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`)
  flush(`${file}.new`)
  renameSync(`${file}.new`, file)
  return manifest
}

/** After a person was erased in it: the same events and the same head, other bytes of the files. */
export async function reseal(folder: string): Promise<void> {
  const { format, takenAt, events, head } = readManifest(folder)
  const proved = verifyLog(join(folder, LOG), () => {})
  if (proved.events !== events || proved.head !== head)
    throw new BackupError(`the backup is damaged: its log is not the one of its manifest`)
  await writeManifest(folder, { format, takenAt, events, head })
}

/** Puts a backup into an empty data folder after every checksum and the whole chain were proved. */
export async function restoreFrom(
  source: string,
  { dataDir, progress = () => {} }: { dataDir: string; progress?: Told },
): Promise<Manifest> {
  const occupied = existsSync(dataDir) && readdirSync(dataDir).filter((name) => !isLock(name))
  if (occupied && occupied.length > 0)
    throw new BackupError(`${dataDir} is not empty (${occupied[0]}); restore into a new folder`)
  const manifest = readManifest(source)
  for (const { name, bytes, sha256: expected } of manifest.files) {
    const file = join(source, name)
    if (!existsSync(file)) throw new BackupError(`the backup is damaged: ${file} is missing`)
    if (statSync(file).size !== bytes || (await sha256(file)) !== expected)
      throw new BackupError(
        `the backup is damaged: ${file} is not what was written; nothing was restored`,
      )
  }
  const { events, head } = verifyLog(join(source, LOG), progress)
  if (events !== manifest.events || head !== manifest.head)
    throw new BackupError(`the backup is damaged: its log is not the one of its manifest`)
  mkdirSync(dataDir, { recursive: true })
  // The log comes last, under its name only when whole: a folder without it counts as empty.
  for (const { name } of [...manifest.files].sort((a) => (a.name === LOG ? 1 : -1))) {
    const file = join(dataDir, name)
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(join(source, name), `${file}.new`)
    flush(`${file}.new`)
    renameSync(`${file}.new`, file)
  }
  flush(dataDir)
  return manifest
}

function readManifest(source: string): Manifest {
  const file = join(source, 'manifest.json')
  let manifest: Manifest
  try {
    manifest = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new BackupError(`${source} is not a backup: ${file} is missing or damaged`, { cause })
  }
  const { sha256: seal, ...content } = manifest
  if (seal !== sealOf(content))
    throw new BackupError(`the backup is damaged: ${file} is not what was written`)
  return manifest
}

const sealOf = (content: object) => hash('sha256', canonicalJson(content))
/** `lock`, its journal, and who holds it. */
const isLock = (name: string) => /^lock\b/.test(name)

async function sha256(file: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(file), digest)
  return digest.digest('hex')
}

function flush(path: string) {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

import { createHash } from 'node:crypto'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Hono } from 'hono'
import { z } from 'zod'
import type { ImportApplied, ImportPreview } from '#server/contract/import-preview.ts'
import { BodyFault } from '#server/ingest/body.ts'
import { type Gate, PressureFault } from '#server/ingest/pressure.ts'
import { createReadings } from '#server/ingest/readings.ts'
import { UnavailableError } from '#server/log/log.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import { importFile } from './import.ts'
import { parseMapping } from './mapping.ts'
import { PRESET_NAMES, presetOf } from './presets.ts'
import { previewImport } from './preview.ts'
import { ImportRefusal } from './refusal.ts'
import { savedMappings, saveMapping } from './saved-mappings.ts'

/** What a register of a whole city is, packed: the largest known is 1.3 MB. */
const MOST_BYTES = 32 * 1024 * 1024
/** Unpacked, and its rows: the register of Moscow has 34,000, and a preview holds what each would change. */
const MOST = { bytes: 256 * 1024 * 1024, rows: 250_000 }
const READING = { atOnce: 3, patience: () => AbortSignal.timeout(300_000) }
/** Previewed files kept at once; the oldest goes first. */
const MOST_KEPT = 10
/** A previewed file is kept so long for whoever applies it. */
const KEPT_MS = 24 * 3_600_000

export interface PreviewWorld {
  dataDir: string
  log: SqliteLog
  gate: Gate
  now: () => number
  report: (where: string, cause: unknown) => void
}

const Given = z.object({
  name: z.string().min(1).max(200),
  preset: z.enum(PRESET_NAMES as [string, ...string[]]).optional(),
  /** A mapping as JSON text, instead of a preset. */
  mapping: z.string().max(4000).optional(),
  asOf: z.iso.date().optional(),
  region: z.string().max(60).optional(),
})
const Apply = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  diff: z.string().regex(/^[0-9a-f]{64}$/),
})

/**
 * `POST /registry/preview?name=…&preset=…` with the bytes of a file tells what it would change and stores nothing.
 * `POST /registry/apply?…&sha256=…&diff=…` stores exactly that; where the log has moved on and the same file would now change
 * something else, it stores nothing and tells that instead. `GET /registry/mappings`: descriptions of columns to begin with. One at a time: each reads the whole file and the whole registry.
 */
export function previewRoutes(world: PreviewWorld): Hono {
  const { dataDir, log, gate, now, report } = world
  const folder = join(dataDir, 'previews')
  const app = new Hono()
  const readings = createReadings(READING)
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => {})
    return mine
  }
  const refused = (
    cause: unknown,
  ): { status: 400 | 408 | 413 | 415 | 429 | 503 | 500; error: string } => {
    if (cause instanceof TooLarge)
      return { status: 413, error: `a file has at most ${MOST_BYTES / 1024 / 1024} MB` }
    if (cause instanceof ImportRefusal)
      return { status: 400, error: cause.message.replaceAll(PLACE, '') }
    if (cause instanceof PressureFault || cause instanceof BodyFault)
      return { status: cause.status, error: cause.message }
    if (cause instanceof UnavailableError)
      return { status: 503, error: `nothing was stored: ${cause.message}; try again` }
    report('registry/import', cause)
    return { status: 500, error: 'the file could not be read; nothing was stored' }
  }
  const optionsOf = (given: z.output<typeof Given>, sha256: string) => {
    const { asOf, region } = given
    const place = join(folder, sha256.slice(0, 16))
    const mapping = given.mapping === undefined ? undefined : join(place, 'mapping.json')
    const read =
      given.mapping === undefined ? presetOf(given.preset ?? '') : mappingOf(given.mapping)
    if (read.kind !== 'register') throw new ImportRefusal(NOT_A_REGISTER)
    if (mapping && existsSync(place)) writeFileSync(mapping, given.mapping ?? '')
    return {
      ...{ file: join(place, nameOf(given.name)), dataDir, log, now, most: MOST },
      ...(mapping ? { mapping } : { preset: given.preset ?? '' }),
      ...(asOf && { asOf }),
      ...(region && { region }),
    }
  }

  app.get('/registry/mappings', (c) => c.json(savedMappings(dataDir, 'register')))

  app.post('/registry/preview', async (c) => {
    const given = Given.safeParse(c.req.query())
    if (!given.success) return c.json({ error: faultOf(given.error) }, 400)
    // A type that a page of another origin cannot send without asking first.
    if (c.req.header('content-type') !== 'application/octet-stream' || !c.req.raw.body)
      return c.json({ error: 'send the bytes of the file as application/octet-stream' }, 415)
    try {
      forget(folder, now())
      // Where the disk has room for it.
      await gate.pass(async () => {})
      const sha256 = await readings(c.req.raw, (body) =>
        keep(folder, nameOf(given.data.name), body ?? new ReadableStream()),
      )
      const found: ImportPreview = await inTurn(() => previewImport(optionsOf(given.data, sha256)))
      return c.json(found)
    } catch (cause) {
      const { status, error } = refused(cause)
      return c.json({ error }, status)
    }
  })

  app.post('/registry/apply', async (c) => {
    if (c.req.header('content-type') !== 'application/octet-stream')
      return c.json({ error: 'send application/octet-stream' }, 415)
    const given = Given.extend(Apply.shape).safeParse(c.req.query())
    if (!given.success) return c.json({ error: faultOf(given.error) }, 400)
    try {
      const { sha256, diff } = given.data
      const options = optionsOf(given.data, sha256)
      const answer = await inTurn(async (): Promise<ImportApplied> => {
        if (!exists(options.file))
          throw new ImportRefusal('the previewed file is not kept any more; choose it again')
        const found = await previewImport(options)
        if (found.sha256 !== sha256 || found.diff !== diff) return { moved: found }
        await importFile({ ...options, imports: log.imports })
        const { mapping } = given.data
        if (mapping) saveMapping(dataDir, 'register', mappingOf(mapping).source, mapping)
        rmSync(join(folder, sha256.slice(0, 16)), { recursive: true, force: true })
        return { stored: found }
      })
      return c.json(answer, 'stored' in answer ? 200 : 409)
    } catch (cause) {
      const { status, error } = refused(cause)
      return c.json({ error }, status)
    }
  })
  return app
}

/** Where the file lies is nobody's business. */
const PLACE = /\S*[\\/]previews[\\/][0-9a-f]{16}[\\/]/g
const NOT_A_REGISTER = 'this mapping is of requests; files of requests are read on the sources page'
function mappingOf(text: string) {
  try {
    return parseMapping(JSON.parse(text), 'the mapping')
  } catch (cause) {
    if (cause instanceof ImportRefusal) throw cause
    throw new ImportRefusal(`the mapping is no JSON: ${(cause as Error).message}`, { cause })
  }
}
const faultOf = (error: z.ZodError) => {
  const [fault] = error.issues
  return `${fault?.path.join('.')}: ${fault?.message}`
}
/** The date of a register may be in the name of its file, so that is kept. */
const nameOf = (name: string) =>
  basename(name)
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^\.+/, '')
    .slice(-100) || 'register.csv'

class TooLarge extends Error {}

/** Into a folder named by its hash; resolves to the hash. */
async function keep(folder: string, name: string, body: ReadableStream): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  mkdirSync(folder, { recursive: true })
  const draft = join(mkdtempSync(join(folder, 'draft-')), 'part')
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(bytes > MOST_BYTES ? new TooLarge() : null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(body as never), bounded, createWriteStream(draft))
    const sha256 = hash.digest('hex')
    const place = join(folder, sha256.slice(0, 16))
    mkdirSync(place, { recursive: true })
    renameSync(draft, join(place, name))
    return sha256
  } finally {
    rmSync(dirname(draft), { recursive: true, force: true })
  }
}

const exists = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true

/** Files that nobody applied: the old ones, and those beyond what the disk is given for them. */
function forget(folder: string, now: number) {
  if (!statSync(folder, { throwIfNoEntry: false })) return
  const kept = readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at)
  let finished = 0
  for (const { path, at } of kept) {
    const draft = basename(path).startsWith('draft-')
    if (!draft) finished += 1
    if (now - at > KEPT_MS || (!draft && finished >= MOST_KEPT))
      rmSync(path, { recursive: true, force: true })
  }
}

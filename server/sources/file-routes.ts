import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Context, Hono } from 'hono'
import { csrf } from 'hono/csrf'
import type { FileImportLine, FilePreview } from '#server/contract/file-import.ts'
import { type ImportOptions, importFile } from '#server/import/import.ts'
import { parseMapping } from '#server/import/mapping.ts'
import { previewImports, previewLog } from '#server/import/preview-log.ts'
import { ImportRefusal } from '#server/import/refusal.ts'
import type { ImportReport } from '#server/import/report.ts'
import { savedMappings, saveMapping } from '#server/import/saved-mappings.ts'
import { BodyFault } from '#server/ingest/body.ts'
import { type Gate, PressureFault } from '#server/ingest/pressure.ts'
import { createReadings, type ReadingLimits } from '#server/ingest/readings.ts'
import { UnavailableError } from '#server/log/log.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'

interface FileWorld {
  dataDir: string
  log: SqliteLog
  gate: Gate
  now: () => number
  report: (where: string, cause: unknown) => void
  reading?: ReadingLimits
  /** What a file unpacks to at most. */
  most?: { bytes: number; rows: number }
}

const LARGEST = 64 * 1024 * 1024
const TOO_LARGE = 'a file has at most 64 MB; use `domovoi import` for a larger one'
const MOST = { bytes: 512 * 1024 * 1024, rows: 2_000_000 }
/** Each holds its whole file until it is laid down. */
const READING: ReadingLimits = { atOnce: 3, patience: () => AbortSignal.timeout(300_000) }
/** Rows of a preview. */
const FIRST = 20
const TOLD = 100

/**
 * Files of requests from a browser, as forms with `file` and `mapping` (JSON text). `POST /sources/preview` tells what the first
 * rows would become; `POST /sources/import` stores all of them and tells line by line how far it is; `GET /sources/mappings`.
 */
export function fileRoutes(world: FileWorld): Hono {
  const { dataDir, log, gate, now, report, most = MOST } = world
  const readings = createReadings({ ...(world.reading ?? READING), most: LARGEST })
  const app = new Hono()
  // Behind a proxy that ends TLS the scheme differs; the host does not.
  const ours = (origin: string, c: Context) =>
    URL.parse(origin)?.host === (c.req.header('host') ?? new URL(c.req.url).host)
  app.use('/sources/:act{preview|import}', csrf({ origin: ours }))
  let turn: Promise<unknown> = Promise.resolve()
  /** One after another: each reads a whole file. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => {})
    return mine
  }
  /** Where the disk has room for it. */
  async function received(request: Request): Promise<Laid> {
    if (Number(request.headers.get('content-length')) > LARGEST) throw new BodyFault(413, TOO_LARGE)
    await gate.pass(async () => {})
    const type = request.headers.get('content-type') ?? ''
    return readings(request, async (body) => {
      const form = new Response(body, { headers: { 'content-type': type } })
      return laid(await form.formData(), dataDir)
    })
  }
  const statusOf = (cause: unknown) =>
    cause instanceof PressureFault || cause instanceof BodyFault ? cause.status : 400
  function wordsOf(cause: unknown): string {
    if (cause instanceof BodyFault && cause.status === 413) return TOO_LARGE
    if (cause instanceof ImportRefusal) return cause.message
    if (cause instanceof PressureFault || cause instanceof BodyFault) return cause.message
    if (cause instanceof UnavailableError) return `${cause.message}; try again`
    report('sources/import', cause)
    return 'the file could not be read'
  }

  app.get('/sources/mappings', (c) => c.json(savedMappings(dataDir, 'requests')))

  app.post('/sources/preview', async (c) => {
    try {
      const given = await received(c.req.raw)
      try {
        return c.json(await inTurn(() => look(given, { log, now, most })))
      } finally {
        given.remove()
      }
    } catch (cause) {
      return c.json({ error: wordsOf(cause) }, statusOf(cause))
    }
  })

  app.post('/sources/import', async (c) => {
    let given: Laid
    try {
      given = await received(c.req.raw)
    } catch (cause) {
      return c.json({ error: wordsOf(cause) }, statusOf(cause))
    }
    const encoder = new TextEncoder()
    const { file, mapping, text } = given
    const lines = new ReadableStream<Uint8Array>({
      start(controller) {
        let left = false
        const tell = (line: FileImportLine) => {
          // Who left does not stop the import: its rows are told on the page of the source.
          try {
            if (!left) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
          } catch {
            left = true
          }
        }
        const options: ImportOptions = {
          ...{ file, mapping, dataDir, log, imports: log.imports, now, most },
          progress: (done, total) => tell({ done, total }),
        }
        gate
          .pass(() => inTurn(() => importFile(options)))
          .then((found) => {
            saveMapping(dataDir, 'requests', found.source, text)
            tell({ report: toldOf(found) })
          })
          .catch((cause) => tell({ error: wordsOf(cause) }))
          .finally(() => {
            given.remove()
            if (!left) controller.close()
          })
      },
    })
    return c.body(lines, 200, {
      'Content-Type': 'application/x-ndjson',
      'Cache-Control': 'no-store',
    })
  })
  return app
}

interface Laid {
  file: string
  mapping: string
  text: string
  remove(): void
}

/** The file and its mapping in a folder of their own. Throws ImportRefusal before anything is written. */
async function laid(form: FormData, dataDir: string): Promise<Laid> {
  const [sent, text] = [form.get('file'), form.get('mapping')]
  if (!(sent instanceof File) || typeof text !== 'string')
    throw new ImportRefusal('send a form with "file" and "mapping"')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ImportRefusal(`the mapping is no JSON: ${(cause as Error).message}`, { cause })
  }
  if (parseMapping(value, 'this').kind !== 'requests')
    throw new ImportRefusal(
      'this mapping is of a register; registers are read on the registry page',
    )
  const folder = mkdtempSync(join(dataDir, 'upload-'))
  const name = basename(sent.name)
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^\.+/, '')
  const file = join(folder, name.slice(-100) || 'requests.csv')
  const mapping = join(folder, '.mapping')
  writeFileSync(file, Buffer.from(await sent.arrayBuffer()))
  writeFileSync(mapping, text)
  return { file, mapping, text, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function look(
  { file, mapping }: Laid,
  { log, now, most }: Pick<FileWorld, 'log' | 'now' | 'most'>,
): Promise<FilePreview> {
  const shadow = previewLog(log, now)
  const { imports, rows } = previewImports(TOLD)
  const scratch = mkdtempSync(join(file, '..', 'look-'))
  const found = await importFile({
    ...{ file, mapping, dataDir: scratch, log: shadow.log, imports, now },
    ...{ first: FIRST, ...(most && { most }) },
  })
  const requests = new Map<string, FilePreview['requests'][number]>()
  for (const event of shadow.stored) {
    if (event.type === 'request.registered') {
      const { request: number, occurredAt, building, category, organization } = event
      requests.set(number, {
        ...{ number, registeredAt: occurredAt, steps: [] },
        building: building ?? null,
        category: category ?? null,
        organization: organization ?? null,
      })
    } else if ('request' in event)
      requests.get(event.request)?.steps.push({ type: event.type, at: event.occurredAt })
  }
  const { encoding, zone, warnings } = found
  return {
    ...{ encoding, zone, warnings, read: found.rowsRead, stored: found.stored },
    ...{ known: found.known, requests: [...requests.values()] },
    quarantined: rows.map(({ row, field, reason, value }) => ({
      row,
      column: field,
      reason,
      value,
    })),
  }
}

const toldOf = ({ rowsRead, stored, known, quarantined, ...report }: ImportReport) => ({
  ...{ read: rowsRead, stored, known, quarantined },
  ...{ source: report.source, events: report.eventsStored, warnings: report.warnings },
  quarantine: report.quarantine
    .slice(0, TOLD)
    .map(({ column, reason, rows, line }) => ({ column, reason, rows, row: line })),
})

import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { type DomainEvent, Event } from '#server/contract/events.ts'
import type { Registry } from '#server/domain/registry.ts'
import { ConflictError, UnavailableError } from '#server/log/log.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import { BodyFault, readBody } from './body.ts'
import { check } from './check.ts'
import { presentsKey } from './key.ts'
import { BatchFault, type Item, itemsOf, type LineFault } from './lines.ts'
import { toldBy } from './personal-names.ts'
import { type Gate, PressureFault } from './pressure.ts'
import { noteRefused } from './refused.ts'
import { personalTexts, strangeTimes, unknownReferences } from './warnings.ts'

export interface IngestOptions {
  log: Pick<SqliteLog, 'append' | 'key' | 'stream' | 'intake'>
  registry: Registry
  key: string
  gate: Gate
  report: (where: string, cause: unknown) => void
  /** Told of every batch: how it ended, how many events were new, and how long it took. */
  observe?: (batch: { status: number; stored: number; milliseconds: number }) => void
  clock: () => number
  /** UTC epoch milliseconds. */
  now: () => number
}

/** Of a long list the first so many are told, and how many there are. */
const TOLD = 100
/** Events checked between two turns of the event loop. */
const CHECKED_AT_ONCE = 500

export interface Answer {
  status: ContentfulStatusCode
  body: object
  retryAfterSeconds?: number
  stored?: number
}

/**
 * `POST /ingest/events`: a batch is stored whole, and acknowledged after its fsync, or not at all.
 * `GET /ingest/schema`: what an event may say, as JSON Schema, for those who write a source.
 */
export function ingestRoutes(options: IngestOptions): Hono {
  const { key, gate, observe, clock } = options
  const app = new Hono()
  app.post('/ingest/events', async (c) => {
    const startedAt = clock()
    const answer = presentsKey(c.req.raw.headers, key)
      ? await gate
          .pass(() => takeOrRefuse(c.req.raw, options))
          .catch((cause) => refusal(cause, options))
      : {
          status: 401 as const,
          body: { error: 'present the ingest key: Authorization: Bearer <key>' },
        }
    const { status, body, retryAfterSeconds, stored = 0 } = answer as Answer
    if (status === 401) c.header('WWW-Authenticate', 'Bearer')
    if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
    c.header('Cache-Control', 'no-store')
    observe?.({ status, stored, milliseconds: clock() - startedAt })
    return c.json(body, status)
  })
  const schema = z.toJSONSchema(Event, { io: 'input' })
  app.get('/ingest/schema', (c) => c.json(schema))
  app.all('/ingest/events', (c) => {
    c.header('Allow', 'POST')
    return c.json({ error: 'send events with POST' }, 405)
  })
  return app
}

/** A conflict, and on which lines of the batch the id stands. */
class BatchConflict extends Error {
  readonly id: string
  readonly lines: number[]
  constructor({ id }: ConflictError, batch: readonly { line: number; event: DomainEvent }[]) {
    const lines = batch.filter(({ event }) => event.id === id).map(({ line }) => line)
    super(
      lines.length > 1
        ? `event "${id}" is told on lines ${lines.join(' and ')} with different bodies, or is already in the log with another; nothing was stored`
        : `event "${id}" on line ${lines[0]} is already in the log with another body; the first one stands, nothing was stored`,
    )
    this.id = id
    this.lines = lines
  }
}

/** What was wrong with a batch is counted and kept in words, by source. */
async function takeOrRefuse(request: Request, options: IngestOptions): Promise<Answer> {
  let items: readonly Item[] = []
  try {
    items = itemsOf(await readBody(request))
    return await take(items, options)
  } catch (cause) {
    const answer = refusal(cause, options)
    noteRefused(items, answer, options)
    return answer
  }
}

async function take(
  items: readonly Item[],
  { log, registry, now }: IngestOptions,
): Promise<Answer> {
  const batch: { line: number; event: DomainEvent }[] = []
  const faults: LineFault[] = []
  for (const [index, item] of items.entries()) {
    const checked = check(item, toldBy(log))
    if ('event' in checked) batch.push({ line: item.line, event: checked.event })
    else faults.push(...checked.faults)
    if (index % CHECKED_AT_ONCE === CHECKED_AT_ONCE - 1)
      await new Promise((resolve) => setImmediate(resolve))
  }
  if (faults.length > 0)
    throw new BatchFault(
      `${new Set(faults.map((fault) => fault.line)).size} of ${items.length} events are not right; nothing was stored`,
      faults,
    )
  const warnings = [
    ...(await personalTexts(batch)),
    ...unknownReferences(batch, registry, log),
    ...strangeTimes(batch, now()),
  ]
  const { stored, known, lastSeq } = await log
    .append(batch.map(({ event }) => event))
    .catch((cause) => {
      throw cause instanceof ConflictError ? new BatchConflict(cause, batch) : cause
    })
  const body = {
    stored: stored.length,
    known: known.length,
    lastSeq,
    ...told('warnings', warnings),
  }
  return { status: 200, body, stored: stored.length }
}

/** How a batch that was not taken is answered; nothing of it was stored. */
export function refusal(cause: unknown, { report }: Pick<IngestOptions, 'report'>): Answer {
  if (cause instanceof BatchFault)
    return { status: 400, body: { error: cause.message, ...told('errors', cause.faults) } }
  if (cause instanceof BodyFault) return { status: cause.status, body: { error: cause.message } }
  if (cause instanceof BatchConflict)
    return { status: 409, body: { error: cause.message, id: cause.id, lines: cause.lines } }
  if (cause instanceof ConflictError)
    return { status: 409, body: { error: cause.message, id: cause.id } }
  if (cause instanceof PressureFault) {
    const { status, retryAfterSeconds, message } = cause
    return { status, retryAfterSeconds, body: { error: message } }
  }
  if (cause instanceof UnavailableError) {
    const error = 'the log cannot be written now; nothing was stored, send the batch again'
    return { status: 503, retryAfterSeconds: 5, body: { error } }
  }
  report('ingest', cause)
  return { status: 500, body: { error: 'internal error; nothing was acknowledged' } }
}

const told = (name: 'errors' | 'warnings', list: readonly LineFault[]) => ({
  [name]: list.slice(0, TOLD),
  ...(list.length > TOLD ? { [`${name}Total`]: list.length } : {}),
})

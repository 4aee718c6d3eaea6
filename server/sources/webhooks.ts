import { hash } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { SettingError } from '#server/config.ts'
import { id as Id } from '#server/contract/event-fields.ts'
import type { DomainEvent } from '#server/contract/events.ts'
import type { Registry } from '#server/domain/registry.ts'
import { type RequestsMapping, readMapping } from '#server/import/mapping.ts'
import { ImportRefusal } from '#server/import/refusal.ts'
import { createSink } from '#server/import/sink.ts'
import { BodyFault, readBody } from '#server/ingest/body.ts'
import { check } from '#server/ingest/check.ts'
import { BatchFault, type Item, itemsOf, type LineFault } from '#server/ingest/lines.ts'
import { toldBy } from '#server/ingest/personal-names.ts'
import type { Gate } from '#server/ingest/pressure.ts'
import { createReadings, type ReadingLimits, type Readings } from '#server/ingest/readings.ts'
import { noteRefused } from '#server/ingest/refused.ts'
import { type Answer, refusal } from '#server/ingest/routes.ts'
import { personalTexts, strangeTimes, unknownReferences } from '#server/ingest/warnings.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import { eventsOfPayloads } from './payload.ts'
import type { SourceSettings, WebhookSettings } from './settings.ts'
import { prove, SignatureFault } from './signature.ts'

export interface WebhookOptions {
  log: SqliteLog
  registry: Registry
  gate: Gate
  dataDir: string
  /** Read anew for each message, so that a new secret is taken without a restart. */
  settings: () => SourceSettings
  /** UTC epoch milliseconds. */
  now: () => number
  report: (where: string, cause: unknown) => void
  /** Of bodies whose sender is not proven yet. */
  reading?: ReadingLimits
}

const READING: ReadingLimits = { atOnce: 32, patience: () => AbortSignal.timeout(10_000) }
/** Bytes of one message: it tells of one thing that happened. */
const LARGEST = 1024 * 1024
/**
 * Longer than any signed time is taken, and than a sender whose acknowledgement was lost goes on trying with new signatures
 * (three to four days by the specification): a state told again after it changed would otherwise be news.
 */
const KEPT_MS = 7 * 86_400_000

/**
 * `POST /ingest/webhooks/SOURCE`: one message of a sender that signs by Standard Webhooks. The same message again is known
 * and stored once; the same id with another body is refused.
 */
export function webhookRoutes(options: WebhookOptions): Hono {
  const { gate } = options
  const readings = createReadings(options.reading ?? READING)
  const app = new Hono()
  const turns = new Map<string, Promise<unknown>>()
  /** One after another: of two at once the second must find what the first stored. */
  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work, work)
    turns.set(key, mine)
    try {
      return await mine
    } finally {
      if (turns.get(key) === mine) turns.delete(key)
    }
  }

  app.post('/ingest/webhooks/:source', async (c) => {
    c.header('Cache-Control', 'no-store')
    const name = c.req.param('source')
    const { status, body, retryAfterSeconds } = await proven(c.req.raw, name, options, readings)
      .then((message) => inTurn(turnOf(message), () => gate.pass(() => receive(message, options))))
      .catch((cause) => refused(cause, options))
    if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
    return c.json(body, status)
  })
  app.all('/ingest/webhooks/:source', (c) => {
    c.header('Allow', 'POST')
    return c.json({ error: 'send messages with POST' }, 405)
  })
  return app
}

class UnknownSource extends Error {}
/** The name of the file, never its path. */
class MappingFault extends SettingError {}

function refused(cause: unknown, { report }: WebhookOptions): Answer {
  if (cause instanceof SignatureFault) return { status: 401, body: { error: cause.message } }
  if (cause instanceof UnknownSource)
    return { status: 404, body: { error: 'no webhook of that name is set up in sources.json' } }
  if (cause instanceof SettingError) {
    report('webhooks', cause)
    const error = cause instanceof MappingFault ? cause.message : 'sources.json is not right here'
    return { status: 503, retryAfterSeconds: 60, body: { error } }
  }
  return refusal(cause, { report })
}

interface Message {
  id: string
  body: Buffer
  webhook: WebhookSettings
}

/** Messages of one id; of a sender that tells the state of its requests all, because what is new depends on the one before. */
const turnOf = ({ id, webhook: { name, mapping } }: Message) => (mapping ? name : `${name} ${id}`)

/** Reads a message and proves who sent it. Throws SignatureFault; nothing is looked up or stored before. */
async function proven(
  request: Request,
  name: string,
  { settings, now }: WebhookOptions,
  readings: Readings,
): Promise<Message> {
  const { headers } = request
  const webhook = settings().webhooks.find((known) => known.name === name)
  if (!webhook) throw new UnknownSource()
  if (Number(headers.get('content-length')) > LARGEST) throw tooLarge()
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity')
    throw new BodyFault(415, 'a message is signed as it is sent; send it without encoding')
  const id = Id.safeParse(headers.get('webhook-id')).data
  if (id === undefined) throw new SignatureFault('webhook-id is missing')
  const body = await readings(request, (body) => readBody({ headers, body }, LARGEST))
  const header = (header: string) => headers.get(header) ?? ''
  const signed = {
    id,
    timestamp: header('webhook-timestamp'),
    signature: header('webhook-signature'),
  }
  prove(signed, body, webhook.secrets, now())
  return { id, body, webhook }
}

/** The sender is known: what is wrong now stands in the completeness of the source. */
async function receive({ id, body, webhook }: Message, options: WebhookOptions): Promise<Answer> {
  const { log, now, report } = options
  const { name } = webhook
  const digest = hash('sha256', body)
  const before = log.deliveries.find(name, id)
  if (before?.body === digest) {
    const { events } = before
    log.intake.repeat(name, events)
    return { status: 200, body: { stored: 0, known: events, repeated: true } }
  }
  const about: Item[] = [{ line: 1, value: { source: name } }]
  try {
    if (before !== undefined) throw new RepeatedId(id)
    const { events, answer } = await store(body, webhook, options)
    log.deliveries.remember({ source: name, id, body: digest, events, at: now() }, KEPT_MS)
    return answer
  } catch (cause) {
    const answer =
      cause instanceof RepeatedId
        ? { status: 409 as const, body: { error: cause.message, id } }
        : refused(cause, options)
    noteRefused(about, answer, { log, report })
    return answer
  }
}

const tooLarge = () => new BodyFault(413, 'a message has at most 1 MB')

class RepeatedId extends Error {
  constructor(id: string) {
    super(`webhook-id "${id}" came before with another body; the first one stands`)
  }
}

/** Stores what is new of a message; resolves after its fsync. What contradicts the log is kept out and told. */
async function store(
  body: Buffer,
  webhook: WebhookSettings,
  options: WebhookOptions,
): Promise<{ events: number; answer: Answer }> {
  const { log, registry } = options
  const events = eventsOf(body, webhook, options)
  const lines = events.map((event, index) => ({ line: index + 1, event }))
  const warnings = [
    ...(await personalTexts(lines)),
    ...unknownReferences(lines, registry, log),
    ...strangeTimes(lines, options.now()),
  ]
  const counts = { stored: 0, known: 0, quarantined: 0 }
  const differing: string[] = []
  const sink = createSink(log, ({ events: [event] }, fate) => {
    if (fate.is !== 'differs') counts[fate.is]++
    else {
      counts.quarantined++
      differing.push(...fate.differences.map(({ field }) => `${event?.id}: ${field}`))
    }
  })
  for (const [index, event] of events.entries()) sink.add({ line: index + 1, events: [event] })
  await sink.flush()
  if (counts.quarantined > 0) {
    const reason = `differs from what is in the log, which stands: ${differing.join(', ')}`
    log.intake.quarantine(webhook.name, counts.quarantined, reason)
  }
  const answer = { status: 200 as const, body: { ...counts, differing, warnings } }
  return { events: events.length, answer }
}

function eventsOf(
  body: Buffer,
  { name, mapping }: WebhookSettings,
  { dataDir, now, registry, log }: WebhookOptions,
): DomainEvent[] {
  const opened = body.toString('latin1').trimStart().startsWith('{')
  const items = itemsOf(opened ? Buffer.concat([Buffer.from('['), body, Buffer.from(']')]) : body)
  if (mapping) {
    const read = mappingOf(dataDir, mapping)
    const values = items.map(({ value }) => value)
    return eventsOfPayloads(values, { mapping: read, source: name, now: now(), registry, log })
  }
  const told = items.flatMap((item): Item[] => {
    const data = dataOf(item.value)
    return data === undefined ? [item] : data.map((value) => ({ line: item.line, value }))
  })
  const faults: LineFault[] =
    told.length > 0 ? [] : [{ line: 1, path: 'data', message: 'holds no event' }]
  const events: DomainEvent[] = []
  for (const item of told) {
    const checked = check(item, toldBy(log))
    if ('faults' in checked) faults.push(...checked.faults)
    else if (checked.event.source === name) events.push(checked.event)
    else faults.push({ line: item.line, path: 'source', message: `is not "${name}"` })
  }
  if (faults.length === 0) return events
  const first = [faults[0]?.path, faults[0]?.message].filter(Boolean).join(' ')
  // Who speaks for another source knows the form of an event.
  const hint = faults.every(({ path }) => path === 'source') ? '' : `; ${expected(name)}`
  throw new BatchFault(`${first}; nothing was stored${hint}`, faults)
}

function mappingOf(dataDir: string, name: string): RequestsMapping {
  const why = `${name}, the mapping of this webhook, is missing or not right here; nothing was stored`
  try {
    const read = readMapping(join(dataDir, name))
    if (read.kind === 'requests') return read
  } catch (cause) {
    if (cause instanceof ImportRefusal) throw new MappingFault(why, { cause })
    throw cause
  }
  throw new MappingFault(why)
}

const expected = (name: string) =>
  `expected is an event or a list of events such as {"id": "${name}:1", "type": "request.registered", "occurredAt": "2026-02-10T12:00:00Z", "source": "${name}", "request": "1"}, bare or as "data" of {"type", "timestamp", "data"}; messages of another form need a "mapping" in sources.json`

/** The envelope that the specification recommends, `{ type, timestamp, data }`; none of our events has `data`. */
function dataOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null || !('data' in value)) return undefined
  return Array.isArray(value.data) ? value.data : [value.data]
}

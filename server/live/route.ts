import type { OutgoingMessage, ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { MOST_TOPICS, TOPIC_KINDS, type Topic } from '#server/contract/live.ts'
import { isThisMachine, senderOf } from '#server/sender.ts'
import type { Hub } from './hub.ts'
import type { Sink } from './readers.ts'
import { topicOf } from './topic.ts'

const READERS = 12_000
/** A browser holds one stream however many tabs it has; behind one address may sit a whole city hall, or a proxy on another machine. */
const OF_ONE_ADDRESS = 1000
const COME_BACK = { 'Retry-After': '10' }
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // A proxy that packs what it passes on gathers it first; it leaves alone what says to be packed already.
  'Content-Encoding': 'identity',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
  // A stream that has ended must not hold up a server that stops.
  Connection: 'close',
}

export interface StreamBounds {
  /** Streams of one address other than this machine's own. */
  perAddress?: number | undefined
  /** Hears of each stream that was not begun, and which bound it met. */
  refused?: (bound: 'address' | 'all') => void
}

const TURN_MS = 2000
const turnOf = (outgoing: Pick<OutgoingMessage, 'once'>) =>
  new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), TURN_MS)
    outgoing.once('socket', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })

/**
 * `/live?topic=district:garden`: server-sent events. Resumes by the header `Last-Event-ID` or, where a reader cannot set it, by
 * `last=`. `pad=1` is for readers behind something that holds small messages back.
 */
export function liveRoutes(hub: Hub, bounds: StreamBounds = {}) {
  const { perAddress = OF_ONE_ADDRESS, refused } = bounds
  const streams = new Map<string, number>()
  return new Hono<{ Bindings: Partial<HttpBindings> }>().get('/live', async (c) => {
    const asked = new Set(c.req.queries('topic'))
    if (asked.size > MOST_TOPICS)
      return c.json({ error: `a stream carries at most ${MOST_TOPICS} topics` }, 400)
    const topics: Topic[] = []
    for (const text of asked) {
      const topic = topicOf(text)
      if (!topic)
        return c.json({ error: `a topic is city, or ${TOPIC_KINDS.join(':ID, ')}:ID` }, 400)
      topics.push(topic)
    }
    const outgoing = c.env?.outgoing
    if (!outgoing || !('setHeader' in outgoing) || c.req.raw.method === 'HEAD')
      return c.body(null, 200, HEADERS)
    // A request behind another on one connection would be told nothing until that stream has ended; behind an answer that is
    // just being finished it has the connection in a moment.
    if (!outgoing.socket && !(await turnOf(outgoing)))
      return c.json({ error: 'a connection carries one stream' }, 400)
    if (hub.readers() >= READERS) {
      refused?.('all')
      return c.json(
        { error: `${READERS} screens are listening already; try again` },
        503,
        COME_BACK,
      )
    }
    const sender = senderOf(c)
    const held = streams.get(sender) ?? 0
    if (held >= perAddress && !isThisMachine(sender)) {
      refused?.('address')
      const error = `${held} screens of this address are listening already; close some and try again, or raise STREAMS_PER_ADDRESS`
      return c.json({ error }, 503, COME_BACK)
    }
    const lastId = c.req.header('last-event-id') ?? c.req.query('last') ?? null
    const padded = c.req.query('pad') !== undefined
    outgoing.writeHead(200, HEADERS)
    const wish = { ...(topics.length > 0 && { topics }), lastId, padded }
    const leave = hub.join(sinkOf(outgoing as ServerResponse), wish)
    streams.set(sender, held + 1)
    outgoing.once('close', () => {
      leave()
      const left = (streams.get(sender) ?? 1) - 1
      if (left > 0) streams.set(sender, left)
      else streams.delete(sender)
    })
    return RESPONSE_ALREADY_SENT
  })
}

/**
 * The connection itself, without a stream of the web platform, or of Node's HTTP, around it: those cost each screen many times
 * more. The bytes are shared between readers, with the size that HTTP wants before a part, and queued by reference; only
 * those that a reader has not taken are counted as its own.
 */
function sinkOf(response: ServerResponse): Sink {
  response.flushHeaders()
  const { socket } = response
  // Not before an answer on the same connection has ended.
  const own = socket !== null && response.writableLength === 0 ? socket : null
  // What a reader is told first goes out in one piece.
  own?.cork()
  process.nextTick(() => own?.uncork())
  return {
    write(bytes) {
      if (own) own.write(response.chunkedEncoding ? partOf(bytes) : bytes)
      else response.write(bytes)
    },
    pending: () => own?.writableLength ?? response.writableLength,
    end(slow) {
      // Who does not read would otherwise hold the connection, and its bytes, for ever.
      if (slow) response.destroy()
      else response.end()
    },
  }
}

const parts = new WeakMap<Uint8Array, Buffer>()
function partOf(bytes: Uint8Array): Buffer {
  const known = parts.get(bytes)
  if (known) return known
  const part = Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`, 'latin1'),
    bytes,
    Buffer.from('\r\n', 'latin1'),
  ])
  parts.set(bytes, part)
  return part
}

import type { ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { MOST_TOPICS, TOPIC_KINDS, type Topic } from '#server/contract/live.ts'
import type { Hub } from './hub.ts'
import type { Sink } from './readers.ts'
import { topicOf } from './topic.ts'

const READERS = 12_000
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

/**
 * `/live?topic=district:garden`: server-sent events. Resumes by the header `Last-Event-ID` or, where a reader cannot set it, by
 * `last=`. `pad=1` is for readers behind something that holds small messages back.
 */
export function liveRoutes(hub: Hub) {
  return new Hono<{ Bindings: Partial<HttpBindings> }>().get('/live', (c) => {
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
    if (hub.readers() >= READERS)
      return c.json({ error: `${READERS} screens are listening already; try again` }, 503, {
        'Retry-After': '10',
      })
    const outgoing = c.env?.outgoing
    if (!outgoing || !('setHeader' in outgoing) || c.req.raw.method === 'HEAD')
      return c.body(null, 200, HEADERS)
    // A request behind another on one connection would be told nothing until that stream has ended.
    if (!outgoing.socket) return c.json({ error: 'a connection carries one stream' }, 400)
    const lastId = c.req.header('last-event-id') ?? c.req.query('last') ?? null
    const padded = c.req.query('pad') !== undefined
    outgoing.writeHead(200, HEADERS)
    const wish = { ...(topics.length > 0 && { topics }), lastId, padded }
    const leave = hub.join(sinkOf(outgoing as ServerResponse), wish)
    outgoing.once('close', leave)
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

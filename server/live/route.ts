import type { ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { Hub, Sink } from './hub.ts'

const READERS = 12_000
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
}

/** `/live`: server-sent events. Resumes by the header `Last-Event-ID` or, where a reader cannot set it, by `?last=`. */
export function liveRoutes(hub: Hub) {
  return new Hono<{ Bindings: Partial<HttpBindings> }>().get('/live', (c) => {
    if (hub.readers() >= READERS)
      return c.json({ error: `${READERS} screens are listening already; try again` }, 503, {
        'Retry-After': '10',
      })
    const outgoing = c.env?.outgoing
    if (!outgoing || !('setHeader' in outgoing) || c.req.raw.method === 'HEAD')
      return c.body(null, 200, HEADERS)
    const lastId = c.req.header('last-event-id') ?? c.req.query('last') ?? null
    outgoing.writeHead(200, HEADERS)
    const leave = hub.join(sinkOf(outgoing as ServerResponse), lastId)
    outgoing.once('close', leave)
    return RESPONSE_ALREADY_SENT
  })
}

/**
 * The connection itself, without a stream of the web platform around it, which costs each screen many times more. The bytes
 * are shared between readers and queued by reference; only those that a reader has not taken are counted as its own.
 */
const sinkOf = (response: ServerResponse): Sink => ({
  write: (bytes) => void response.write(bytes),
  pending: () => response.writableLength,
  end(slow) {
    // Who does not read would otherwise hold the connection, and its bytes, for ever.
    if (slow) response.destroy()
    else response.end()
  },
})

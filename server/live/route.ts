import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Hub, Sink } from './hub.ts'

const READERS = 2000

/** `/live`: server-sent events. Resumes by the header `Last-Event-ID` or, where a reader cannot set it, by `?last=`. */
export function liveRoutes(hub: Hub) {
  return new Hono<{ Bindings: Partial<HttpBindings> }>().get('/live', (c) => {
    if (hub.readers() >= READERS)
      return c.json({ error: `${READERS} screens are listening already; try again` }, 503, {
        'Retry-After': '10',
      })
    const lastId = c.req.header('last-event-id') ?? c.req.query('last') ?? null
    return c.body(streamTo(hub, lastId, c.env?.outgoing), 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    })
  })
}

/** The bytes are shared between readers and queued by reference; only those that a reader has not taken are counted as its own. */
function streamTo(
  hub: Hub,
  lastId: string | null,
  response?: { destroy(): void },
): ReadableStream<Uint8Array> {
  let leave = () => {}
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const sink: Sink = {
          write: (bytes) => controller.enqueue(bytes),
          pending: () => -(controller.desiredSize ?? 0),
          end(slow) {
            controller.close()
            // Who does not read would otherwise hold the connection, and its bytes, for ever.
            if (slow) response?.destroy()
          },
        }
        leave = hub.join(sink, lastId)
      },
      cancel: () => leave(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  )
}

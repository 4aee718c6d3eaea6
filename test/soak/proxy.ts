import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * `cut`: connections are closed and none is taken. `hold`: they are taken and nothing passes. `buffer`: an answer passes once it
 * has ended or 16 kB of it are there, as proxies do with buffering on. An answer that says nothing for a minute is cut in all of them.
 */
export type Mode = 'pass' | 'cut' | 'hold' | 'buffer'

const BUFFER = 16 * 1024
const IDLE_MS = 60_000

/** A proxy that stands between the browser and the server, and fails on demand. */
export async function createProxy(target: number) {
  let mode: Mode = 'pass'
  const sockets = new Set<Socket>()
  const held: (() => void)[] = []
  const proxy = createServer((incoming, outgoing) => {
    if (mode === 'hold') held.push(() => forward(incoming, outgoing))
    else forward(incoming, outgoing)
  })
  function forward(incoming: IncomingMessage, outgoing: ServerResponse) {
    const { method, url, headers } = incoming
    const upstream = request({ port: target, host: '127.0.0.1', method, path: url, headers })
    upstream.once('error', () => outgoing.destroy())
    outgoing.once('close', () => upstream.destroy())
    upstream.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      let waiting: Buffer[] = []
      let idle = setTimeout(() => outgoing.destroy(), IDLE_MS)
      const pass = () => {
        if (mode === 'hold' || waiting.length === 0) return
        for (const chunk of waiting.splice(0)) outgoing.write(chunk)
        clearTimeout(idle)
        idle = setTimeout(() => outgoing.destroy(), IDLE_MS)
      }
      answer.on('data', (chunk: Buffer) => {
        waiting.push(chunk)
        const bytes = waiting.reduce((sum, { length }) => sum + length, 0)
        if (mode === 'pass' || (mode === 'buffer' && bytes >= BUFFER)) pass()
      })
      answer.once('end', () => {
        if (mode === 'hold') return
        for (const chunk of waiting.splice(0)) outgoing.write(chunk)
        outgoing.end()
      })
      answer.once('error', () => outgoing.destroy())
      outgoing.once('close', () => {
        clearTimeout(idle)
        waiting = []
      })
    })
    incoming.pipe(upstream)
  }
  proxy.on('connection', (socket) => {
    if (mode === 'cut') return void socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const drop = () => {
    for (const socket of sockets) socket.destroy()
    held.length = 0
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    set(next: Mode) {
      const before = mode
      mode = next
      // What was held is lost: the other side has given up on it.
      if (next === 'cut' || before === 'hold') drop()
    },
    async close() {
      drop()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

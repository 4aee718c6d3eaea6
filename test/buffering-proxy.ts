import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGzip } from 'node:zlib'

interface ProxyOptions {
  to: number
  /** What it gathers before it passes anything on; nothing is gathered where the answer forbids it and it `obeys`. */
  gathers: number
  obeys: boolean
  /** Ends a connection on which nothing was passed on for so long. */
  idleMs: number
  /** Calls back once after so many milliseconds. */
  after: (milliseconds: number, run: () => void) => void
}

/** A reverse proxy as cities have them in front of everything: it gathers, packs what is not packed yet, and cuts what is idle. */
export async function startProxy({ to, gathers, obeys, idleMs, after }: ProxyOptions) {
  let cuts = 0
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = request({ ...{ port: to, host: '127.0.0.1', method, path: url, headers } })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    onward.on('response', (answer) => {
      const buffers = !(obeys && answer.headers['x-accel-buffering'] === 'no')
      const packs = answer.headers['content-encoding'] === undefined
      const packing = packs ? { 'content-encoding': 'gzip' } : {}
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...packing })
      outgoing.flushHeaders()
      const packed = packs ? createGzip() : null
      packed?.on('data', (bytes: Buffer) => outgoing.write(bytes))
      let gathered: Buffer[] = []
      let idleSince = {}
      const watch = () => {
        const since = {}
        idleSince = since
        after(idleMs, () => {
          if (idleSince !== since || outgoing.destroyed) return
          cuts++
          outgoing.destroy()
        })
      }
      watch()
      answer.on('data', (bytes: Buffer) => {
        watch()
        gathered.push(bytes)
        const size = gathered.reduce((sum, { length }) => sum + length, 0)
        if (buffers && size < gathers) return
        passOn(packed ?? outgoing, Buffer.concat(gathered), buffers ? gathers : 1)
        const rest = buffers ? size % gathers : 0
        gathered = rest > 0 ? [Buffer.concat(gathered).subarray(size - rest)] : []
      })
      answer.on('end', () => outgoing.end(Buffer.concat(gathered)))
    })
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Whole blocks only. */
const passOn = (to: Pick<ServerResponse, 'write'>, bytes: Buffer, block: number) =>
  void to.write(bytes.subarray(0, bytes.length - (bytes.length % block)))

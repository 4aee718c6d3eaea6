import type { Duplex } from 'node:stream'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { createApp } from './app.ts'
import type { City, NoticesEnvironment } from './config.ts'
import type { Role } from './contract/roles.ts'
import { openingApp } from './health.ts'
import { hostGuard } from './hosts.ts'
import type { Lock } from './lock.ts'
import { type Nightly, startNightly } from './nightly.ts'
import { type House, openHouse } from './open.ts'
import { removeScratch } from './scratch.ts'
import { createTelemetry, measureProcess } from './telemetry.ts'

export interface ServeOptions {
  dataDir: string
  port: number
  host: string
  /** Names that the server answers to beside those of this machine. */
  allowedHosts?: readonly string[]
  /** Live streams of one address; the usual bound without it. */
  streamsPerAddress?: number | undefined
  now: () => number
  /** `now` stands still. */
  pinned?: boolean
  /** Milliseconds that only grow. */
  clock: () => number
  /** Another in each process. */
  epoch: string
  /** An id that no other has. */
  newId: () => string
  role?: Role
  /** How people are written to, as far as the environment says. */
  notices?: NoticesEnvironment
  report: (where: string, cause: unknown) => void
  /** Hears in a sentence what is news and no fault. */
  tell?: (sentence: string) => void
}

/** A server that answers from the first moment: "not ready, because …" until it is given a house. */
export interface Served {
  /** Where a browser on this machine finds it. */
  url: string
  /** What the server says while it cannot answer. */
  opening(why: string): void
  /** Opens the house behind the port. */
  open(house: { city: City; key: string; dist: string; lock: Lock }): Promise<void>
  /** Answers what has begun, then closes. */
  close(): Promise<void>
}

const CUT_AFTER_MS = 5000
/** Thousands of screens come at once after a restart; the system lowers it to what it allows. */
const BACKLOG = 4096
const EVALUATION_MS = 2000

/** Rejects with a plain sentence when the port cannot be had. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { dataDir, port, host, now, pinned = false, clock, epoch, newId, role, report } = options
  let why = 'starting'
  let app: Hono = openingApp(() => why)
  const refusal = hostGuard(host, options.allowedHosts ?? [])
  const server = createAdaptorServer({
    fetch: (request, bindings) => refusal(request) ?? app.fetch(request, bindings),
  })
  server.on('clientError', (cause: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || cause.code === 'ECONNRESET') return void socket.destroy()
    socket.end(answerTo(cause))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenFault(cause, options)))
    server.listen(port, host, BACKLOG, () => resolve())
  })
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  const url = `http://${isEverywhere(host) ? '127.0.0.1' : bracketed(host)}:${taken}`
  let house: House | undefined
  let nightly: Nightly | undefined
  let closing: Promise<void> | undefined

  return {
    url,
    opening: (reason) => {
      why = reason
    },
    async open({ city, key, dist, lock }) {
      const progress = (done: number, total: number) => {
        why = `the facts are rebuilt from the log: ${done} of ${total} events`
      }
      removeScratch(dataDir)
      house = await openHouse({
        ...{ dataDir, city, now, pinned, clock, report, epoch, newId, progress },
        ...(role && { role }),
        ...(options.tell && { tell: options.tell }),
        ...(options.notices && { notices: options.notices }),
      })
      const telemetry = createTelemetry(house)
      measureProcess(telemetry)
      const { streamsPerAddress } = options
      app = createApp({ house, telemetry, key, dist, clock, streamsPerAddress })
      lock.listens(url)
      house.peers.start()
      nightly = startNightly({ context: house.context, report, tell: options.tell })
      house.store.check().catch((cause) => report('facts.check', cause))
    },
    close() {
      closing ??= (async () => {
        const closed = new Promise((resolve) => server.close(resolve))
        // Streams have no end of their own: they are ended here, and whoever stays after a moment is cut off.
        house?.hub.close()
        const cut = setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections()
        }, CUT_AFTER_MS)
        await closed
        clearTimeout(cut)
        // What is evaluated now is evaluated again after the next start; a restart must not wait for it.
        await Promise.race([nightly?.stop(), moment()])
        await house?.close()
      })()
      return closing
    },
  }
}

const moment = () => new Promise((resolve) => setTimeout(resolve, EVALUATION_MS).unref())

/** What cannot be read as HTTP is answered in words before the connection ends. */
const UNREADABLE: Readonly<Record<string, readonly [status: string, error: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'the address with its headers is longer than 16 KB: choose fewer values, or ask an export with POST and the same fields in a form',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'the body is too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request did not arrive in time'],
}
function answerTo({ code = '' }: NodeJS.ErrnoException): string {
  const [status, error] = UNREADABLE[code] ?? ['400 Bad Request', 'the request cannot be read']
  const body = `${JSON.stringify({ error })}\n`
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::'
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

function listenFault(cause: NodeJS.ErrnoException, { port, host }: ServeOptions): Error {
  const where = `port ${port} of ${host}`
  if (cause.code === 'EADDRINUSE')
    return new Error(`${where} is taken by another program; set PORT to a free one`, { cause })
  if (cause.code === 'EACCES')
    return new Error(`${where} is not allowed for this user; set PORT above 1023`, { cause })
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND')
    return new Error(`this machine has no address ${host}; set HOST`, { cause })
  return cause
}

import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { createApp } from './app.ts'
import type { City } from './config.ts'
import { openingApp } from './health.ts'
import type { Lock } from './lock.ts'
import { openHouse } from './open.ts'
import { createTelemetry, measureProcess } from './telemetry.ts'

export interface ServeOptions {
  dataDir: string
  port: number
  host: string
  now: () => number
  /** Milliseconds that only grow. */
  clock: () => number
  report: (where: string, cause: unknown) => void
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

/** Rejects with a plain sentence when the port cannot be had. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { dataDir, port, host, now, clock, report } = options
  let why = 'starting'
  let app: Hono = openingApp(() => why)
  const server = createAdaptorServer({ fetch: (request, bindings) => app.fetch(request, bindings) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenFault(cause, options)))
    server.listen(port, host, () => resolve())
  })
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  const url = `http://${isEverywhere(host) ? '127.0.0.1' : bracketed(host)}:${taken}`
  let closeHouse = async () => {}

  return {
    url,
    opening: (reason) => {
      why = reason
    },
    async open({ city, key, dist, lock }) {
      const progress = (done: number, total: number) => {
        why = `the facts are rebuilt from the log: ${done} of ${total} events`
      }
      const house = await openHouse({ dataDir, city, now, report, progress })
      const telemetry = createTelemetry(house)
      measureProcess(telemetry)
      app = createApp({ house, telemetry, key, dist, clock })
      lock.listens(url)
      closeHouse = house.close
      house.store.check().catch((cause) => report('facts.check', cause))
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      // Streams have no end of their own: whoever still listens after a moment is cut off.
      const cut = setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections()
      }, 5000)
      await closed
      clearTimeout(cut)
      await closeHouse()
    },
  }
}

export const isLoopback = (host: string) => /^(127\.|localhost$|::1$|\[::1\]$)/.test(host)
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

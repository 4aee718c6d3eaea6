import { once } from 'node:events'
import { get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterEach, expect, test } from 'vitest'
import { startProxy } from '#test/buffering-proxy.ts'
import { liveCity } from '#test/live-city.ts'
import { standingClock } from '#test/live-screen.ts'
import { createHub } from './hub.ts'
import { liveRoutes } from './route.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The wire takes its time on a busy machine; nothing here depends on how much. */
const soon = <T>(value: () => T) => expect.poll(value, { timeout: 30_000, interval: 5 })

/** A hub, a proxy before it with the same clock, and a screen behind the proxy. */
async function stage({
  obeys,
  pad = false,
  pings = true,
}: {
  obeys: boolean
  pad?: boolean
  pings?: boolean
}) {
  const city = liveCity()
  const clock = standingClock(1_000_000)
  const hub = createHub({
    ...{ board: city.board, registry: city.registry, now: clock.now, epoch: 'e' },
    after: (milliseconds, run) => {
      if (pings || milliseconds !== 15_000) clock.after(milliseconds, run)
    },
    state: () => 'serving',
  })
  const server = serve({ fetch: liveRoutes(hub).fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  const to = (server.address() as AddressInfo).port
  const proxy = await startProxy({ to, obeys, gathers: 4096, idleMs: 60_000, after: clock.after })
  let heard = ''
  let ended = false
  const asking = get({
    ...{ host: '127.0.0.1', port: proxy.port, path: `/live${pad ? '?pad=1' : ''}` },
    headers: { 'accept-encoding': 'gzip' },
  })
  asking.on('error', () => {})
  const [answer]: [IncomingMessage] = (await once(asking, 'response')) as [IncomingMessage]
  answer.on('data', (bytes: Buffer) => {
    heard += bytes
  })
  answer.on('error', () => {})
  answer.on('close', () => {
    ended = true
  })
  closing.push(() => {
    asking.destroy()
    hub.close()
    proxy.close()
    server.closeAllConnections()
    server.close()
  })
  const times = (what: string) => heard.split(what).length - 1
  return {
    ...{ city, clock, hub, proxy, answer },
    frames: () => times('"kind":"changes"'),
    resets: () => times('"kind":"reset"'),
    pings: () => times('event: ping'),
    ended: () => ended,
  }
}

test('a proxy that gathers and packs passes a stream on at once, because it is told to', async () => {
  const { city, clock, answer, resets, frames } = await stage({ obeys: true })
  expect(answer.headers).toMatchObject({
    'content-encoding': 'identity',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  await soon(resets).toBe(1)
  for (let happened = 1; happened <= 3; happened++) {
    city.report([1])
    clock.pass(500)
    await soon(frames).toBe(happened)
  }
})

test('an hour without news is not idle: a connection that is cut after sixty seconds stays open', async () => {
  const { clock, pings, proxy, resets, ended } = await stage({ obeys: true })
  await soon(resets).toBe(1)
  for (let quarter = 1; quarter <= 240; quarter++) {
    clock.pass(15_000)
    await soon(pings).toBe(quarter)
  }
  expect([proxy.cuts(), ended()]).toEqual([0, false])
})

test('without pings it is cut, which is what they are for', async () => {
  const { clock, proxy, resets, ended } = await stage({ obeys: true, pings: false })
  await soon(resets).toBe(1)
  clock.pass(60_000)
  await soon(ended).toBe(true)
  expect(proxy.cuts()).toBe(1)
})

test('a proxy that obeys nobody and gathers four thousand bytes holds messages back, until air is asked for', async () => {
  const silent = await stage({ obeys: false })
  silent.city.report([1])
  await soon(() => silent.hub.measures().frames).toBeGreaterThan(3)
  silent.clock.pass(15_000)
  expect([silent.frames(), silent.pings()]).toEqual([0, 0])

  const { city, clock, frames, pings, resets } = await stage({ obeys: false, pad: true })
  await soon(resets).toBe(1)
  for (let happened = 1; happened <= 3; happened++) {
    city.report([1])
    clock.pass(500)
    await soon(frames).toBe(happened)
  }
  clock.pass(15_000)
  await soon(pings).toBe(1)
})

import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { screen } from '#test/live-screen.ts'
import type { Board, PublicEvent } from './board.ts'
import { createHub, type Hub } from './hub.ts'
import { liveRoutes } from './route.ts'

let house: TestHouse
let hub: Hub
let server: Server
let port: number
let floods = 0
let flood: (events: readonly PublicEvent[]) => void
let quarterMinute: () => void
const refusals: string[] = []
const timers = new Set<() => void>()
const nobody: ReadonlySet<number> = new Set()
const QUIET = {
  touched: { building: nobody, organization: nobody, district: nobody },
  registry: false,
}
/** The moments between frames pass when the test says so. */
const rest = () => {
  const due = [...timers]
  timers.clear()
  for (const run of due) run()
}

beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
  const { board, registry, now } = house.context
  const after = (milliseconds: number, run: () => void) => {
    if (milliseconds === 500) timers.add(run)
    if (milliseconds === 15_000) quarterMinute = run
  }
  const flooded: Board = {
    ...board,
    revision: () => board.revision() + floods,
    follow(listener) {
      flood = (events) => listener({ ...QUIET, revision: board.revision() + ++floods, events })
      return board.follow(listener)
    },
  }
  hub = createHub({ board: flooded, registry, now, after, epoch: 'e', state: () => 'serving' })
  server = serve({
    fetch: liveRoutes(hub, { perAddress: 2, refused: (bound) => refusals.push(bound) }).fetch,
    port: 0,
    hostname: '127.0.0.1',
  }) as Server
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  hub.close()
  server.closeAllConnections()
  server.close()
  await house.close()
})

/** The wire takes its time on a busy machine; nothing here depends on how much. */
const soon = <T>(value: () => T) => expect.poll(value, { timeout: 30_000, interval: 5 })

let count = 0
const report = (size = 1) =>
  Array.from({ length: size }, () =>
    event('request.registered', NOW - 60_000, {
      ...{ request: `wire-${++count}`, building: 'b-1', channel: 'phone', priority: 'ordinary' },
      kind: 'work_request',
    }),
  )

async function listen(
  lastId?: string,
  forwarded?: string,
): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => {})
  const resume = lastId ? `Last-Event-ID: ${lastId}\r\n` : ''
  const header = forwarded ? `X-Forwarded-For: ${forwarded}\r\n` : ''
  socket.write(`GET /live HTTP/1.1\r\nHost: localhost\r\n${resume}${header}\r\n`)
  // Without the sizes that HTTP writes before each part.
  const heard = () =>
    Buffer.concat(chunks)
      .toString()
      .replaceAll(/\r\n[0-9a-f]+\r\n/g, '')
  await soon(heard).toContain('data: ')
  return { socket, heard }
}

test('the stream says what it is to browsers and proxies', async () => {
  const { socket, heard } = await listen()
  expect(heard()).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  expect(heard()).toMatch(/content-type: text\/event-stream/i)
  expect(heard()).toMatch(/cache-control: no-store/i)
  expect(heard()).toMatch(/x-accel-buffering: no/i)
  expect(heard()).toMatch(/retry: \d+\nid: e-\d+\ndata: \{"kind":"reset"/)
  socket.destroy()
  await soon(() => hub.readers()).toBe(0)
})

test('two hundred screens hear a change; those that leave are forgotten', async () => {
  const screens = await Promise.all(Array.from({ length: 200 }, () => listen()))
  await soon(() => hub.readers()).toBe(200)
  await house.append(report())
  rest()
  const told = `"request":"wire-${count}"`
  for (const { heard } of screens) await soon(heard).toContain(told)
  for (const { socket } of screens) socket.destroy()
  await soon(() => hub.readers()).toBe(0)
})

test('a screen resumes over the wire with what it missed', async () => {
  const { socket, heard } = await listen()
  const lastId = /id: (e-\d+)/.exec(heard())?.[1]
  socket.destroy()
  await house.append(report())
  rest()
  const again = await listen(lastId)
  expect(again.heard()).toContain('"kind":"changes"')
  expect(again.heard()).toContain(`"request":"wire-${count}"`)
  again.socket.destroy()
})

test('a screen that stops reading costs little and is dropped, with its connection', async () => {
  const events = house.context.board.events()
  const stalled = await listen()
  const gone = once(stalled.socket, 'close')
  stalled.socket.pause()
  await soon(() => hub.readers()).toBe(1)
  // The kernel takes some megabytes for it first.
  for (let frame = 0; frame < 5000 && hub.measures().late === 0; frame++) {
    flood(events)
    rest()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(hub.measures().late).toBe(1)
  for (let looks = 0; looks < 3; looks++) quarterMinute()
  expect([hub.readers(), hub.measures().dropped]).toEqual([0, 1])
  stalled.socket.resume()
  await gone
})

test('a stream asked for while the answer before it is being finished has the connection after it', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  let heard = ''
  socket.on('data', (text) => {
    heard += text
  })
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  socket.write(ask('/nowhere') + ask('/live'))
  while (!heard.includes('data: ') && !socket.destroyed) await once(socket, 'data')
  expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200'])
  socket.destroy()
})

test('one address behind a proxy has its number of streams, and another when one of them ends', async () => {
  const ask = (address: string) =>
    fetch(`http://127.0.0.1:${port}/live`, { headers: { 'x-forwarded-for': address } })
  const [first, second] = [await listen('', '10.0.0.66'), await listen('', '10.0.0.66')]
  const refused = await ask('10.0.0.66')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])
  expect((await refused.json()).error).toMatch(/^2 screens of this address are listening already/)
  expect(refusals).toEqual(['address'])
  const other = await listen('', '10.0.0.67')
  first.socket.destroy()
  await soon(() => hub.readers()).toBe(2)
  const third = await listen('', '10.0.0.66')
  for (const { socket } of [second, third, other]) socket.destroy()
  await soon(() => hub.readers()).toBe(0)
})

test.for([
  ['topic=street:garden', 400, /a topic is city, or district:ID, organization:ID, building:ID/],
  [
    Array.from({ length: 17 }, (_, i) => `topic=building:b-${i}`).join('&'),
    400,
    /at most 16 topics/,
  ],
] as const)('a stream of %s is refused in words', async ([query, status, words]) => {
  const answer = await fetch(`http://127.0.0.1:${port}/live?${query}`)
  expect(answer.status).toBe(status)
  expect((await answer.json()).error).toMatch(words)
})

test('what comes while the server stops is let go at once', () => {
  const { board, registry, now } = house.context
  const stopping = createHub({ ...{ board, registry, now }, epoch: 'e', state: () => 'serving' })
  stopping.close()
  const late = screen()
  stopping.join(late.sink)
  expect([late.sent, late.ended()]).toEqual([[], false])
})

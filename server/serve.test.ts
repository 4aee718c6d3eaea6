import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Lock, takeLock } from './lock.ts'
import { type Served, serve } from './serve.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const KEY = 'a-key-of-the-test-only'
const MB = 1024 * 1024
const CITY = {
  name: { ru: 'Тест' },
  zone: 'Asia/Almaty',
  languages: ['ru'] as const,
  centre: [76.9, 43.2] as [number, number],
}
let folder: string
let lock: Lock
let served: Served
const faults: unknown[] = []

beforeEach(async () => {
  faults.length = 0
  folder = mkdtempSync(join(tmpdir(), 'serve-'))
  lock = takeLock(folder, { pid: process.pid, command: 'serve' })
  served = await serve({
    dataDir: folder,
    port: 0,
    host: '127.0.0.1',
    now: () => NOW,
    clock: () => 0,
    epoch: 'test',
    newId: () => 'id',
    report: (_where, cause) => faults.push(cause),
  })
})
afterEach(async () => {
  await served.close()
  lock.release()
  rmSync(folder, { recursive: true })
  expect(faults).toEqual([])
})
const open = () => served.open({ city: CITY, key: KEY, dist: join(folder, 'no-dist'), lock })

const event = (n: number) =>
  JSON.stringify({
    id: `desk:${n}`,
    type: 'request.registered',
    occurredAt: NOW,
    source: 'desk',
    request: `1-${n}`,
  })
const post = (body: string) =>
  fetch(`${served.url}/ingest/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}` },
    body,
  })
const raw = async (head: string) => {
  const { port } = new URL(served.url)
  const socket = connect(Number(port), '127.0.0.1')
  let said = ''
  socket.on('data', (part) => {
    said += part
  })
  socket.write(head)
  await once(socket, 'close')
  return said
}

test('an address that is too long is refused with what to do', async () => {
  await open()
  const said = await raw(
    `GET /export/requests.csv?building=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  )
  expect(said).toContain('HTTP/1.1 431 ')
  expect(said).toContain('ask an export with POST')
})

test('a stranger that points its name at this machine is refused, also while the server opens', async () => {
  const asked = () =>
    raw('GET /livez HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n')
  expect(await asked()).toContain('HTTP/1.1 403 ')
  await open()
  expect(await asked()).toContain('ALLOWED_HOSTS')
})

test('what a reading left behind that was killed is gone after the start; what else lies in the folder stays', async () => {
  for (const name of ['preview-Ab12Cd', 'upload-abc123', 'preview-of-mine']) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'part'), 'x')
  }
  await open()
  expect(readdirSync(folder).filter((name) => /^(preview|upload)/.test(name))).toEqual([
    'preview-of-mine',
  ])
})

const lastSeq = async () => (await (await fetch(`${served.url}/readyz`)).json()).lastSeq

async function socket(head: readonly string[]): Promise<Socket> {
  const { port } = new URL(served.url)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const lines = [
    'POST /ingest/events HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${KEY}`,
    ...head,
  ]
  socket.on('error', () => {})
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  return socket
}
/** The first status line; a server that hangs up while it is written to has said it before. */
const statusOf = (socket: Socket) =>
  new Promise<string | undefined>((resolve, reject) => {
    socket.once('data', (said: Buffer) => resolve(said.toString().split('\r\n')[0]))
    socket.once('close', () => reject(new Error('closed without a word')))
  })

test('until the house is open the server is alive, not ready, and says why', async () => {
  served.opening('the facts are being read')
  expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
  const response = await fetch(`${served.url}/readyz`)
  expect([response.status, await response.json()]).toEqual([
    503,
    { ready: false, error: 'the facts are being read' },
  ])
  expect((await post(event(1))).status).toBe(503)
  await open()
  expect((await fetch(`${served.url}/readyz`)).status).toBe(200)
})

test('a port that is taken is told in a sentence', async () => {
  const { port } = new URL(served.url)
  await expect(
    serve({
      dataDir: folder,
      port: Number(port),
      host: '127.0.0.1',
      now: () => NOW,
      clock: () => 0,
      epoch: 'test',
      newId: () => 'id',
      report: () => {},
    }),
  ).rejects.toThrow(`port ${port} of 127.0.0.1 is taken by another program; set PORT to a free one`)
})

test('a line of a hundred megabytes is refused after ten', async () => {
  await open()
  const line = await socket(['Transfer-Encoding: chunked'])
  const status = statusOf(line)
  let refused = false
  status.then(() => {
    refused = true
  })
  const chunk = Buffer.alloc(MB, 0x61)
  let written = 0
  while (!refused && written < 100) {
    written += 1
    line.write(`${MB.toString(16)}\r\n`)
    line.write(chunk)
    if (!line.write('\r\n')) await Promise.race([once(line, 'drain'), status])
  }
  expect(await status).toBe('HTTP/1.1 413 Payload Too Large')
  expect(written).toBeLessThan(30)
  line.destroy()
  expect((await post(event(1))).status).toBe(200)
})

test('a length that promises more than comes stores nothing when the sender hangs up', async () => {
  await open()
  const liar = await socket([`Content-Length: ${event(1).length + 100}`])
  liar.write(event(1))
  liar.destroy()
  await once(liar, 'close')
  expect((await post(event(2))).status).toBe(200)
  expect(await lastSeq()).toBe(1)
})

test('a length that promises less than comes is a body cut short, and the rest no request', async () => {
  await open()
  const liar = await socket([`Content-Length: ${event(1).length - 5}`])
  liar.write(event(1))
  expect(await statusOf(liar)).toBe('HTTP/1.1 400 Bad Request')
  liar.destroy()
  expect(await lastSeq()).toBe(0)
})

test('what has begun when the server is told to stop is acknowledged and kept', async () => {
  await open()
  const slow = await socket([`Content-Length: ${event(1).length}`, 'Expect: 100-continue'])
  expect(await statusOf(slow)).toBe('HTTP/1.1 100 Continue')
  const status = statusOf(slow)
  const closed = served.close()
  slow.write(event(1))
  expect(await status).toBe('HTTP/1.1 200 OK')
  slow.destroy()
  await closed
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { type RequestStream, requestStreams } from './request-streams.ts'
import { openLog, type SqliteLog } from './sqlite.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const REQUESTS = 5000
/** Of so long a log a thread is worth its time. */
const LONG = Number.POSITIVE_INFINITY

let folder: string
let log: SqliteLog
const file = () => join(folder, 'log.sqlite')
const about = (type: string, number: number) => ({
  ...{ id: `${type}:${number}`, request: `1-${number}`, occurredAt: NOW + number },
  source: number % 2 === 0 ? 'desk' : '«109»',
})
const registered = (number: number): DomainEvent => ({
  ...about('registered', number),
  ...{ type: 'request.registered', channel: 'phone', kind: 'work_request', priority: 'ordinary' },
})
const closed = (number: number): DomainEvent => ({
  ...about('closed', number),
  type: 'request.closed',
})
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-streams-'))
  log = openLog({ file: file(), now: () => NOW })
  // All are registered before the first is closed: the events of each lie far apart.
  const numbers = Array.from({ length: REQUESTS }, (_, i) => i)
  await log.append(numbers.map(registered))
  await log.append(numbers.map(closed))
})
afterAll(async () => {
  await log.close()
  rmSync(folder, { recursive: true, force: true })
})

async function read(lastSeq: number): Promise<RequestStream[]> {
  const streams: RequestStream[] = []
  for await (const batch of requestStreams(file(), lastSeq)) streams.push(...batch)
  return streams
}

test('a thread reads the same streams as the caller itself, each whole and as the log gives it', async () => {
  const beside = await read(LONG)
  expect(beside.map(({ key }) => key)).toEqual(Array.from({ length: REQUESTS }, (_, i) => i + 1))
  for (const { key, events } of beside) expect(events).toEqual(log.stream(key))
  expect(await read(0)).toEqual(beside)
})

test('who has read enough may leave, and a file that cannot be read is a fault and no empty log', async () => {
  for await (const [first] of requestStreams(file(), LONG)) {
    expect(first?.key).toBe(1)
    break
  }
  await expect(requestStreams(join(folder, 'missing'), LONG).next()).rejects.toThrow(
    'unable to open database file',
  )
})

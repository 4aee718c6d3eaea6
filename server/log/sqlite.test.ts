import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { openWriter } from './file.ts'
import { ConflictError } from './log.ts'
import type { RequestStream } from './request-streams.ts'
import { openLog, type SqliteLog } from './sqlite.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
let folder: string
let file: string
let log: SqliteLog

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
  file = join(folder, 'log.sqlite')
  log = openLog({ file, now: () => NOW })
})
afterEach(async () => {
  await log.close()
  rmSync(folder, { recursive: true })
})

const registered = (request: string, more: object = {}) =>
  ({
    id: `desk:${request}:registered`,
    type: 'request.registered',
    occurredAt: NOW - 3_600_000,
    source: 'desk',
    request,
    channel: 'phone',
    priority: 'ordinary',
    kind: 'work_request',
    ...more,
  }) as DomainEvent
const closed = (request: string) =>
  ({
    id: `desk:${request}:closed`,
    type: 'request.closed',
    occurredAt: NOW,
    source: 'desk',
    request,
  }) as DomainEvent
const building = {
  id: 'desk:b-1',
  type: 'building.registered',
  occurredAt: 0,
  source: 'desk',
  building: 'b-1',
  address: { ru: 'Липовая, 1' },
} as DomainEvent

test('an event comes back as it was sent, with its place and the time we learned it', async () => {
  await log.append([registered('1-1'), building])
  expect(log.read(0, 10)).toEqual([
    { ...registered('1-1'), seq: 1, recordedAt: NOW },
    { ...building, seq: 2, recordedAt: NOW },
  ])
  expect(log.read(1, 10).map((event) => event.id)).toEqual(['desk:b-1'])
})

test('a history written down afterwards keeps when each event was learned', async () => {
  const other = openLog({
    file: join(folder, 'history.sqlite'),
    now: () => NOW,
    learnedAt: ({ type }) => (type === 'request.closed' ? 5_000 : 3_000),
  })
  await other.append([registered('1-1'), closed('1-1')])
  expect(other.read(0, 10).map(({ recordedAt }) => recordedAt)).toEqual([3_000, 5_000])
  await other.close()
})

test('the same event again is known, in whatever order its fields come', async () => {
  await log.append([registered('1-1')])
  const again = Object.fromEntries(Object.entries(registered('1-1')).reverse()) as DomainEvent
  const { stored, known, lastSeq } = await log.append([again, closed('1-1')])
  expect(stored.map(({ seq, id }) => [seq, id])).toEqual([[2, 'desk:1-1:closed']])
  expect(known).toEqual(['desk:1-1:registered'])
  expect(lastSeq).toBe(2)
})

test.for([
  ['body', registered('1-1', { channel: 'web' })],
  ['time', registered('1-1', { occurredAt: NOW })],
  ['source', registered('1-1', { source: 'other' })],
  ['type', { ...closed('1-1'), id: 'desk:1-1:registered', occurredAt: NOW - 3_600_000 }],
] as const)(
  'the same id with another %s is a conflict: nothing of its batch is stored, the attempt is kept',
  async ([, changed]) => {
    await log.append([registered('1-1')])
    await expect(log.append([closed('1-1'), changed as DomainEvent])).rejects.toThrow(ConflictError)
    expect(log.read(0, 10).map((event) => event.id)).toEqual(['desk:1-1:registered'])
    const db = new DatabaseSync(file, { readOnly: true })
    expect(db.prepare('SELECT at, what, id FROM audit').all()).toEqual([
      { at: NOW, what: 'conflict', id: 'desk:1-1:registered' },
    ])
    db.close()
  },
)

test('a conflict does not touch the batches that share its transaction', async () => {
  await log.append([registered('1-1')])
  const [before, conflict, after] = await Promise.allSettled([
    log.append([registered('1-2')]),
    log.append([registered('1-3'), registered('1-1', { channel: 'web' })]),
    log.append([registered('1-4')]),
  ])
  expect([before.status, conflict.status, after.status]).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(log.read(0, 10).map(({ seq, id }) => [seq, id])).toEqual([
    [1, 'desk:1-1:registered'],
    [2, 'desk:1-2:registered'],
    [3, 'desk:1-4:registered'],
  ])
})

test('a value that is no event fails its own batch only', async () => {
  const [broken, sound] = await Promise.allSettled([
    log.append([registered('1-1'), { ...registered('1-2'), occurredAt: Symbol('x') } as never]),
    log.append([registered('1-3')]),
  ])
  expect([broken.status, sound.status]).toEqual(['rejected', 'fulfilled'])
  expect(log.read(0, 10).map(({ seq, id }) => [seq, id])).toEqual([[1, 'desk:1-3:registered']])
  expect(log.fault()).toBeNull()
})

test('one id twice in one batch is stored once', async () => {
  const { stored, known } = await log.append([registered('1-1'), registered('1-1')])
  expect(stored.map((event) => event.id)).toEqual(['desk:1-1:registered'])
  expect(known).toEqual(['desk:1-1:registered'])
})

test('followers hear durable events only, once each, in order', async () => {
  const heard: number[] = []
  const stop = log.follow((events) => heard.push(...events.map((event) => event.seq)))
  await Promise.all([log.append([registered('1-1')]), log.append([closed('1-1'), building])])
  await log.append([closed('1-1')])
  stop()
  await log.append([registered('1-2')])
  expect(heard).toEqual([1, 2, 3])
})

test('a stream is whole, and keys survive a restart', async () => {
  await log.append([registered('1-1'), building, registered('1-2'), closed('1-1')])
  const key = log.key('request:1-1')
  await log.close()
  log = openLog({ file, now: () => NOW })
  expect(log.key('request:1-1')).toBe(key)
  expect(log.key('request:9-9')).toBeUndefined()
  expect(log.stream(key ?? 0).map((event) => event.seq)).toEqual([1, 4])
  expect([...log.registry()].map((event) => event.id)).toEqual(['desk:b-1'])
  const streams: RequestStream[] = []
  for await (const batch of log.requestStreams()) streams.push(...batch)
  expect(streams.map(({ key, events }) => [key, events.map((event) => event.seq)])).toEqual([
    [log.key('request:1-1'), [1, 4]],
    [log.key('request:1-2'), [3]],
  ])
})

test('a long walk does not hide new events from short reads', async () => {
  await log.append([registered('1-1'), registered('1-2')])
  const walk = log.requestStreams()[Symbol.asyncIterator]()
  await walk.next()
  await log.append([closed('1-1')])
  expect(log.stream(log.key('request:1-1') ?? 0).map((event) => event.seq)).toEqual([1, 3])
  await walk.return?.()
})

test('when the file cannot be written nothing is acknowledged, and writing goes on when it can again', async () => {
  await log.append([registered('1-1')])
  const other = new DatabaseSync(file)
  other.exec(`CREATE TRIGGER full BEFORE INSERT ON event WHEN new.id LIKE '%1-3%'
    BEGIN SELECT raise(ABORT, 'database or disk is full'); END`)
  await expect(log.append([registered('1-2'), registered('1-3')])).rejects.toThrow('disk is full')
  expect(log.fault()).toContain('disk is full')
  expect(log.lastSeq()).toBe(1)
  other.exec('DROP TRIGGER full')
  log.probe()
  expect(log.fault()).toBeNull()
  other.close()
  expect(await log.append([registered('1-2'), registered('1-3')])).toMatchObject({ lastSeq: 3 })
  expect(log.fault()).toBeNull()
})

test('the same file imported twice is one entry, and its quarantined rows are counted once', () => {
  const fault = { row: 7, field: 'open_dt', reason: 'not a date', value: 'soon' }
  for (const at of [NOW, NOW + 1]) {
    const id = log.imports.begin({ source: 'boston', file: 'a.csv', sha256: 'ab', at })
    log.imports.quarantine(id, [fault, { ...fault, field: 'closed_dt' }])
    log.imports.finish(id, { read: 9, stored: 8, known: 0, quarantined: 1 })
    expect(log.imports.rows(id)).toEqual([{ ...fault, field: 'closed_dt' }, fault])
  }
  expect(log.imports.quarantined()).toBe(1)
  expect(log.imports.list()).toEqual([
    {
      id: 1,
      source: 'boston',
      file: 'a.csv',
      sha256: 'ab',
      read: 9,
      stored: 8,
      known: 0,
      quarantined: 1,
      at: NOW,
    },
  ])
})

test('the file is written for power losses: a write-ahead log, synced at every commit', () => {
  const db = openWriter(join(folder, 'another.sqlite'))
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  // 2 is FULL; with 1, NORMAL, acknowledged rows were lost in twelve of fifteen power losses.
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
  db.close()
})

test('a file that is no log, or of a newer program, is told with its name and left alone', () => {
  const other = join(folder, 'other.sqlite')
  writeFileSync(other, 'no database at all, but long enough to look like one: '.repeat(100))
  const before = readFileSync(other)
  expect(() => openLog({ file: other, now: () => NOW })).toThrow(
    `the log ${other} cannot be opened`,
  )
  expect(readFileSync(other).equals(before)).toBe(true)
  const newer = new DatabaseSync(join(folder, 'newer.sqlite'))
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  expect(() => openLog({ file: join(folder, 'newer.sqlite'), now: () => NOW })).toThrow(/newer/)
})

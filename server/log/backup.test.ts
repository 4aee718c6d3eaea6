import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { backupTo, restoreFrom } from './backup.ts'
import { chain } from './canonical.ts'
import { openLog, type SqliteLog } from './sqlite.ts'
import { verifyLog } from './verify.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
let folder: string
let dataDir: string
let file: string
let log: SqliteLog

const event = (n: number) =>
  ({
    id: `desk:${n}`,
    type: 'request.registered',
    occurredAt: NOW + n,
    source: 'desk',
    request: `1-${n}`,
    channel: 'phone',
    priority: 'ordinary',
    kind: 'work_request',
  }) as DomainEvent

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'))
  dataDir = join(folder, 'data')
  file = join(dataDir, 'log.sqlite')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'city.json'), '{"name":{"ru":"Тест"}}')
  writeFileSync(join(dataDir, 'ingest.key'), 'secret')
  log = openLog({ file, now: () => NOW })
  for (const n of [1, 2, 3]) await log.append([event(n)])
})
afterEach(async () => {
  await log.close()
  rmSync(folder, { recursive: true })
})

const change = (sql: string) => {
  const db = new DatabaseSync(file)
  db.exec(sql)
  db.close()
}

test('an untouched log verifies, and its head is that of the last event', () => {
  const verified = verifyLog(file)
  expect(verified.events).toBe(3)
  const db = new DatabaseSync(file, { readOnly: true })
  const row = db.prepare('SELECT hex(hash) AS hash FROM event WHERE seq = 3').get()
  db.close()
  expect(verified.head.toUpperCase()).toBe(row?.hash)
})

test.for([
  [
    'body',
    `UPDATE event SET body = replace(body, 'phone', 'paper') WHERE seq = 2`,
    2,
    'desk:2',
    /its content/,
  ],
  ['time', 'UPDATE event SET occurred_at = 1 WHERE seq = 2', 2, 'desk:2', /its content/],
  ['recorded time', 'UPDATE event SET recorded_at = 1 WHERE seq = 3', 3, 'desk:3', /its content/],
  ['hash', `UPDATE event SET hash = x'00' WHERE seq = 1`, 1, 'desk:1', /the row says 00$/],
  [
    'place in a stream',
    'UPDATE event SET stream = 1 WHERE seq = 3',
    3,
    'desk:3',
    /kept under "request:1-1", not "request:1-3"/,
  ],
  ['absence', 'DELETE FROM event WHERE seq = 2', 2, '', /the row is missing/],
] as const)('a changed %s is found at its row', ([, sql, seq, id, differs]) => {
  change(sql)
  expect(() => verifyLog(file)).toThrow(
    expect.objectContaining({ seq, id, differs: expect.stringMatching(differs) }),
  )
})

test('a log whose end was cut off is whole in itself, but not to whoever kept its head', () => {
  const { head } = verifyLog(file)
  expect(verifyLog(file, () => {}, head)).toEqual({ events: 3, head })
  change('DELETE FROM event WHERE seq = 3')
  expect(verifyLog(file).events).toBe(2)
  expect(() => verifyLog(file, () => {}, head)).toThrow(
    `no event of this log has the hash ${head}: what was kept is not in its 2 events`,
  )
})

test('a change that also writes the right hash for its row breaks the next one', () => {
  const db = new DatabaseSync(file)
  const hashOf = (seq: number) => db.prepare('SELECT * FROM event WHERE seq = ?').get(seq) ?? {}
  const previous = Buffer.from(hashOf(1).hash as Uint8Array).toString('hex')
  const { id, type, body } = hashOf(2) as { id: string; type: string; body: string }
  const forged = chain(previous, {
    seq: 2,
    id,
    type,
    occurredAt: NOW,
    recordedAt: NOW,
    source: 'desk',
    body,
  })
  db.prepare('UPDATE event SET occurred_at = ?, hash = ? WHERE seq = 2').run(NOW, forged)
  db.close()
  expect(() => verifyLog(file)).toThrow(expect.objectContaining({ seq: 3, id: 'desk:3' }))
})

test('a backup is taken while the log is open, and restores to the same chain without the key', async () => {
  const target = join(folder, 'backup')
  const manifest = await backupTo(target, { dataDir, now: NOW })
  await log.append([event(4)])
  expect(manifest).toMatchObject({ takenAt: '2026-02-10T12:00:00.000Z', events: 3 })
  expect(readdirSync(target).sort()).toEqual(['city.json', 'log.sqlite', 'manifest.json'])

  const restored = join(folder, 'restored')
  await restoreFrom(target, { dataDir: restored })
  expect(readdirSync(restored).sort()).toEqual(['city.json', 'log.sqlite'])
  expect(verifyLog(join(restored, 'log.sqlite'))).toEqual({ events: 3, head: manifest.head })
  const again = openLog({ file: join(restored, 'log.sqlite'), now: () => NOW })
  expect((await again.append([event(3), event(4)])).known).toEqual(['desk:3'])
  await again.close()
})

test('the city’s own norms, its sources and whom its outlines are owed to come along', async () => {
  mkdirSync(join(dataDir, 'norms'))
  writeFileSync(join(dataDir, 'norms/almaty.json'), '{"id":"almaty"}')
  writeFileSync(join(dataDir, 'norms/almaty.json.bak'), 'no pack')
  writeFileSync(join(dataDir, 'sources.json'), '{"sources":[]}')
  writeFileSync(join(dataDir, 'outlines.json'), '{"attribution":["OpenStreetMap"]}')
  const target = join(folder, 'backup')
  await backupTo(target, { dataDir, now: NOW })
  const restored = join(folder, 'restored')
  await restoreFrom(target, { dataDir: restored })
  expect(readdirSync(restored).sort()).toEqual([
    ...['city.json', 'log.sqlite', 'norms', 'outlines.json', 'sources.json'],
  ])
  expect(readdirSync(join(restored, 'norms'))).toEqual(['almaty.json'])
  writeFileSync(join(target, 'norms/almaty.json'), '{"id":"almatY"}')
  await expect(restoreFrom(target, { dataDir: join(folder, 'other') })).rejects.toThrow(
    'is not what was written; nothing was restored',
  )
})

test('all that a city wrote of itself comes along: policy, definitions, mappings and where its peers stand', async () => {
  const own = [
    ...['policy/own.json', 'presets/own.json', 'mappings/crm.json', 'mappings/registers/r.json'],
    ...['hook.json', 'open311-peers.json'],
  ]
  mkdirSync(join(dataDir, 'mappings/registers'), { recursive: true })
  for (const name of ['policy', 'presets']) mkdirSync(join(dataDir, name))
  for (const name of own) writeFileSync(join(dataDir, name), `{"of":"${name}"}`)
  writeFileSync(join(dataDir, 'notices.json'), '{"smtp":{}}')
  const hooks = ['hook.json', 'lost.json', 'notices.json'].map((mapping) => ({ mapping }))
  writeFileSync(join(dataDir, 'sources.json'), JSON.stringify({ sources: hooks }))
  const target = join(folder, 'backup')
  const { missing } = await backupTo(target, { dataDir, now: NOW })
  expect(missing).toEqual([
    'sources.json names the mapping lost.json, which is not in the data folder',
  ])
  const restored = join(folder, 'restored')
  await restoreFrom(target, { dataDir: restored })
  for (const name of own)
    expect(readFileSync(join(restored, name), 'utf8')).toBe(`{"of":"${name}"}`)
  expect(readdirSync(restored)).not.toContain('notices.json')
})

test('a city whose sources cannot be read is backed up, and what may be missing is said', async () => {
  writeFileSync(join(dataDir, 'sources.json'), '{"sources":')
  const { missing } = await backupTo(join(folder, 'backup'), { dataDir, now: NOW })
  expect(missing).toEqual([expect.stringMatching(/^sources\.json cannot be read/)])
})

test('screens that were let in and rules of notices come along, the passwords of channels do not', async () => {
  for (const name of ['screens.sqlite', 'notices.sqlite']) {
    const db = new DatabaseSync(join(dataDir, name))
    db.exec(`CREATE TABLE kept (name TEXT); INSERT INTO kept VALUES ('${name}')`)
    db.close()
  }
  writeFileSync(join(dataDir, 'notices.json'), '{"smtp":{"url":"smtp://user:secret@mail"}}')
  const target = join(folder, 'backup')
  await backupTo(target, { dataDir, now: NOW })
  const restored = join(folder, 'restored')
  await restoreFrom(target, { dataDir: restored })
  for (const name of ['screens.sqlite', 'notices.sqlite']) {
    const db = new DatabaseSync(join(restored, name))
    expect(db.prepare('SELECT name FROM kept').get()).toEqual({ name })
    db.close()
  }
  expect(readdirSync(restored)).not.toContain('notices.json')
})

test('a backup with one changed bit anywhere is refused, and nothing is restored', async () => {
  const target = join(folder, 'backup')
  await backupTo(target, { dataDir, now: NOW })
  for (const name of ['log.sqlite', 'city.json', 'manifest.json'])
    for (const share of [0, 0.21, 0.47, 0.52, 0.83, 0.999]) {
      const damaged = join(folder, `damaged-${name}-${share}`)
      cpSync(target, damaged, { recursive: true })
      const bytes = readFileSync(join(damaged, name))
      const at = Math.floor(bytes.length * share)
      // White space at the end of a manifest says nothing; every other bit does.
      if (bytes.subarray(at).toString().trim() === '') continue
      bytes[at] = (bytes[at] ?? 0) ^ 1
      writeFileSync(join(damaged, name), bytes)
      const restored = join(folder, 'restored')
      await expect(restoreFrom(damaged, { dataDir: restored })).rejects.toThrow(/damaged/)
      expect(() => readdirSync(restored)).toThrow('ENOENT')
    }
})

test('a folder with anything in it is not restored into, and a backup is not overwritten', async () => {
  const target = join(folder, 'backup')
  await backupTo(target, { dataDir, now: NOW })
  await expect(restoreFrom(target, { dataDir })).rejects.toThrow(/is not empty/)
  await expect(backupTo(target, { dataDir, now: NOW })).rejects.toThrow(/is there already/)
})

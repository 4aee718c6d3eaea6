import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backupTo, restoreFrom } from '#server/log/backup.ts'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'
import { verifyLog } from '#server/log/verify.ts'
import { rememberBackup } from './backups.ts'
import { patternsOf, searchFile } from './byte-search.ts'
import { eraseSubject, heldElsewhere } from './erase.ts'
import { openSubjects, type Subjects } from './subjects.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const ACT = { reason: 'заявление', by: 'test', at: NOW }
const TEXT = `Соседка сверху, ${'очень громко стучит по трубам. '.repeat(300)}`
const PERSON = {
  subjectId: 's-1',
  name: 'Айгүл Сәрсенова',
  phone: '+7 701 555 01 02',
  flat: '12',
  request: '1-1',
  text: TEXT,
}
let root: string
let dataDir: string
let log: SqliteLog
let subjects: Subjects
const open = () =>
  openSubjects({
    logFile: join(dataDir, 'log.sqlite'),
    keyFile: join(dataDir, 'subject-keys.sqlite'),
    random: randomBytes,
  })
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'erase-'))
  dataDir = join(root, 'data')
  mkdirSync(dataDir)
  log = openLog({ file: join(dataDir, 'log.sqlite'), now: () => NOW })
  await log.append([
    {
      id: 'a',
      type: 'request.registered',
      occurredAt: NOW,
      source: 'desk',
      request: '1-1',
      subjectId: 's-1',
      channel: 'phone',
      priority: 'ordinary',
      kind: 'work_request',
    },
  ])
  subjects = open()
  subjects.put([PERSON, { subjectId: 's-2', name: 'Пётр Ёлкин' }], NOW)
})
afterEach(async () => {
  subjects.close()
  await log.close()
  rmSync(root, { recursive: true })
})

test('an erasure leaves nothing in the log, its journal and the backup, and the backup is still whole', async () => {
  const backup = join(root, 'backup')
  const { takenAt, head } = await backupTo(backup, { dataDir, now: NOW })
  rememberBackup(dataDir, { path: backup, takenAt })
  rememberBackup(dataDir, { path: join(root, 'in a safe'), takenAt })

  const act = await eraseSubject({ subjects, dataDir, subjectId: 's-1', ...ACT })
  expect(act).toMatchObject({
    subjectId: 's-1',
    at: '2026-02-10T12:00:00.000Z',
    erased: ['name', 'phone', 'flat', 'text of 1-1'],
    backups: [backup],
    backupsNotReached: [join(root, 'in a safe')],
    tooShort: ['flat'],
    proved: true,
  })
  const names = act?.searched.map(({ path }) => path.slice(root.length + 1)) ?? []
  for (const file of ['log.sqlite', 'log.sqlite-wal', 'subject-keys.sqlite'])
    expect(names).toContain(join('data', file))
  for (const file of ['log.sqlite', 'subject-keys.sqlite'])
    expect(names).toContain(join('backup', file))
  expect(JSON.stringify(act)).not.toMatch(/Айгүл|555 ?01|Соседка/)

  const restored = join(root, 'restored')
  expect((await restoreFrom(backup, { dataDir: restored })).head).toBe(head)
  expect(verifyLog(join(restored, 'log.sqlite')).head).toBe(head)
  dataDir = restored
  subjects = open()
  expect(subjects.contact('s-1')).toBeUndefined()
  expect(subjects.contact('s-2')?.name).toBe('Пётр Ёлкин')
  expect(subjects.put([PERSON], NOW)).toEqual({ stored: 0, erased: ['s-1'] })
})

test('what lies elsewhere is found: an export, a copied row, a quarantined cell is cleared', async () => {
  const exports = join(root, 'exports')
  mkdirSync(exports)
  writeFileSync(join(exports, 'a.csv'), Buffer.from('имя;Айгүл Сәрсенова', 'utf16le'))
  writeFileSync(join(exports, 'b.json'), '{"phone":"77015550102"}')
  const from = log.imports.begin({ source: 'x', file: 'x.csv', sha256: 'x', at: NOW })
  log.imports.quarantine(from, [
    { row: 2, field: 'address', reason: 'unknown', value: 'ул. Абая 3, звонить +7 701 555 01 02' },
  ])
  const before = heldElsewhere({ subjects, dataDir, subjectId: 's-1', also: [exports] })
  expect(before.map(({ path }) => path)).toEqual(['a.csv', 'b.json'].map((it) => join(exports, it)))
  expect(heldElsewhere({ subjects, dataDir, subjectId: 's-2', also: [exports] })).toEqual([])
  const act = await eraseSubject({ subjects, dataDir, subjectId: 's-1', ...ACT, also: [exports] })
  expect(act?.proved).toBe(false)
  expect(act?.quarantineRows).toBe(1)
  expect(act?.searched.filter(({ found }) => found.length > 0)).toMatchObject([
    { path: join(exports, 'a.csv'), found: [{ of: 'name', times: 1 }] },
    { path: join(exports, 'b.json'), found: [{ of: 'phone', times: 2 }] },
  ])
  expect(log.imports.rows(from)).toMatchObject([{ value: '[erased]' }])
})

test('the audit says that a person was erased, when and why, and no value', async () => {
  await eraseSubject({ subjects, dataDir, subjectId: 's-1', ...ACT })
  const db = new DatabaseSync(join(dataDir, 'log.sqlite'), { readOnly: true })
  const rows = db.prepare("SELECT at, id, detail FROM audit WHERE what = 'subject.erased'").all()
  db.close()
  expect(rows).toEqual([{ at: NOW, id: 's-1', detail: expect.stringContaining('заявление') }])
  expect(String(rows[0]?.detail)).not.toMatch(/Айгүл|555 ?01/)
})

test('a person whose id is a phone, from before such ids were refused, leaves it neither here nor in a backup that is older than they', async () => {
  const older = join(root, 'older')
  const { takenAt } = await backupTo(older, { dataDir, now: NOW })
  rememberBackup(dataDir, { path: older, takenAt })
  const person = { subjectId: '+77015554433', phone: '+77015554433', name: 'Ержан Оспанов' }
  subjects.put([person], NOW)
  const { subjectId } = person
  subjects.read({ at: NOW, role: 'operator', subjectId, field: 'phone', reason: 'перезвонить' })
  const later = join(root, 'later')
  rememberBackup(dataDir, { path: later, ...(await backupTo(later, { dataDir, now: NOW })) })
  const act = await eraseSubject({ subjects, dataDir, subjectId, ...ACT })
  expect(act?.searched.filter(({ found }) => found.length > 0)).toEqual([])
  expect([act?.proved, act?.backups]).toEqual([true, [older, later]])
  subjects = open()
  expect(subjects.put([person], NOW)).toEqual({ stored: 0, erased: [subjectId] })
  expect(subjects.readings()).toMatchObject([{ reason: 'перезвонить' }])
})

test('nobody is erased twice, and an unknown person is not erased at all', async () => {
  expect(await eraseSubject({ subjects, dataDir, subjectId: 's-9', ...ACT })).toBeUndefined()
  await eraseSubject({ subjects, dataDir, subjectId: 's-1', ...ACT })
  subjects = open()
  expect(await eraseSubject({ subjects, dataDir, subjectId: 's-1', ...ACT })).toBeUndefined()
})

test('a value across two portions of a large file is found once', () => {
  const file = join(root, 'large')
  const bytes = Buffer.alloc(9 * 1024 * 1024, 0x20)
  for (const at of [0, 4 * 1024 * 1024 - 5, 8 * 1024 * 1024 - 1, bytes.length - 15])
    bytes.write('+7 701 555 0102', at)
  writeFileSync(file, bytes)
  const { found } = searchFile(file, patternsOf('phone', '+7 701 555 0102').slice(0, 1))
  expect(found).toEqual([{ of: 'phone', times: 4 }])
  expect(readFileSync(file).length).toBe(9 * 1024 * 1024)
})

test('in a backup of many people nothing of the erased one stands beside the rows of the others', async () => {
  const people = Array.from({ length: 120 }, (_, i) => ({
    subjectId: `p-${(i * 37) % 120}`,
    name: `Житель ${i}`,
    request: `1-${i}`,
    text: 'слово '.repeat(5 + ((i * 53) % 90)),
  }))
  for (const person of people) subjects.put([person], NOW)
  const backup = join(root, 'backup')
  const { takenAt } = await backupTo(backup, { dataDir, now: NOW })
  rememberBackup(dataDir, { path: backup, takenAt })
  const left: unknown[] = []
  for (const subjectId of ['p-3', 'p-14', 'p-25', 'p-36', 'p-47', 'p-58', 'p-69', 'p-80']) {
    const act = await eraseSubject({ subjects, dataDir, subjectId, ...ACT })
    left.push(...(act?.searched.filter(({ found }) => found.length > 0) ?? [subjectId]))
    subjects = open()
  }
  expect(left).toEqual([])
  expect(restoredNames(backup)).toHaveLength(people.length + 2 - 8)
})

const restoredNames = (folder: string) => {
  const kept = openSubjects({
    logFile: join(folder, 'log.sqlite'),
    keyFile: join(folder, 'subject-keys.sqlite'),
    random: randomBytes,
  })
  const ids = ['s-1', 's-2', ...Array.from({ length: 120 }, (_, i) => `p-${i}`)]
  const names = ids.flatMap((id) => kept.contact(id)?.name ?? [])
  kept.close()
  return names
}

test('an export that was packed is found; an archive that cannot be searched is no proof', async () => {
  writeFileSync(join(dataDir, 'old.csv.gz'), gzipSync('number,name\n1,Айгүл Сәрсенова\n'))
  writeFileSync(join(dataDir, 'old.xlsx'), Buffer.from('504b0304140000', 'hex'))
  const held = heldElsewhere({ subjects, dataDir, subjectId: 's-1' })
  expect(held.map(({ path, found }) => [path.slice(dataDir.length + 1), found[0]?.of])).toEqual([
    ['old.csv.gz', 'name'],
    ['old.xlsx', 'an archive that is not looked into'],
  ])
})

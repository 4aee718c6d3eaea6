import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'
import { filesUnder, patternsOf, searchFile } from './byte-search.ts'
import { maskedContact, maskName, maskPhone } from './mask.ts'
import { openSubjects, type Subjects } from './subjects.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
let folder: string
let log: SqliteLog
let subjects: Subjects
const open = () =>
  openSubjects({
    logFile: join(folder, 'log.sqlite'),
    keyFile: join(folder, 'subject-keys.sqlite'),
    random: randomBytes,
  })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subjects-'))
  log = openLog({ file: join(folder, 'log.sqlite'), now: () => NOW })
  subjects = open()
})
afterEach(async () => {
  subjects.close()
  await log.close()
  rmSync(folder, { recursive: true })
})

test('what is told again replaces the field and nothing else; texts stay apart by request', () => {
  subjects.put([{ subjectId: 's-1', name: 'Айгүл Сәрсенова', phone: '+7 701 555 01 02' }], NOW)
  subjects.put([{ subjectId: 's-1', request: '1-1', text: 'Капает с потолка' }], NOW)
  subjects.put(
    [{ subjectId: 's-1', phone: '+7 701 555 01 03', request: '1-2', text: 'Снова' }],
    NOW,
  )
  expect(subjects.contact('s-1')).toEqual({
    name: 'Айгүл Сәрсенова',
    phone: '+7 701 555 01 03',
    texts: { '1-1': 'Капает с потолка', '1-2': 'Снова' },
  })
  expect(subjects.contact('s-2')).toBeUndefined()
})

test('nobody else on the machine may read the keys, nor what the engine lays beside them', () => {
  subjects.put([{ subjectId: 's-1', name: 'Айгүл Сәрсенова' }], NOW)
  const beside = readdirSync(folder).filter((name) => name.startsWith('subject-keys'))
  expect(beside.toSorted()).toEqual(['', '-shm', '-wal'].map((end) => `subject-keys.sqlite${end}`))
  for (const name of beside) expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
})

test('no file holds a value that can be read, while the person is kept', () => {
  subjects.put([{ subjectId: 's-1', name: 'Айгүл Сәрсенова', phone: '+7 701 555 01 02' }], NOW)
  const patterns = [
    ...patternsOf('name', 'Айгүл Сәрсенова'),
    ...patternsOf('phone', '+7 701 555 01 02'),
  ]
  const files = filesUnder(folder).map((path) => searchFile(path, patterns))
  expect(files.map(({ found }) => found)).toEqual(files.map(() => []))
  expect(files.map(({ path }) => path.slice(folder.length + 1))).toContain('log.sqlite-wal')
})

test('a row moved to another person, or changed by a byte, does not open', () => {
  subjects.put([{ subjectId: 's-1', name: 'Айгүл Сәрсенова' }], NOW)
  subjects.put([{ subjectId: 's-2', name: 'Пётр Ёлкин' }], NOW)
  const db = new DatabaseSync(join(folder, 'log.sqlite'))
  db.exec(
    `UPDATE subject SET sealed = (SELECT sealed FROM subject WHERE id = 's-2') WHERE id = 's-1'`,
  )
  expect(() => subjects.contact('s-1')).toThrow()
  db.exec(
    `UPDATE subject SET sealed = CAST(substr(sealed, 1, 30) || x'00' AS BLOB) WHERE id = 's-2'`,
  )
  db.close()
  expect(() => subjects.contact('s-2')).toThrow()
})

test('a copy of the log without its keys tells nothing of anybody', () => {
  subjects.put([{ subjectId: 's-1', name: 'Айгүл Сәрсенова' }], NOW)
  const copy = openSubjects({
    logFile: join(folder, 'log.sqlite'),
    keyFile: join(folder, 'other-keys.sqlite'),
    random: randomBytes,
  })
  expect(copy.contact('s-1')).toBeUndefined()
  copy.close()
})

test('an erased person is not kept again, whoever sends them', () => {
  subjects.put([{ subjectId: 's-1', name: 'Айгүл Сәрсенова' }], NOW)
  expect(subjects.remove('s-1', NOW)?.contact.name).toBe('Айгүл Сәрсенова')
  expect(
    subjects.put(
      [
        { subjectId: 's-1', name: 'Айгүл' },
        { subjectId: 's-3', flat: '12' },
      ],
      NOW,
    ),
  ).toEqual({ stored: 1, erased: ['s-1'] })
  expect([subjects.contact('s-1'), subjects.erasedAt('s-1')]).toEqual([undefined, NOW])
  expect(subjects.remove('s-1', NOW)).toBeUndefined()
})

test('each reading of a value leaves one entry without the value; a value that is not there leaves none', () => {
  subjects.put(
    [{ subjectId: 's-1', phone: '+7 701 555 01 02', request: '1-1', text: 'Капает' }],
    NOW,
  )
  const reading = { at: NOW, role: 'operator', subjectId: 's-1', reason: 'перезвонить' } as const
  expect(subjects.read({ ...reading, field: 'phone' })).toBe('+7 701 555 01 02')
  expect(subjects.read({ ...reading, field: 'text' }, '1-1')).toBe('Капает')
  expect(subjects.read({ ...reading, field: 'email' })).toBeUndefined()
  expect(subjects.read({ ...reading, field: 'text' }, '1-2')).toBeUndefined()
  expect(subjects.readings()).toEqual([
    { ...reading, field: 'phone' },
    { ...reading, field: 'text' },
  ])
})

test('those are due whose retention has ended', () => {
  subjects.put(
    [
      { subjectId: 's-1', flat: '1', retainUntil: NOW },
      { subjectId: 's-2', flat: '2', retainUntil: NOW + 1 },
      { subjectId: 's-3', flat: '3' },
    ],
    NOW,
  )
  subjects.put([{ subjectId: 's-1', flat: '4' }], NOW)
  expect(subjects.due(NOW)).toEqual(['s-1'])
})

test.for([
  ['+7 701 555 01 12', '+7 *** ** 12'],
  ['8 (701) 555-01-12', '+7 *** ** 12'],
  ['+49 30 901820', '*** ** 20'],
  ['103', '*** ** **'],
] as const)('the phone %s is shown as %s', ([phone, masked]) => {
  expect(maskPhone(phone)).toBe(masked)
})

test('a name is shown by its initials, a text by its length; the wall is shown nothing', () => {
  expect(['Иванова Мария', 'Әсел Қ. Нұрланқызы', '12'].map(maskName)).toEqual([
    'И. М.',
    'Ә. Қ. Н.',
    '',
  ])
  const contact = {
    name: 'Иванова Мария',
    email: 'maria@example.kz',
    flat: '12',
    texts: { a: 'Течёт' },
  }
  expect(maskedContact(contact, 'a', 'official')).toEqual([
    { field: 'name', masked: 'И. М.' },
    { field: 'email', masked: '•••@•••' },
    { field: 'flat', masked: '••' },
    { field: 'text', masked: '5' },
  ])
  expect(maskedContact(contact, 'a', 'wall')).toEqual([])
})

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLog } from '#server/log/sqlite.ts'
import { openSubjects } from '#server/subjects/subjects.ts'
import { event, NOW } from './city.ts'

let folder: string
let dataDir: string
const domovoi = (...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(import.meta.dirname, '../server/cli.ts'), ...args],
      { env: { ...process.env, DOMOVOI_DATA: dataDir, DOMOVOI_NOW: new Date(NOW).toISOString() } },
      (_cause, out, said) => resolve({ code: child.exitCode ?? -1, out, said }),
    )
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'erase-cli-'))
  dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  const log = openLog({ file: join(dataDir, 'log.sqlite'), now: () => NOW })
  await log.append([event('source.test_mode_changed', NOW, { of: 'x', test: false })])
  const subjects = openSubjects({
    logFile: join(dataDir, 'log.sqlite'),
    keyFile: join(dataDir, 'subject-keys.sqlite'),
    random: randomBytes,
  })
  subjects.put(
    [
      { subjectId: 's-1', name: 'Айгүл Сәрсенова', phone: '+7 701 555 01 02' },
      { subjectId: 's-2', name: 'Пётр Ёлкин', retainUntil: NOW },
    ],
    NOW,
  )
  subjects.close()
  await log.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a person is erased from the folder and its backup once no copy lies about, and the act is the proof', async () => {
  const backup = join(folder, 'backup')
  expect((await domovoi('backup', backup)).code).toBe(0)
  const exports = join(folder, 'exports')
  mkdirSync(exports)
  writeFileSync(join(exports, 'old.csv'), 'Айгүл Сәрсенова')
  const waits = await domovoi('erase', 's-1', '--also', exports)
  expect([waits.code, waits.out]).toEqual([1, ''])
  expect(waits.said).toContain('old.csv')
  expect(waits.said).toContain('nothing was erased')

  rmSync(join(exports, 'old.csv'))
  const { code, out } = await domovoi(
    'erase',
    's-1',
    '--also',
    exports,
    '--reason',
    'заявление',
    '--json',
  )
  const act = JSON.parse(out) as Record<string, unknown>
  expect([code, act.proved, act.erased, act.backups]).toEqual([
    0,
    true,
    ['name', 'phone'],
    [backup],
  ])
  expect(out).not.toMatch(/Айгүл|555 ?01/)
  expect(readFileSync(join(backup, 'log.sqlite')).includes('Айгүл')).toBe(false)

  const again = await domovoi('erase', 's-1')
  expect([again.code, again.said]).toEqual([1, expect.stringContaining('erased on 2026-02-10')])
  const due = await domovoi('erase', '--due')
  expect([due.code, due.out]).toEqual([0, expect.stringContaining('Act of erasure of s-2')])
  expect((await domovoi('verify')).out).toContain('1 events, nothing was changed')
})

test('a key is shown once and kept as its hash', async () => {
  const { code, out } = await domovoi('key', 'add', 'city-app')
  expect([code, out]).toEqual([0, expect.stringMatching(/^[\w-]{43}\n$/)])
  const kept = readFileSync(join(dataDir, 'sources.json'), 'utf8')
  expect(kept).toContain('city-app')
  expect(kept).not.toContain(out.trim())
  expect(existsSync(join(dataDir, 'sources.json.new'))).toBe(false)
  expect((await domovoi('key', 'add')).said).toContain('name one source: domovoi key add NAME')
})

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileImportLine, FilePreview, SavedMappings } from '#server/contract/file-import.ts'
import { parseMapping } from '#server/import/mapping.ts'
import { createGate } from '#server/ingest/pressure.ts'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'
import { fileRoutes } from './file-routes.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const MAPPING = JSON.stringify({
  ...{ kind: 'requests', source: 'crm', zone: 'Asia/Almaty', language: 'ru' },
  ...{ number: 'id', registered: 'opened', steps: { closed: 'closed' } },
})
let folder: string
let log: SqliteLog
let app: ReturnType<typeof fileRoutes>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
  log = openLog({ file: join(folder, 'log.sqlite'), now: () => NOW })
  const gate = createGate({ dataDir: folder, clock: () => 0 })
  app = fileRoutes({ ...{ dataDir: folder, log, gate }, now: () => NOW, report: () => {} })
})
afterEach(async () => {
  await log.close()
  rmSync(folder, { recursive: true, force: true })
})

const post = (
  act: string,
  bytes: string | Uint8Array<ArrayBuffer>,
  mapping = MAPPING,
  name = 'a.csv',
) => {
  const body = new FormData()
  body.set('file', new File([bytes], name))
  body.set('mapping', mapping)
  return app.request(`/sources/${act}`, {
    ...{ method: 'POST', body },
    headers: { origin: 'http://localhost' },
  })
}
const rows = (n: number) =>
  ['id,opened,closed']
    .concat(Array.from({ length: n }, (_, i) => `r-${i + 1},2026-02-0${(i % 9) + 1} 10:00,`))
    .join('\n')
const left = () => readdirSync(folder).filter((name) => !/^log\.sqlite/.test(name))

test('the first twenty rows are shown as they would be stored, with faults by row and column', async () => {
  const file = rows(30).replace('r-2,2026-02-02 10:00,', 'r-2,31.02.2026,')
  const found = FilePreview.parse(await (await post('preview', file)).json())
  expect([found.read, found.stored, found.requests.length]).toEqual([20, 19, 19])
  expect(found.requests[0]).toEqual({
    ...{ number: 'r-1', registeredAt: Date.parse('2026-02-01T10:00:00+05:00') },
    ...{ building: null, category: null, organization: null, steps: [] },
  })
  expect(found.quarantined).toMatchObject([{ row: 3, column: 'opened', value: '31.02.2026' }])
  expect(log.lastSeq()).toBe(0)
  expect(left()).toEqual([])
})

test('a file is stored, tells how far it is, and its mapping is kept for the next one', async () => {
  const answer = await post('import', rows(30))
  const lines = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => FileImportLine.parse(JSON.parse(line)))
  expect(lines.at(-1)).toEqual({
    report: {
      ...{ read: 30, stored: 30, known: 0, quarantined: 0, source: 'crm', events: 30 },
      ...{ quarantine: [], warnings: expect.any(Array) },
    },
  })
  expect(lines.slice(0, -1).every((line) => 'done' in line)).toBe(true)
  expect(log.lastSeq()).toBe(30)
  const saved = SavedMappings.parse(await (await app.request('/sources/mappings')).json())
  expect(saved[0]).toEqual({ name: 'crm', text: MAPPING, shipped: false })
  expect(left()).toEqual(['city.json', 'mappings'].filter((name) => left().includes(name)))
})

test('shipped mappings are offered, and can be read again as they stand', async () => {
  const saved = SavedMappings.parse(await (await app.request('/sources/mappings')).json())
  expect(saved.map(({ name }) => name)).toEqual(['boston-311', 'minsk-115'])
  for (const { name, text } of saved)
    expect(parseMapping(JSON.parse(text), name).kind).toBe('requests')
})

test('a workbook is read like a file of text', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'A',
        rows: [
          ['id', 'opened', 'closed'],
          ['x-1', '2026-02-01 10:00', null],
        ],
      },
    ],
  })
  const answer = await post('preview', Uint8Array.from(bytes), MAPPING, 'a.xlsx')
  expect(FilePreview.parse(await answer.json()).requests.map(({ number }) => number)).toEqual([
    'x-1',
  ])
})

test.for(['preview', 'import'])(
  'a file that unpacks beyond its bound is refused at %s',
  async (act) => {
    const gate = createGate({ dataDir: folder, clock: () => 0 })
    const most = { bytes: 1024 * 1024, rows: 1000 }
    app = fileRoutes({ ...{ dataDir: folder, log, gate, most }, now: () => NOW, report: () => {} })
    const bomb = gzipSync(`${rows(1)}\n${' '.repeat(3 * 1024 * 1024)}`)
    const answer = await post(act, Uint8Array.from(bomb), MAPPING, 'a.csv.gz')
    expect(await answer.text()).toContain('the file unpacks to more than 1 MB')
    expect(log.lastSeq()).toBe(0)
  },
)

test('forms that never end hold neither the gate nor their place for ever', async () => {
  const patience = new AbortController()
  const gate = createGate({ dataDir: folder, clock: () => 0, batchesAtOnce: 2 })
  const reading = { atOnce: 1, patience: () => patience.signal }
  app = fileRoutes({ ...{ dataDir: folder, log, gate, reading }, now: () => NOW, report: () => {} })
  const never = (act: string) =>
    app.request(`/sources/${act}`, {
      ...{ method: 'POST', duplex: 'half', body: new ReadableStream<Uint8Array>() },
      headers: { origin: 'http://localhost', 'content-type': 'multipart/form-data; boundary=x' },
    } as RequestInit)
  const two = [never('import'), never('preview')]
  expect((await Promise.race(two)).status).toBe(429)
  expect(await gate.pass(() => gate.pass(async () => 'free'))).toBe('free')
  patience.abort()
  expect((await Promise.all(two)).map(({ status }) => status).sort()).toEqual([408, 429])
  expect(left()).toEqual([])
})

test.for([
  ['no JSON', '{', /the mapping is no JSON/],
  ['a mapping with a mistyped field', MAPPING.replace('"number"', '"numbr"'), /number/],
  ['a column that is not there', MAPPING.replace('"opened"', '"created"'), /has no "created"/],
] as const)('%s is told in words, and nothing is stored', async ([, mapping, why]) => {
  const answer = await post('preview', rows(3), mapping)
  expect([answer.status, (await answer.json()).error]).toEqual([400, expect.stringMatching(why)])
  expect(log.lastSeq()).toBe(0)
  expect(left()).toEqual([])
})

test('a page of another origin cannot make the browser of an official import', async () => {
  const body = new FormData()
  body.set('file', new File([rows(1)], 'a.csv'))
  body.set('mapping', MAPPING)
  const answer = await app.request('http://here/sources/import', {
    ...{ method: 'POST', body },
    headers: { origin: 'http://elsewhere' },
  })
  expect(answer.status).toBe(403)
  expect(log.lastSeq()).toBe(0)
})

test('a packed file that was cut off is refused by its own name, and no path of the server is told', async () => {
  const packed = gzipSync(rows(5000))
  for (const act of ['preview', 'import']) {
    const answer = await (await post(act, packed.subarray(0, 500), MAPPING, 'a.csv.gz')).text()
    expect(answer).toContain('a.csv.gz is broken after')
    expect(answer).not.toContain(folder)
    expect(answer).not.toContain('upload-')
  }
})

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { counts, type Desk, openDesk } from '#test/import-desk.ts'
import { ImportRefusal } from './refusal.ts'
import { unpackXlsx } from './xlsx.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const MAPPING = {
  ...{ kind: 'requests', source: 'crm', zone: 'Asia/Almaty', language: 'ru' },
  ...{ number: { column: 'Номер', as: 'whole number' }, registered: 'Принята' },
  steps: { closed: 'Закрыта' },
}
let desk: Desk
let folder: string
beforeAll(() => {
  desk = openDesk(NOW)
  folder = mkdtempSync(join(tmpdir(), 'xlsx-'))
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

type Cell = string | number | boolean | Date | null
const workbook = (rows: Cell[][]) => writeXlsx({ sheets: [{ name: 'Заявки', rows }] })

interface Part {
  name: string
  data: Buffer
  /** What the file says of it, where it lies. */
  size?: number
  flags?: number
}
/** A ZIP made by hand, so that it can lie. */
function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data, size = data.length, flags = 0 } of parts) {
    const packed = deflateRawSync(data)
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(at, 42)
    bodies.push(local, title, packed)
    directory.push(entry, title)
    at += 30 + title.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, listed, end])
}
const part = (name: string, data: string | Buffer = '<x/>'): Part => ({
  name,
  data: Buffer.from(data as string),
})
const NEEDED = [part('[Content_Types].xml'), part('xl/workbook.xml')]
const zeros = Buffer.alloc(64 * 1024 * 1024)

test('the first sheet is read as a CSV file is, dates and long numbers and empty rows included', async () => {
  const bytes = await workbook([
    ['Номер', 'Принята', 'Закрыта'],
    [101_001_240_734, new Date('2026-02-09T10:15:00Z'), new Date('2026-02-10T00:00:00Z')],
    [],
    [101_001_240_735, 'вчера', null],
    [101_001_240_736, '2026-02-09 11:00', null],
  ])
  const report = await desk.take(bytes, { mapping: MAPPING, name: 'requests.xlsx' })
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 2, known: 0, quarantined: 1 })
  expect(report.quarantine).toMatchObject([{ column: 'Принята', line: 4, value: 'вчера' }])
  expect(desk.log.read(0, 9).map(({ id, occurredAt }) => [id, occurredAt])).toEqual([
    ['crm:101001240734:registered', Date.parse('2026-02-09T10:15:00+05:00')],
    ['crm:101001240734:closed', Date.parse('2026-02-10T00:00:00+05:00')],
    ['crm:101001240736:registered', Date.parse('2026-02-09T11:00:00+05:00')],
  ])
  expect(readdirSync(desk.folder).filter((name) => name.startsWith('unpacked-'))).toEqual([])
})

test('a number of more digits than a sheet keeps is not stored as if it were the one that was typed', async () => {
  const bytes = await workbook([
    ['Номер', 'Принята', 'Закрыта'],
    [12_345_678_901_234_567_000, '2026-02-09 11:00', null],
    [999_999_999_999_999, '2026-02-09 11:00', null],
    ['12345678901234567890', '2026-02-09 11:00', null],
  ])
  const report = await desk.take(bytes, { mapping: MAPPING, name: 'long.xlsx' })
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 2, known: 0, quarantined: 1 })
  expect(report.quarantine).toMatchObject([
    { line: 2, reason: 'is a number that a spreadsheet has rounded' },
  ])
})

test.for<[string, Buffer, RegExp]>([
  ['a bomb that says so', zip([...NEEDED, part('xl/worksheets/sheet1.xml', zeros)]), /far more/],
  [
    'a bomb that lies about its size',
    zip([...NEEDED, { ...part('xl/worksheets/sheet1.xml', zeros), size: 1000 }]),
    /larger than the file says/,
  ],
  ['an archive in an archive', zip([...NEEDED, part('xl/embeddings/a.xlsx')]), /another archive/],
  ['a password', zip([...NEEDED, { ...part('xl/a.xml'), flags: 1 }]), /password/],
  ['a name that leads out', zip([...NEEDED, part('xl/../../../etc/cron.d/x')]), /leads out/],
  ['a name from the root', zip([...NEEDED, part('/etc/passwd')]), /leads out/],
  ['a name of another system', zip([...NEEDED, part('xl\\..\\x')]), /leads out/],
  [
    'too many parts',
    zip([...NEEDED, ...Array.from({ length: 2000 }, (_, i) => part(`xl/${i}.xml`))]),
    /more than 2000 parts/,
  ],
  ['two parts of one name', zip([...NEEDED, part('xl/workbook.xml')]), /broken/],
  ['a ZIP of something else', zip([part('photo.jpg')]), /not an XLSX workbook/],
  ['half a file', zip([...NEEDED]).subarray(0, 60), /broken/],
  ['a workbook without sheets', zip([...NEEDED]), /cannot be read/],
  ['an old Excel file under a new name', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel/],
])('%s is refused in plain words, and this process goes on', async ([, bytes, why]) => {
  const before = desk.log.lastSeq()
  const taken = desk.take(bytes, { mapping: MAPPING, name: 'requests.xlsx' })
  await expect(taken).rejects.toThrow(why)
  await expect(taken).rejects.toBeInstanceOf(ImportRefusal)
  expect(desk.log.lastSeq()).toBe(before)
})

test('a workbook that needs more memory than it may have is given up, and said so', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => [i, `text ${i} `.repeat(20), `more ${i}`])
  const file = join(folder, 'large.xlsx')
  writeFileSync(file, await workbook(rows))
  const little = { heapMb: 24, residentMb: 1024, diskMb: 512, seconds: 60 }
  await expect(unpackXlsx(file, folder, little)).rejects.toThrow('too much memory')
  const tiny = { heapMb: 512, residentMb: 20, diskMb: 512, seconds: 60 }
  await expect(unpackXlsx(file, folder, tiny)).rejects.toThrow('too much memory')
  expect(readdirSync(folder)).toEqual(['large.xlsx'])
})

test('one long text in many cells, small as it is in the file, does not fill the disk', async () => {
  const rows = Array.from({ length: 2000 }, () => ['text '.repeat(1000)])
  const file = join(folder, 'repeated.xlsx')
  writeFileSync(file, await workbook(rows))
  const little = { heapMb: 512, residentMb: 1024, diskMb: 4, seconds: 60 }
  await expect(unpackXlsx(file, folder, little)).rejects.toThrow('repeat more text')
  expect(readdirSync(folder).filter((name) => name.startsWith('unpacked-'))).toEqual([])
})

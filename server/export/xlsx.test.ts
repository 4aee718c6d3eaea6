import { inflateRawSync } from 'node:zlib'
import readWorkbook from 'read-excel-file/node'
import { expect, test } from 'vitest'
import type { ExportTable } from './columns.ts'
import { xlsxBytes } from './xlsx.ts'

interface Line {
  number: string
  place: string | null
  overdue: number | null
  at: number | null
  on: number | null
}

const LINES: Line[] = [
  {
    number: '0012345678901234',
    place: 'Әл-Фараби даңғылы, «Ү» үйі; ң, ө, ұ, һ, і, ғ, қ',
    overdue: -12.5,
    at: Date.parse('2026-11-21T12:30:05Z'),
    on: 20_778,
  },
  { number: '1-2', place: 'ул. "Садовая"\n<во> дворе & дальше', overdue: 0, at: null, on: null },
  { number: '007', place: '=1+1', overdue: 8_007_199_254_740_991, at: 0, on: 0 },
  { number: '_x0041_', place: '+7 700 000', overdue: null, at: Date.UTC(1850, 0, 1), on: -40_000 },
]

const table = (rows: readonly Line[] = LINES): ExportTable<Line> => ({
  title: 'Заявки: открытые',
  columns: [
    { id: 'number', type: 'text', value: (line) => line.number },
    { id: 'place', type: 'text', value: (line) => line.place },
    { id: 'overdueHours', type: 'number', value: (line) => line.overdue },
    { id: 'registeredAt', type: 'instant', value: (line) => line.at },
    { id: 'since', type: 'day', value: (line) => line.on },
  ],
  rows: (async function* () {
    yield rows
  })(),
  count: rows.length,
  about: [['Отбор', 'без отбора']],
})
const header = ['№', 'Место', 'Сверх срока, ч', 'Зарегистрирована', 'С']

const bytes = async (stream: ReadableStream<Uint8Array>) =>
  Buffer.from(await new Response(stream).arrayBuffer())

test('another reader finds the same texts, numbers and dates under the same header', async () => {
  const file = await bytes(xlsxBytes(table(), { zone: 'Asia/Almaty', header }))
  const [sheet] = await readWorkbook(file, { trim: false })
  expect(sheet?.sheet).toBe('Заявки  открытые')
  // Cells hold days as fractions; the reader cuts them to milliseconds.
  const data = sheet?.data.map((row) =>
    row.map((cell: unknown) =>
      cell instanceof Date ? new Date(Math.round(cell.getTime() / 1000) * 1000) : cell,
    ),
  )
  expect(data).toEqual([
    ['Отбор', 'без отбора', null, null, null],
    [null, null, null, null, null],
    header,
    [
      '0012345678901234',
      'Әл-Фараби даңғылы, «Ү» үйі; ң, ө, ұ, һ, і, ғ, қ',
      -12.5,
      new Date('2026-11-21T17:30:05Z'),
      new Date('2026-11-21T00:00:00Z'),
    ],
    ['1-2', 'ул. "Садовая"\n<во> дворе & дальше', 0, null, null],
    ['007', '=1+1', 8_007_199_254_740_991, new Date('1970-01-01T06:00:00Z'), new Date(0)],
    ['_x0041_', '+7 700 000', null, '1850-01-01T05:07:48+05:08', '1860-06-26'],
  ])
})

test('no cell is a formula, whatever its text begins with', async () => {
  const file = await bytes(xlsxBytes(table(), { zone: 'Asia/Almaty', header }))
  const xml = entry(file, 'xl/worksheets/sheet1.xml')
  expect(xml).not.toContain('<f')
  expect(xml).toContain('<t>=1+1</t>')
})

test('what does not fit one sheet goes on in the next, under the same head', async () => {
  const rows = Array.from({ length: 7 }, (_, index) => ({
    number: String(index),
    place: null,
    overdue: index,
    at: null,
    on: null,
  }))
  const stream = xlsxBytes(table(rows), { zone: 'UTC', header, rowsPerSheet: 6 })
  const sheets = await readWorkbook(await bytes(stream))
  expect(sheets.map((sheet) => [sheet.sheet, sheet.data.map((row) => row[0])])).toEqual([
    ['Заявки  открытые', ['Отбор', null, '№', '0', '1', '2']],
    ['Заявки  открытые_2', ['Отбор', null, '№', '3', '4', '5']],
    ['Заявки  открытые_3', ['Отбор', null, '№', '6']],
  ])
})

test('a reader who leaves ends the reading of rows', async () => {
  let [started, ended] = [false, false]
  const endless: ExportTable<Line> = {
    ...table(),
    rows: (async function* () {
      started = true
      try {
        for (;;) yield LINES
      } finally {
        ended = true
      }
    })(),
  }
  const reader = xlsxBytes(endless, { zone: 'UTC', header }).getReader()
  while (!started) await reader.read()
  await reader.cancel()
  expect(ended).toBe(true)
})

/** One file of a zip, through its central directory. */
function entry(zip: Buffer, name: string): string {
  let at = zip.readUInt32LE(zip.length - 22 + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const local = zip.readUInt32LE(at + 42)
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      return inflateRawSync(zip.subarray(start, start + size)).toString('utf8')
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  throw new Error(`no ${name} in the archive`)
}

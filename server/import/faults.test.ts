import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { readCity } from '#server/config.ts'
import { counts, openDesk } from '#test/import-desk.ts'
import { SMALL_HEADER, SMALL_MAPPING, SMALL_NOW, SMALL_ROWS, smallFile } from '#test/small-file.ts'

let desk = openDesk(SMALL_NOW)
afterEach(async () => {
  await desk.close()
  desk = openDesk(SMALL_NOW)
})

/** The refusal, after proving that it left nothing behind. */
async function refusalOf(bytes: string | Uint8Array, given: object = {}): Promise<string> {
  const refused = await desk.take(bytes, { mapping: SMALL_MAPPING, ...given }).then(
    () => 'taken',
    (cause) => (cause instanceof Error ? `${cause.constructor.name}: ${cause.message}` : ''),
  )
  expect([desk.log.lastSeq(), readCity(desk.folder), desk.log.imports.list()]).toEqual([
    0,
    undefined,
    [],
  ])
  return refused
}

const [one = '', two = '', three = ''] = SMALL_ROWS
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => two.replace('2,', `${index + 10},`))

test('a quote that is never closed is refused with the line on which its row begins', async () => {
  const rows = [one, ...many(5_000), three.replace('"ул. Абая, 7"', '"ул. Абая, 7')]
  expect(await refusalOf(smallFile(rows))).toBe(
    'ImportRefusal: a quote is opened in the row that begins on line 5003 and never closed',
  )
})

test('a quote that is closed only by that of a later row does not swallow the rows between', async () => {
  const rows = [one.replace('"ул. Абая, 5"', '"ул. Абая, 5'), ...many(3), three]
  expect(await refusalOf(smallFile(rows))).toMatch(
    /^ImportRefusal: in the row that begins on line 2 a quote is opened and not closed/,
  )
})

test('a line of 100 MB is refused with its number, and memory stays where it was', async () => {
  const piece = Buffer.alloc(1 << 20, 'x')
  const bytes = gzipSync(Buffer.concat([Buffer.from(smallFile()), ...Array(100).fill(piece)]))
  const before = process.memoryUsage().rss
  expect(await refusalOf(bytes)).toMatch(
    /^ImportRefusal: the row that begins on line 5 is longer than 1048576 characters/,
  )
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024)
})

test('100,000 columns are refused', async () => {
  const columns = Array.from({ length: 100_000 }, (_, index) => index)
  expect(await refusalOf(`${SMALL_HEADER},${columns.join(',')}\n`)).toMatch(/no header|columns/)
})

test('half an archive is refused, wherever it is cut', async () => {
  const packed = gzipSync(smallFile([one, ...many(2_000)]))
  for (const share of [0.05, 0.3, 0.6, 0.9, 0.999])
    expect(await refusalOf(packed.subarray(0, Math.floor(packed.length * share)))).toMatch(
      /^ImportRefusal: .* is broken after \d+ unpacked bytes .*; get it again from its source$/,
    )
})

test('a header without the columns of the mapping is refused, naming both', async () => {
  expect(await refusalOf('id,created\n1,2026-01-01\n')).toBe(
    'ImportRefusal: the header (line 1) has no "номер", "создана", "срок", "закрыта", "статус", "дом", "адрес", "организация", "вид"; its columns are "id", "created". Check the mapping: only kind, source, zone, language, number, registered are needed, any other field may be deleted from it; or force --delimiter or --encoding',
  )
  expect(await refusalOf(smallFile().replace('адрес,', 'дом,'))).toMatch(/has no "адрес"/)
  expect(await refusalOf(smallFile().replace('вид\n', 'вид,вид\n'))).toMatch(
    /has "вид" more than once/,
  )
})

test('what is no text is refused by name', async () => {
  expect(await refusalOf('')).toBe('ImportRefusal: the file is empty')
  expect(await refusalOf(Buffer.from('PK\u0003\u0004rest'))).toMatch(/the XLSX file is broken/)
  expect(await refusalOf('%PDF-1.7')).toMatch(/a PDF/)
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
  expect(await refusalOf(picture)).toBe(
    'ImportRefusal: this is not CSV but a picture (PNG), which is not a table',
  )
  expect(await refusalOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))).toMatch(/JPEG/)
})

test('a file of which no row can be read is a wrong mapping and is refused', async () => {
  const wrong = { ...SMALL_MAPPING, dates: ['dd.MM.yyyy'] }
  expect(await refusalOf(smallFile(), { mapping: wrong })).toBe(
    'ImportRefusal: none of the 3 rows can be read; line 2: создана is no date of the form dd.MM.yyyy ("2026-01-10 09:00"). Check the mapping',
  )
})

test('a mapping with mistakes is refused with the place of each', async () => {
  const wrong = { ...SMALL_MAPPING, zone: 'Almaty', number: '', colour: 'red', dates: ['DD.MM'] }
  const refused = await refusalOf(smallFile(), { mapping: wrong })
  expect(refused).toMatch(/zone: not an IANA time zone such as "Asia\/Almaty"/)
  expect(refused).toMatch(/number\.column: /)
  expect(refused).toMatch(/dates\.0: date format "DD\.MM": "D" is no part of a date/)
  expect(refused).toMatch(/colour/)
})

test('a sound row is stored and a faulty one is quarantined with its column, reason and value', async () => {
  const rows = [
    one,
    two.replace('2026-01-11 10:00', '2026-02-30 10:00'),
    three.replace('3,', ','),
    '4,2026-01-12 11:00',
    '5,2026-01-12 11:00,,,решена,b2,"ул. Абая, 7",КСК,лифт',
    '1.5E+11,2026-01-12 11:00,,,открыта,b2,"ул. Абая, 7",КСК,лифт',
    '7,2026-01-12 11:00,,,открыта,b2,"ул. Аб\u0000ая, 7",КСК,лифт',
  ]
  const report = await desk.take(smallFile(rows), { mapping: SMALL_MAPPING })
  expect(counts(report)).toEqual({ rowsRead: 7, stored: 1, known: 0, quarantined: 6 })
  const [entry] = desk.log.imports.list()
  expect(desk.log.imports.rows(entry?.id ?? 0)).toEqual([
    {
      row: 3,
      field: 'создана',
      reason: 'is no date of the form yyyy-MM-dd HH:mm, yyyy-MM-dd',
      value: '2026-02-30 10:00',
    },
    { row: 4, field: 'номер', reason: 'has no request number', value: '' },
    { row: 5, field: '', reason: 'has 2 cells, the header has 9', value: '' },
    { row: 6, field: 'статус', reason: 'is not among the values of the mapping', value: 'решена' },
    {
      row: 7,
      field: 'номер',
      reason: 'is a number that a spreadsheet has rounded',
      value: '1.5E+11',
    },
    { row: 8, field: 'адрес', reason: 'holds a zero byte', value: 'ул. Аб ая, 7' },
  ])
  expect(entry).toMatchObject({ read: 7, stored: 1, known: 0, quarantined: 6 })
})

test('a file that is read again by a better mapping is not counted by the worse one', async () => {
  const file = smallFile([one, two.replace('2026-01-11 10:00', '11.01.2026 10:00')])
  await desk.take(file, { mapping: SMALL_MAPPING })
  expect(desk.log.imports.quarantined()).toBe(1)
  const better = { ...SMALL_MAPPING, dates: [...SMALL_MAPPING.dates, 'dd.MM.yyyy HH:mm'] }
  const report = await desk.take(file, { mapping: better })
  expect(counts(report)).toEqual({ rowsRead: 2, stored: 1, known: 1, quarantined: 0 })
  expect(desk.log.imports.quarantined()).toBe(0)
})

test('quotes in the middle of a value are kept as they are written', async () => {
  const row = '4,2026-01-12 11:00,,,открыта,b2,адрес,ОСИ "Дом" и К,лифт'
  await desk.take(smallFile([row]), { mapping: SMALL_MAPPING })
  const names = [...desk.log.registry()].flatMap((event) =>
    event.type === 'organization.registered' ? [event.name] : [],
  )
  expect(names).toEqual(['ОСИ "Дом" и К'])
})

import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { counts, openDesk } from '#test/import-desk.ts'
import { SMALL_MAPPING, SMALL_NOW, smallFile } from '#test/small-file.ts'

let desk = openDesk(SMALL_NOW)
afterEach(async () => {
  await desk.close()
  desk = openDesk(SMALL_NOW)
})

// windows-1251 has no Kazakh letters, so this one is Russian.
const RUSSIAN = smallFile().replaceAll('ОСИ «Әлия»', 'ОСИ «Алия»').replaceAll('Ұлан', 'Улан')
const KAZAKH = smallFile()

const windows1251 = (text: string) => {
  const decoder = new TextDecoder('windows-1251')
  const codes = new Map<string, number>()
  for (let byte = 0; byte < 256; byte++) codes.set(decoder.decode(Uint8Array.of(byte)), byte)
  return Uint8Array.from(text, (letter) => codes.get(letter) ?? 0x3f)
}
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

async function organizationsOf(bytes: string | Uint8Array, given: object = {}) {
  const report = await desk.take(bytes, { mapping: SMALL_MAPPING, ...given })
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 3, known: 0, quarantined: 0 })
  const names = [...desk.log.registry()].flatMap((event) =>
    event.type === 'organization.registered' ? [event.name] : [],
  )
  return [report.encoding, ...names]
}

test.for([
  ['UTF-8', Buffer.from(KAZAKH), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${KAZAKH}`), 'utf-8'],
  ['UTF-16 LE with a mark', Buffer.from(`\uFEFF${KAZAKH}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 BE with a mark', utf16be(`\uFEFF${KAZAKH}`), 'utf-16be'],
  ['UTF-8, packed', gzipSync(KAZAKH), 'utf-8'],
] as const)('%s is found by itself and read', async ([, bytes, encoding]) => {
  expect(await organizationsOf(bytes)).toEqual([encoding, 'ОСИ «Әлия»', 'КСК Ұлан'])
})

test('windows-1251 is found by itself and read', async () => {
  const names = await organizationsOf(windows1251(RUSSIAN))
  expect(names).toEqual(['windows-1251', 'ОСИ «Алия»', 'КСК Улан'])
})

test('UTF-16 without a mark is found where most signs are Latin', async () => {
  const latin = 'id,when\n1,2026-01-10 09:00\n2,2026-01-10 10:00\n'
  const mapping = { ...LATIN, dates: ['yyyy-MM-dd HH:mm'] }
  const report = await desk.take(Buffer.from(latin, 'utf16le'), { mapping })
  expect([report.encoding, report.stored]).toEqual(['utf-16le', 2])
})

test('an encoding that is forced stands', async () => {
  const koi8 = Uint8Array.from(windows1251(RUSSIAN), (byte) => {
    const letter = new TextDecoder('windows-1251').decode(Uint8Array.of(byte))
    for (let code = 0; code < 256; code++)
      if (new TextDecoder('koi8-r').decode(Uint8Array.of(code)) === letter) return code
    return 0x3f
  })
  const report = await desk.take(koi8, {
    mapping: { ...SMALL_MAPPING, organization: { id: 'вид' } },
    encoding: 'koi8-r',
  })
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 3, known: 0, quarantined: 0 })
})

test('one damaged row of a UTF-8 file is quarantined, the others are read', async () => {
  const bytes = Buffer.from(KAZAKH)
  bytes[bytes.lastIndexOf(Buffer.from('Ұлан'))] = 0xff
  const report = await desk.take(bytes, { mapping: SMALL_MAPPING })
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 2, known: 0, quarantined: 1 })
  expect(report.quarantine).toMatchObject([
    { line: 4, column: 'организация', reason: 'holds bytes that are not of the encoding' },
  ])
})

const LATIN = {
  kind: 'requests',
  source: 'dispatch',
  zone: 'Asia/Almaty',
  language: 'en',
  city: { name: { en: 'Taraz' } },
  dates: ['yyyy-MM-dd'],
  number: 'id',
  registered: 'when',
}

test.for([',', ';', '\t', '|'] as const)(
  'the delimiter %j is found by itself',
  async (delimiter) => {
    const text = [
      ['id', 'when', 'where'],
      ['1', '2026-01-10', `"5${delimiter} Main St"`],
      ['2', '2026-01-10', '7 Main St'],
    ]
      .map((cells) => cells.join(delimiter))
      .join('\r\n')
    const report = await desk.take(text, { mapping: { ...LATIN, place: 'where' } })
    expect([report.delimiter, report.stored]).toEqual([delimiter, 2])
    const [first] = desk.log.stream(desk.log.key('request:1') ?? 0)
    expect(first).toMatchObject({ place: `5${delimiter === '\t' ? '' : delimiter} Main St` })
  },
)

test('the hint that Excel writes above the header is passed over', async () => {
  const report = await desk.take('sep=;\nid;when\n1;2026-01-10\n', {
    mapping: LATIN,
  })
  expect([report.delimiter, counts(report)]).toEqual([
    ';',
    { rowsRead: 1, stored: 1, known: 0, quarantined: 0 },
  ])
})

test.for(['\n', '\r\n', '\r'])('rows may end with %j', async (end) => {
  const text = ['id,when', '1,2026-01-10', '2,2026-01-11', ''].join(end)
  const report = await desk.take(text, { mapping: LATIN })
  expect(counts(report)).toEqual({ rowsRead: 2, stored: 2, known: 0, quarantined: 0 })
})

import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { ExportTable } from './columns.ts'
import { csvText, inert } from './csv.ts'

interface Line {
  number: string
  place: string | null
  overdue: number | null
  at: number | null
}

const LINES: Line[] = [
  {
    number: '0012345678901234',
    place: 'Әл-Фараби даңғылы, «Ү» үйі; ң, ө, ұ, һ, і, ғ, қ',
    overdue: -12.5,
    at: Date.parse('2026-11-21T12:30:00Z'),
  },
  { number: '1-2', place: 'ул. "Садовая", 5\r\nво дворе', overdue: 0, at: null },
  { number: '007', place: '=HYPERLINK("http://x")', overdue: 9_007_199_254_740_991, at: 0 },
]

const table = (rows: readonly Line[] = LINES): ExportTable<Line> => ({
  title: 'Заявки',
  columns: [
    { id: 'number', type: 'text', value: (line) => line.number },
    { id: 'place', type: 'text', value: (line) => line.place },
    { id: 'overdueHours', type: 'number', value: (line) => line.overdue },
    { id: 'registeredAt', type: 'instant', value: (line) => line.at },
  ],
  rows: (async function* () {
    yield rows
  })(),
  count: rows.length,
  about: [['Отбор', 'без отбора']],
})
const header = ['№', 'Место', 'Сверх срока', 'Зарегистрирована (Asia/Almaty)']

async function written(options: Parameters<typeof csvText>[1]): Promise<string> {
  let text = ''
  for await (const part of csvText(table(), options)) text += part
  return text
}

describe('csv for people', () => {
  test('begins with the byte order mark, what it is, an empty line and the header; Russian and Kazakh use semicolons', async () => {
    const text = await written({ language: 'ru', zone: 'Asia/Almaty', header })
    const [about, empty, titles] = text.split('\r\n')
    expect(about).toBe('\ufeff"Отбор";"без отбора"')
    expect(empty).toBe('')
    expect(titles).toBe('"№";"Место";"Сверх срока";"Зарегистрирована (Asia/Almaty)"')
    expect(await written({ language: 'kk', zone: 'Asia/Almaty', header })).toBe(text)
    expect((await written({ language: 'en', zone: 'Asia/Almaty', header })).split('\r\n')[2]).toBe(
      '"№","Место","Сверх срока","Зарегистрирована (Asia/Almaty)"',
    )
  })

  test('every letter, leading zero, long id, quote and line end comes back; typed numbers stay numbers', async () => {
    const text = await written({ language: 'ru', zone: 'Asia/Almaty', header })
    const rows = parse(text, { delimiter: ';', bom: true, from_line: 4 })
    expect(rows).toEqual([
      [
        '0012345678901234',
        'Әл-Фараби даңғылы, «Ү» үйі; ң, ө, ұ, һ, і, ғ, қ',
        '-12.5',
        '2026-11-21T17:30:00+05:00',
      ],
      ['1-2', 'ул. "Садовая", 5\r\nво дворе', '0', ''],
      ['007', '\'=HYPERLINK("http://x")', '9007199254740991', '1970-01-01T06:00:00+06:00'],
    ])
    expect(text).toContain('"0012345678901234"')
    expect(text).toContain(';-12.5;')
  })

  test.for([
    '=1+1',
    '+7 700',
    '-5',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '  =1',
    '"=1',
    "'=1",
    '\u00a0=1',
    '\0=1',
  ])('the text %j is kept as text', (text) => {
    expect(inert(text)).toBe(`'${text}`)
  })

  test.for(['Садовая, 5', '1-284117', 'a=b', '5 - 6', '', '«=»'])(
    'the text %j is left as it is',
    (text) => {
      expect(inert(text)).toBe(text)
    },
  )
})

test('csv for machines: the ids of the columns first, commas, nothing added', async () => {
  const text = await written({ language: 'ru', zone: 'Asia/Almaty', header, raw: true })
  expect(text.split('\r\n')[0]).toBe('number,place,overdueHours,registeredAt')
  expect(text).toContain('"=HYPERLINK(""http://x"")"')
})

test('an instant in the hour that comes twice is told apart by its offset', async () => {
  const at = Date.parse('2026-10-25T01:30:00Z')
  const rows = [0, -3_600_000].map((shift) => ({
    number: '1',
    place: null,
    overdue: null,
    at: at + shift,
  }))
  let text = ''
  for await (const part of csvText(table(rows), { language: 'ru', zone: 'Europe/Berlin', header }))
    text += part
  expect(text.trimEnd().split('\r\n').slice(-2)).toEqual([
    '"1";;;"2026-10-25T02:30:00+01:00"',
    '"1";;;"2026-10-25T02:30:00+02:00"',
  ])
})

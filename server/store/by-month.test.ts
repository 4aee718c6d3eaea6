import { afterAll, beforeAll, expect, test } from 'vitest'
import { askColumns, askParts } from './ask.ts'
import { DAY as DAY_OF } from './by-month.ts'
import { type Facts, openFacts } from './duckdb.ts'
import type { Params } from './engine.ts'
import type { Numbers } from './month-rows.ts'

const DAY = 86_400_000
const COLUMNS = { registered_on: 'INTEGER', month: 'INTEGER', unit: 'INTEGER' }
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY
const row = (date: string, unit: number) => ({
  registered_on: day(date),
  month: Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1,
  unit,
})

let facts: Facts
const read: Params[] = []
beforeAll(async () => {
  facts = await openFacts({ file: ':memory:', memoryLimitMb: 128 })
  await facts.write(async (writer) => {
    await writer.run('CREATE TABLE request (registered_on INTEGER, month INTEGER, unit INTEGER)')
    await writer.append(
      'request',
      COLUMNS,
      ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-15', '2026-04-02', '2026-05-20'].flatMap(
        (date, at) => Array.from({ length: at + 1 }, () => row(date, at % 2)),
      ),
    )
  })
})
afterAll(() => facts.close())

/** Counts by unit, and the days that were read for them. */
async function counted(from: string, to: string, how: 'summed' | 'inParts' = 'summed') {
  read.length = 0
  const engine = {
    ...facts,
    integers: (sql: string, params?: Params) => {
      read.push(params ?? {})
      return facts.integers(sql, params)
    },
  }
  const days = { from: day(from), to: day(to) }
  const counts =
    how === 'summed'
      ? await askColumns(Object.assign(seen, engine), QUESTION, days)
      : await askParts(Object.assign(seen, engine), IN_PARTS, days)
  return { counts, read: read.map((days) => [isoOf(days.from), isoOf(days.to)]) }
}
const isoOf = (of: Params[string] | undefined) =>
  new Date(Number(of) * DAY).toISOString().slice(0, 10)
/** One engine in the eyes of what is held. */
const seen = {} as Facts

type Counts = Readonly<Record<'unit' | 'n', Float64Array | Numbers>>
function total({ unit, n }: Counts): Record<number, number> {
  const sums: Record<number, number> = {}
  for (const [at, one] of unit.entries()) sums[one] = (sums[one] ?? 0) + (n[at] ?? 0)
  return sums
}
const QUESTION = {
  name: 'counted',
  sql: `SELECT ${DAY_OF}, unit, CAST(count(*) AS INTEGER) AS n FROM request
    WHERE registered_on >= $from AND registered_on < $to GROUP BY registered_on, unit`,
  columns: ['unit', 'n'] as const,
  byMonth: (rows: Counts) => {
    const sums = Object.entries(total(rows))
    return {
      unit: Float64Array.from(sums, ([unit]) => Number(unit)),
      n: Float64Array.from(sums, ([, n]) => n),
    }
  },
  read: total,
}

const IN_PARTS = {
  ...{ name: 'countedInParts', sql: QUESTION.sql, columns: QUESTION.columns },
  within: 'filter' as const,
  read: (parts: readonly Counts[]) => {
    const sums: Record<number, number> = {}
    for (const part of parts)
      for (const [unit, n] of Object.entries(total(part)))
        sums[Number(unit)] = (sums[Number(unit)] ?? 0) + n
    return sums
  },
}

test('a period that was never asked for reads only months that nobody has read', async () => {
  expect(await counted('2026-01-10', '2026-05-10')).toEqual({
    counts: { 0: 1 + 3 + 5, 1: 2 + 4 },
    read: [
      ['2026-01-01', '2026-05-01'],
      ['2026-05-01', '2026-06-01'],
    ],
  })
  expect(await counted('2026-01-31', '2026-05-01')).toEqual({
    counts: { 0: 1 + 3 + 5, 1: 2 + 4 },
    read: [],
  })
  expect(await counted('2025-12-31', '2026-04-01')).toEqual({
    counts: { 0: 1 + 3, 1: 2 + 4 },
    read: [['2025-12-01', '2026-01-01']],
  })
})

test.for([
  ['2026-02-28', '2026-05-01', { 0: 3 + 5, 1: 4 }],
  ['2026-02-02', '2026-03-15', { 0: 3 }],
  ['2026-02-02', '2026-03-16', { 0: 3, 1: 4 }],
  ['2026-02-01', '2026-02-28', { 1: 2 }],
  ['2026-02-02', '2026-02-28', {}],
  ['2026-03-16', '2026-03-17', {}],
  ['2026-01-31', '2026-05-21', { 0: 1 + 3 + 5, 1: 2 + 4 + 6 }],
] as const)('of the months held only the days from %s to %s count', async ([from, to, counts]) => {
  await counted('2026-01-10', '2026-05-10')
  const inSum = await counted(from, to)
  await counted('2026-01-10', '2026-05-10', 'inParts')
  const inParts = await counted(from, to, 'inParts')
  expect([inSum, inParts]).toEqual([
    { counts, read: [] },
    { counts, read: [] },
  ])
})

test('days from a changed request on are read again, those before it are not', async () => {
  await counted('2026-02-01', '2026-05-01')
  await facts.write((writer) => writer.append('request', COLUMNS, [row('2026-03-20', 7)]))
  expect(await counted('2026-02-01', '2026-05-01')).toEqual({
    counts: { 0: 3 + 5, 1: 2 + 4, 7: 1 },
    read: [['2026-03-20', '2026-05-01']],
  })
  await facts.write((writer) => writer.append('request', COLUMNS, [row('2026-05-02', 7)]))
  expect(await counted('2026-02-01', '2026-05-03')).toEqual({
    counts: { 0: 3 + 5, 1: 2 + 4, 7: 2 },
    read: [['2026-05-01', '2026-06-01']],
  })
  await facts.write((writer) => writer.append('request', COLUMNS, [row('2026-05-20', 700)]))
  expect(await counted('2026-05-02', '2026-05-21')).toEqual({
    counts: { 1: 6, 7: 1, 700: 1 },
    read: [['2026-05-20', '2026-06-01']],
  })
})

test('months that are missing are read some at a time, and each once', async () => {
  await counted('2026-01-10', '2026-06-01', 'inParts')
  const { counts, read } = await counted('2025-05-01', '2026-06-01', 'inParts')
  expect(read).toEqual([
    ['2025-05-01', '2025-09-01'],
    ['2025-09-01', '2026-01-01'],
  ])
  // All rows of the file by now: what was written first, the two of unit 7 and the one of 700.
  expect(counts).toEqual({ 0: 1 + 3 + 5, 1: 2 + 4 + 6, 7: 2, 700: 1 })
})

test('numbers too large or too small for a narrow column stay what they are', async () => {
  await facts.write((writer) =>
    writer.append(
      'request',
      COLUMNS,
      [-3, 255, 256, 70_000].map((unit) => row('2024-05-05', unit)),
    ),
  )
  const counts = { 255: 1, 256: 1, 70000: 1, '-3': 1 }
  expect((await counted('2024-05-01', '2024-06-01')).counts).toEqual(counts)
  expect((await counted('2024-05-01', '2024-06-01', 'inParts')).counts).toEqual(counts)
})

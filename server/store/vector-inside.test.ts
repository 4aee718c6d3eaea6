import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Facts, openFacts } from './duckdb.ts'

const COLUMNS = {
  tiny: 'TINYINT',
  small: 'SMALLINT',
  whole: 'INTEGER',
  large: 'BIGINT',
  double: 'DOUBLE',
  word: 'VARCHAR',
  flag: 'BOOLEAN',
} as const
/** What each type holds at its ends and between, and nothing. */
const VALUES: Record<keyof typeof COLUMNS, readonly unknown[]> = {
  tiny: [-128, 127, 0, null],
  small: [-32_768, 32_767, 0, null],
  whole: [-(2 ** 31), 2 ** 31 - 1, 0, null],
  large: [-(2 ** 53) + 1, 2 ** 53 - 1, -1, 2 ** 32, -(2 ** 32) - 1, 1_790_000_000_123, null],
  double: [-0.1, 1e300, 0, null],
  word: ['', 'ағаш', 'longer than what stands inside', null],
  flag: [true, false, null],
}

let facts: Facts
beforeAll(async () => {
  facts = await openFacts({ file: ':memory:' })
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`)
  await facts.write((writer) => writer.run(`CREATE TABLE held (${columns.join(', ')})`))
})
afterAll(() => facts.close())

test('what is appended is what is read, at the ends of every type and over several vectors', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) =>
    Object.fromEntries(
      Object.entries(VALUES).map(([name, values]) => [name, values[i % values.length]]),
    ),
  )
  await facts.write((writer) => writer.append('held', COLUMNS, rows))
  expect(await facts.query('SELECT * FROM held ORDER BY rowid')).toEqual(rows)
})

test.each([
  ['tiny', 128],
  ['small', 40_000],
  ['whole', 2 ** 31],
  ['whole', 0.5],
  ['large', 2 ** 60],
  ['large', Number.NaN],
])(
  'a number that column %s cannot hold (%d) is refused by name, and nothing is written',
  async (name, value) => {
    const before = await facts.query('SELECT count(*) AS n FROM held')
    const nothing = Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, null]))
    await expect(
      facts.write((writer) =>
        writer.append('held', COLUMNS, [nothing, { ...nothing, [name]: value }]),
      ),
    ).rejects.toThrow(`column ${name} cannot hold ${value}`)
    expect(await facts.query('SELECT count(*) AS n FROM held')).toEqual(before)
  },
)

import { afterAll, beforeAll, expect, test } from 'vitest'
import { askColumns } from './ask.ts'
import { type Facts, openFacts } from './duckdb.ts'

let facts: Facts
beforeAll(async () => {
  facts = await openFacts({ file: ':memory:' })
})
afterAll(() => facts.close())

/** More than one of the engine's vectors, each type of number, and every third one missing. */
const NUMBERS = `
  SELECT CAST(i AS INTEGER) AS i, CAST(CASE WHEN i % 3 <> 0 THEN i END AS INTEGER) AS holed,
    CAST(CASE WHEN i % 3 <> 0 THEN i * 0.5 END AS DOUBLE) AS halves, CAST(i AS BIGINT) * 1000000 AS large,
    CAST(i % 100 AS SMALLINT) AS small
  FROM range(5000) t(i)`

test('columns hold what rows hold, and a missing number is NaN', async () => {
  const rows = await facts.query(NUMBERS)
  const columns = await facts.columns(NUMBERS)
  expect(Object.keys(columns)).toEqual(['i', 'holed', 'halves', 'large', 'small'])
  for (const [name, values] of Object.entries(columns))
    expect([...values]).toEqual(rows.map((row) => row[name] ?? Number.NaN))
})

test('no rows are empty columns', async () => {
  expect(await facts.columns(`${NUMBERS} WHERE i < 0`)).toMatchObject({ i: new Float64Array() })
})

test('integers hold whole numbers of any width, and refuse one that is missing, halved or too large by its column', async () => {
  const rows = await facts.query(NUMBERS)
  const whole = await facts.integers(`SELECT i, small, CAST(i AS BIGINT) AS wide FROM (${NUMBERS})`)
  for (const [name, values] of Object.entries(whole))
    expect([...values]).toEqual(rows.map((row) => row[name === 'wide' ? 'i' : name]))
  for (const column of ['holed', 'halves', 'large'])
    await expect(facts.integers(`SELECT ${column} FROM (${NUMBERS})`)).rejects.toThrow(
      new RegExp(`column ${column} holds .*, which is no whole number of 32 bits`),
    )
})

test('a column of words is refused by name', async () => {
  await expect(facts.columns(`SELECT 'a' AS word`)).rejects.toThrow('column word is not of numbers')
})

test('what was read is kept for a revision, and a column that is not there is named', async () => {
  let read = 0
  const question = {
    name: 'numbers',
    sql: NUMBERS,
    columns: ['i'] as const,
    read: ({ i }: { i: Float64Array }) => {
      read++
      return i.reduce((sum, value) => sum + value, 0)
    },
  }
  expect(await askColumns(facts, question)).toBe(12_497_500)
  expect(await askColumns(facts, question)).toBe(12_497_500)
  expect(read).toBe(1)
  const mistaken = { ...question, name: 'mistaken', columns: ['j'] as never }
  await expect(askColumns(facts, mistaken)).rejects.toThrow('question mistaken: no column j')
})

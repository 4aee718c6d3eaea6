import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Facts, openFacts } from './duckdb.ts'

let facts: Facts
beforeEach(async () => {
  facts = await openFacts({ file: ':memory:', memoryLimitMb: 128 })
  await facts.write(async (writer) => {
    await writer.run('CREATE TABLE told (key INTEGER, moment BIGINT, name VARCHAR, open BOOLEAN)')
    await writer.append(
      'told',
      { key: 'INTEGER', moment: 'BIGINT', name: 'VARCHAR', open: 'BOOLEAN' },
      [
        { key: 1, moment: 1_770_724_800_000, name: 'Әлия', open: true },
        { key: 2, moment: null, name: null, open: false },
      ],
    )
  })
})
afterEach(() => facts.close())

const ROWS = 100_000
const MANY = `SELECT range AS n FROM range(${ROWS})`

test('whole numbers of any width come back as numbers, words and absences as they are', async () => {
  expect(
    await facts.query(
      'SELECT key, moment, name, open, sum(key) OVER () AS sum FROM told ORDER BY key',
    ),
  ).toEqual([
    { key: 1, moment: 1_770_724_800_000, name: 'Әлия', open: true, sum: 3 },
    { key: 2, moment: null, name: null, open: false, sum: 3 },
  ])
})

describe('values are bound by name', () => {
  const keys = (condition: string, params: Parameters<Facts['query']>[1]) =>
    facts
      .query(`SELECT key FROM told WHERE ${condition} ORDER BY key`, params)
      .then((rows) => rows.map(({ key }) => key))

  test('lists of numbers and of words, and empty ones of either', async () => {
    expect(await keys('key IN (SELECT unnest($list))', { list: [2, 3] })).toEqual([2])
    expect(await keys('list_contains($list, name)', { list: ['Әлия'] })).toEqual([1])
    expect(await keys('name IN (SELECT unnest($list))', { list: [] })).toEqual([])
    expect(await keys('len($list) = 0 OR list_contains($list, key)', { list: [] })).toEqual([1, 2])
  })

  test('large and broken numbers', async () => {
    expect(await keys('moment > $moment', { moment: 1_770_724_799_999 })).toEqual([1])
    expect(await keys('key > $half', { half: 1.5 })).toEqual([2])
  })

  test('a value too many is ignored, one too few is named', async () => {
    expect(await keys('key = $key', { key: 1, other: 5 })).toEqual([1])
    await expect(keys('key = $key', { kez: 1 })).rejects.toThrow('no value for the parameter $key')
  })
})

describe('a transaction', () => {
  test('is whole or not at all, and only a whole one is a new revision', async () => {
    const before = facts.revision()
    const broken = facts.write(async (writer) => {
      await writer.run('DELETE FROM told')
      throw new Error('half way')
    })
    await expect(broken).rejects.toThrow('half way')
    expect([await facts.query('SELECT count(*) AS n FROM told'), facts.revision()]).toEqual([
      [{ n: 2 }],
      before,
    ])
    await facts.write((writer) => writer.run('DELETE FROM told'))
    expect(facts.revision()).toBe(before + 1)
  })

  test('waits for the one before it', async () => {
    const order: string[] = []
    const first = facts.write(async (writer) => {
      await writer.query('SELECT 1')
      order.push('first')
    })
    const second = facts.write(async () => void order.push('second'))
    await Promise.all([second, first])
    expect(order).toEqual(['first', 'second'])
  })
})

describe('a stream', () => {
  test('brings every row in portions', async () => {
    let rows = 0
    let portions = 0
    for await (const portion of facts.stream(MANY)) {
      rows += portion.length
      portions++
    }
    expect([rows, portions > 10]).toEqual([ROWS, true])
  })

  test('sees the facts as they were when it began', async () => {
    const names: unknown[] = []
    for await (const rows of facts.stream(`SELECT key FROM told, (${MANY}) ORDER BY n, key`)) {
      if (names.length === 0) await facts.write((writer) => writer.run('DELETE FROM told'))
      names.push(...rows)
    }
    expect(names).toHaveLength(2 * ROWS)
  })

  test('that is left early ends, and questions go on', async () => {
    for await (const rows of facts.stream(MANY)) {
      expect(rows[0]).toEqual({ n: 0 })
      break
    }
    expect(await facts.query('SELECT 7 AS n')).toEqual([{ n: 7 }])
  })

  test('that the closing of the facts cuts short is an error, not an end', async () => {
    const reading = facts.stream(MANY)[Symbol.asyncIterator]()
    await reading.next()
    await facts.close()
    await expect(
      (async () => {
        while (!(await reading.next()).done);
      })(),
    ).rejects.toThrow('the query was cancelled')
    facts = await openFacts({ file: ':memory:' })
  })
})

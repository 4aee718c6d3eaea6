import { expect, test } from 'vitest'
import { openFacts } from '#server/store/duckdb.ts'
import { spanOf, WHOLE } from './history.ts'

const COLUMNS = {
  ...{ registered_on: 'INTEGER', registered_hour: 'INTEGER', marks: 'INTEGER' },
  ...{ test: 'BOOLEAN', district: 'INTEGER', category: 'INTEGER' },
}
const request = (registered_on: number, more: { marks?: number; test?: boolean } = {}) => ({
  ...{ registered_on, registered_hour: 9, marks: 0, test: false, district: 1, category: 1 },
  ...more,
})
const TODAY = 100

test('a record lasts from its first sound request to its last, today among them, and a change of the past is seen at once', async () => {
  const facts = await openFacts({ file: ':memory:', memoryLimitMb: 128 })
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`)
  await facts.write((writer) => writer.run(`CREATE TABLE request (${columns.join(', ')})`))
  const span = () => spanOf({ engine: facts, now: TODAY * 86_400_000, today: TODAY }, WHOLE)
  const come = (...rows: ReturnType<typeof request>[]) =>
    facts.write((writer) => writer.append('request', COLUMNS, rows))
  expect(await span()).toBeNull()
  await come(request(TODAY, { test: true }), request(TODAY + 1), request(TODAY, { marks: 1 }))
  expect(await span()).toBeNull()
  await come(request(TODAY))
  expect(await span()).toEqual({ first: TODAY, last: TODAY })
  await come(request(40), request(90))
  expect(await span()).toEqual({ first: 40, last: TODAY })
  await facts.close()
})

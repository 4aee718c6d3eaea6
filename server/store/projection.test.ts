import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

test('rows that are written together stand by organization, then by building', async () => {
  const rows = await house.context.engine.query(
    // A request that another repeats is written once more, after all of these.
    `SELECT organization, building FROM request
     WHERE request NOT IN (SELECT repeat_of FROM request WHERE repeat_of IS NOT NULL) ORDER BY rowid`,
  )
  const stand = rows.map(({ organization, building }) => [Number(organization), Number(building)])
  expect(new Set(stand.map(([organization]) => organization)).size).toBeGreaterThan(1)
  expect(stand).toEqual(stand.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d))
})

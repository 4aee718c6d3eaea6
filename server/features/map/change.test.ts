import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import type { ComparedDays } from '#server/contract/geometry.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { change } from './change.ts'

const WEEK = 604_800_000

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const uncompared = async (days: ComparedDays) => {
  const answer = await change(house.context, EVERYTHING, days)
  return answer.uncompared.map((key) => house.context.registry.building(key)?.id).sort()
}
const ALL = ['b-1', 'b-2', 'b-3', 'b-4', 'b-5', 'b-6', 'b-7', 'b-8']

test('a building of which nothing came in either period cannot be compared', async () => {
  const heard = new Set(
    CITY.flatMap((one) =>
      one.type === 'request.registered' && one.building && one.occurredAt >= NOW - 2 * WEEK
        ? [one.building]
        : [],
    ),
  )
  expect(heard.size).toBeGreaterThan(0)
  expect(await uncompared(7)).toEqual(ALL.filter((id) => !heard.has(id)))
})

test('no building can be compared where the story is shorter than the comparison', async () => {
  expect(await uncompared(28)).toEqual(ALL)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Clocks, ClocksAddress } from '#server/contract/registry-search.ts'
import { holdersOnMap, territoryOnMap } from '#server/features/map/overlays.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { buildingRecord } from './histories.ts'
import { buildingLines, organizationLines } from './lists.ts'
import { territory } from './territory.ts'

const HOUR = 3_600_000
const at = (local: string) => Date.parse(`${local}:00+05:00`)
/** The house of Dva doma (since 2026-01-15 00:00) left the register on 1 February; the log heard of it three hours before now. */
const GONE = event('building.removed', at('2026-02-01T00:00'), { building: 'b-7' })

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse([...CITY, GONE], {
    now: NOW,
    learnedAt: ({ id }) => (id === GONE.id ? NOW - 3 * HOUR : NOW - 9 * HOUR),
  })
})
afterAll(() => house.close())

const iso = (instant: number) => new Date(instant).toISOString()

test('an instant is asked to its second, by both clocks; a day to its end', () => {
  const who = (clocks: Clocks) =>
    buildingRecord(house.context, 'b-7', clocks).answers?.organization?.id
  expect([
    who({ asOf: '2026-01-14T23:59:59+05:00' }),
    who({ asOf: '2026-01-14T19:00:00Z' }),
    who({ asOf: '2026-01-14' }),
  ]).toEqual(['sever', 'dva-doma', 'sever'])
  const told = (knownAt: number) =>
    buildingRecord(house.context, 'b-7', { knownAt: iso(knownAt) }).statements.length
  expect(told(NOW - 3 * HOUR) - told(NOW - 3 * HOUR - 1000)).toBe(1)
  expect(told(NOW - 9 * HOUR - 1000)).toBe(0)
})

test('a house that has gone since counts as of the days on which it stood, and while nobody knew', async () => {
  const { context } = house
  const listing = (clocks: Clocks) => ({
    filter: { ...clocks, q: undefined, stale: false },
    language: 'ru' as const,
  })
  const counts = async (clocks: Clocks) => [
    buildingLines(context, listing(clocks)).find(({ id }) => id === 'b-7')?.gone,
    organizationLines(context, listing(clocks)).find(({ id }) => id === 'dva-doma')?.buildings,
    (await territory(context, { id: 'dva-doma', clocks, predecessors: false })).houses.length,
    holdersOnMap(context, clocks).find(({ id }) => id === 'dva-doma')?.houses ?? 0,
    territoryOnMap(context, 'dva-doma', clocks).houses.length,
  ]
  expect(await counts({})).toEqual([true, 0, 0, 0, 0])
  expect(await counts({ asOf: '2026-01-31' })).toEqual([false, 1, 1, 1, 1])
  expect(await counts({ asOf: '2026-01-31T18:59:59Z' })).toEqual([false, 1, 1, 1, 1])
  expect(await counts({ asOf: '2026-01-31T19:00:00Z' })).toEqual([true, 0, 0, 0, 0])
  expect(await counts({ knownAt: iso(NOW - 4 * HOUR) })).toEqual([false, 1, 1, 1, 1])
})

test('a mistyped clock is refused where it is asked, and is now in the address of a page', () => {
  for (const asOf of ['2026-13-01', '2026-02-30T10:00:00Z', '2026-02-10T10:00:00', 'вчера', ''])
    expect([Clocks.safeParse({ asOf }).success, ClocksAddress.parse({ asOf }).asOf], asOf).toEqual([
      false,
      undefined,
    ])
  expect(ClocksAddress.parse({ asOf: 5, knownAt: '2026-02-10' })).toEqual({
    asOf: undefined,
    knownAt: '2026-02-10',
  })
})

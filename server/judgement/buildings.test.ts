import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Building } from '#server/domain/registry.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { buildingCounts } from './building-counts.ts'
import { judgeBuildings, judgementOf } from './buildings.ts'

const building = (key: number, changes: Partial<Building> = {}): Building => ({
  key,
  id: `b-${key}`,
  address: { ru: `ул. Первая, ${key}` },
  district: 1,
  ...{
    lon: null,
    lat: null,
    outline: null,
    series: null,
    entrances: null,
    area: null,
    lifts: null,
  },
  ...{ heatingPoint: null, cityShare: null, gone: false, tenures: [] },
  ...{ year: 1970, floors: 5, apartments: 50 },
  ...changes,
})
const counted = (requests: Record<number, [requests: number, recent: number]>) => ({
  ...{ from: 0, to: 365, firstWeek: 4, weeks: new Map() },
  of: new Map(
    Object.entries(requests).map(([key, [all, recent]]) => [
      Number(key),
      { requests: all, recent },
    ]),
  ),
})
const many = (from: number, count: number, changes?: Partial<Building>) =>
  Array.from({ length: count }, (_, i) => building(from + i, changes))

test('what is expected follows age and height, and sums to what came', () => {
  // Old: 3 × 50 apartments with 30; new: 2 × 100 with 20. Rates .2 and .1.
  const old = many(1, 3)
  const fresh = many(11, 2, { year: 2015, apartments: 100 })
  const counts = counted({ 1: [4, 1], 2: [20, 5], 3: [6, 2], 11: [15, 4], 12: [5, 1] })
  const { of } = judgementOf(counts, [...old, ...fresh])
  expect([1, 2, 3, 11, 12].map((key) => of.get(key)?.expected)).toEqual(
    [10, 10, 10, 10, 10].map((value) => expect.closeTo(value, 5)),
  )
})

test('a house that calls three times as often as its like weighs most, one that hardly calls is silent', () => {
  const usual = Object.fromEntries(
    many(1, 60).map(({ key }) => [key, [30 + (key % 7), 8] as [number, number]]),
  )
  const counts = counted({ ...usual, 70: [140, 60], 71: [2, 0] })
  const { of } = judgementOf(counts, many(1, 71))
  const which = (is: 'heavy' | 'silent') =>
    [...of.values()].filter((one) => one[is]).map(({ key }) => key)
  expect(which('heavy')).toEqual([70])
  // Of the rest nothing came at all.
  expect(which('silent')).toEqual([61, 62, 63, 64, 65, 66, 67, 68, 69, 71])
})

test('a quiet neighbourhood makes a quiet house less of a wonder', () => {
  const loud = many(1, 60, { district: 1 })
  const quiet = many(101, 30, { district: 2 })
  const counts = counted(
    Object.fromEntries([
      ...loud.map(({ key }) => [key, [30 + (key % 5), 7]]),
      ...quiet.map(({ key }) => [key, [10 + (key % 3), 2]]),
    ]),
  )
  const one = judgementOf(counts, [...loud, ...quiet]).of.get(101)
  expect(one?.neighbours).toMatchObject({ of: 'district', buildings: 29 })
  expect(one?.neighbours?.propensity).toBeLessThan(0.5)
  expect(one?.fewChanceHere).toBeGreaterThan((one?.fewChance ?? 1) * 3)
})

test('unknown apartments are entrances × 36, and it says so; without either nothing is expected', () => {
  const { of } = judgementOf(counted({ 1: [9, 2] }), [
    building(1, { apartments: null, entrances: 2 }),
    building(2, { apartments: null }),
    building(3, { gone: true }),
  ])
  expect(of.get(1)?.apartments).toEqual({ count: 72, assumed: true })
  expect([...of.keys()]).toEqual([1])
})

test('a season that moves the whole city is no trend of a house', () => {
  const { of } = judgementOf(counted({ 1: [20, 10], 2: [40, 20] }), many(1, 2))
  expect(of.get(1)?.trend.ratio).toBeCloseTo(1, 12)
})

test('a city without requests judges nobody', () => {
  const { of } = judgementOf(counted({}), many(1, 3))
  expect([...of.values()].map(({ heavy, silent, expected }) => [heavy, silent, expected])).toEqual([
    [false, false, 0],
    [false, false, 0],
    [false, false, 0],
  ])
})

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

test('counted are 365 days to the last midnight, without tests and without today', async () => {
  const { from, to, of } = await buildingCounts(house.context)
  expect([new Date(from * 86_400_000), new Date(to * 86_400_000)]).toEqual([
    new Date('2025-02-10'),
    new Date('2026-02-10'),
  ])
  const rows = await house.context.engine.query(
    `SELECT building, count(*) AS n FROM request
     WHERE NOT test AND building > 0 AND registered_on BETWEEN ${from} AND ${to - 1} GROUP BY building`,
  )
  const { registry } = house.context
  const named = [...of].map(([key, { requests }]) => [registry.building(key)?.id, requests])
  // Of b-1 three: 1-01, 1-02, 1-06; 1-09 is of today, and the future one is not yet.
  expect(named.find(([id]) => id === 'b-1')).toEqual(['b-1', 3])
  expect(of.size).toBe(rows.length)
})

test('what is told late of a day that has passed is seen by the next who asks', async () => {
  const before = (await judgeBuildings(house.context)).of
  const { registry } = house.context
  const key = registry.buildingById('b-2')?.key ?? 0
  await house.append([
    event('request.registered', Date.parse('2026-01-20T10:00:00+05:00'), {
      request: '9-99',
      building: 'b-2',
      category: 'leak',
      channel: 'phone',
      priority: 'ordinary',
      kind: 'work_request',
    }),
  ])
  await house.settle()
  await judgeBuildings(house.context)
  await expect
    .poll(async () => (await judgeBuildings(house.context)).of.get(key)?.requests)
    .toBe((before.get(key)?.requests ?? 0) + 1)
})

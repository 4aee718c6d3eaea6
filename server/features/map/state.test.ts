import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { mapBuilding } from './building.ts'
import { deviation } from './queries.ts'
import { mapState } from './state.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const rows = (filter = {}) => {
  const { registry } = house.context
  const state = mapState(house.context, { ...EVERYTHING, ...filter })
  return state.keys.map((key, i) => [
    registry.building(key)?.id,
    state.open[i],
    state.overdue[i],
    state.emergency[i],
    state.emergencyOverdue[i],
  ])
}

test('each building shows its open, overdue and emergency requests', () => {
  expect(rows()).toEqual([
    ['b-1', 2, 0, 0, 0],
    ['b-3', 1, 0, 0, 0],
    ['b-4', 2, 2, 1, 1],
    ['b-5', 3, 3, 0, 0],
    ['b-6', 2, 1, 1, 0],
    ['b-7', 1, 1, 0, 0],
    ['b-8', 1, 0, 0, 0],
  ])
})

test('what no building can show is counted apart, and the totals hold everything', () => {
  const { totals, unplaced, districts } = mapState(house.context, EVERYTHING)
  expect(totals).toEqual({ open: 13, overdue: 7, emergency: 2, emergencyOverdue: 1 })
  expect(unplaced).toBe(1)
  expect(districts.map(({ id, open, overdue }) => [id, open, overdue])).toEqual([
    ['old', 3, 0],
    ['zavod', 8, 7],
    ['garden', 1, 0],
  ])
})

test.for([
  [{ district: ['zavod'] }, ['b-4', 'b-5', 'b-6', 'b-7']],
  [{ category: ['lift'] }, ['b-5']],
  [{ organization: ['sadovoe'] }, ['b-8']],
  [{ district: ['zavod'], category: ['leak'] }, ['b-4', 'b-6', 'b-7']],
  [{ district: ['nowhere'] }, []],
] as const)('narrowed by %o it keeps only those buildings', ([filter, ids]) => {
  expect(rows(filter).map(([id]) => id)).toEqual(ids)
})

test('the panel names who answers today, and puts overdue requests first', () => {
  const { organization, requests, open, overdue } = mapBuilding(house.context, 'b-7')
  expect(organization?.name).toBe('УК Два дома')
  expect(requests.map(({ number }) => number)).toEqual(['3-02'])
  expect([open, overdue]).toEqual([1, 1])
  const zavod = mapBuilding(house.context, 'b-4')
  expect(zavod.requests.map(({ number, emergency }) => [number, emergency])).toEqual([
    ['2-01', true],
    ['2-02', false],
  ])
})

test('an unknown building is refused by name', () => {
  expect(() => mapBuilding(house.context, '__proto__')).toThrow('no building "__proto__" is known')
})

test('five weeks are enough to learn from, four are not', async () => {
  const all = await deviation(house.context, EVERYTHING)
  expect(all.tooEarly).toBe(false)
  expect(all.observed).toBe(8)
  expect(all.buildings).toBe(8)
  const early = { ...house.context, now: () => NOW - 3 * 86_400_000 }
  expect((await deviation(early, EVERYTHING)).tooEarly).toBe(true)
})

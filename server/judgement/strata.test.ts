import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { stratified, stratumIn } from './strata.ts'

let house: TestHouse
beforeAll(async () => {
  const years = [
    ['b-1', 1959],
    ['b-2', 1960],
    ['b-3', 1979],
    ['b-4', 1980],
    ['b-5', 1999],
    ['b-6', 2000],
  ] as const
  house = await openTestHouse(
    [
      ...CITY,
      ...years.map(([building, year]) =>
        event('building.registered', NOW - 1, { building, year, address: { ru: building } }),
      ),
      event('building.registered', NOW - 1, { building: 'b-77', address: { ru: 'b-77' } }),
      event('request.registered', NOW - 1, {
        ...{ request: '9-77', building: 'b-77', category: 'leak', channel: 'phone' },
        ...{ priority: 'ordinary', kind: 'work_request' },
      }),
    ],
    { now: NOW, zone: ZONE },
  )
})
afterAll(() => house.close())

test('a stratum is category, priority and the age of the house; no house and no year are an age of their own', async () => {
  const rows = await house.context.engine.query(
    `SELECT number, stratum FROM ${stratified('number', 'true')} AS one ORDER BY number`,
    {},
  )
  const of = new Map(rows.map(({ number, stratum }) => [number, stratumIn(Number(stratum))]))
  const bands = ['1-01', '1-03', '1-05', '2-02', '2-03', '2-07', '9-77', '5-01'].map(
    (number) => of.get(number)?.band,
  )
  expect(bands).toEqual([
    ...([
      'before1960',
      '1960to1979',
      '1960to1979',
      '1980to1999',
      '1980to1999',
      'from2000',
    ] as const),
    ...(['unknown', 'unknown'] as const),
  ])
  const leak = house.context.registry.categoryById('leak')?.key
  expect(of.get('4-03')).toEqual({ category: leak, priority: 1, band: '1980to1999' })
  expect(of.size).toBe(35)
})

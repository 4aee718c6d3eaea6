import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { pageOf } from '#server/features/requests/page.ts'
import { CITY, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { weeklyOf } from './weekly.ts'

/** Late enough for February to be mature. */
const NOW = Date.parse('2026-03-20T12:00:00+05:00')
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

test('a week opens exactly its requests', async () => {
  const year = await weeklyOf(house.context, { unit: 'organization', id: 'sever' })
  const counted: [number, number][] = []
  for (const measure of JUDGED) {
    const { rows, among } = COUNTED[measure]
    const weeks = year?.[measure]?.weeks ?? []
    for (const { from, to, n, observed } of weeks.filter(({ n }) => n > 0))
      for (const [of, count] of [
        [among, n],
        [rows, observed],
      ] as const) {
        const cut = new Date(year?.period.cut ?? 0).toISOString()
        const filter = { ...EVERYTHING, from, to, cut, organization: ['sever'], ...of } as Filter
        const page = await pageOf(house.context, {
          ...{ filter, order: 'registeredAt', language: 'ru', offset: 0, limit: 100 },
        })
        counted.push([page.length, count])
      }
  }
  expect(counted.length).toBeGreaterThan(0)
  expect(counted.map(([rows]) => rows)).toEqual(counted.map(([, count]) => count))
})

test('the average is that of Roberts over weekly differences, its limit 3 √(λ / (2 − λ) (1 − (1 − λ)^2t))', async () => {
  const year = await weeklyOf(house.context, { unit: 'organization', id: 'sever' })
  const weeks = year?.late?.weeks ?? []
  const told = weeks.findIndex(({ n }) => n > 0)
  const [before, first] = [weeks[told - 1], weeks[told]]
  expect(before?.average).toBe(0)
  expect(Math.sign(first?.average ?? 0)).toBe(
    Math.sign((first?.observed ?? 0) - (first?.expected ?? 0)),
  )
  expect(first?.limit).toBeCloseTo(3 * Math.sqrt((0.2 / 1.8) * (1 - 0.8 ** (2 * (told + 1)))), 12)
})

test('who has no year before has no chart of change; a district is not watched', async () => {
  const year = await weeklyOf(house.context, { unit: 'organization', id: 'sever' })
  expect(year?.late?.change).toBeNull()
  const [district] = house.context.registry.districts()
  expect(await weeklyOf(house.context, { unit: 'district', id: district?.id ?? '' })).toBeNull()
})

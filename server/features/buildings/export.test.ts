import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { buildingsExport } from './export.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

test('the file of the silent houses says so, and names the measures it rests on', async () => {
  const search = new URLSearchParams('only=silent&sort=silence')
  const { about, columns, count } = await buildingsExport.open({
    context: house.context,
    search,
    language: 'ru',
  })
  expect(count).toBe(0)
  expect(about).toContainEqual(['Только', 'Молчит'])
  expect(about.map(([, value]) => value)).toContain(
    'open@1, overdue@1, buildingIntensity@1, buildingSilence@1',
  )
  expect(columns.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['expected', 'ratio', 'chance', 'heavy', 'trend', 'silence', 'silent']),
  )
})

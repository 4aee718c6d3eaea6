import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { freshness } from './freshness.ts'
import { place } from './place.ts'
import { search } from './search.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

test('an address finds its house with its district and what is open in it', async () => {
  const { buildings } = await search(house.context, 'заводская 2')
  expect(buildings).toEqual([
    {
      id: 'b-4',
      address: { ru: 'ул. Заводская, 2', kk: 'Заводская көшесі, 2' },
      district: { kk: 'Зауыт', ru: 'Заводской', en: 'Zavod' },
      open: 2,
      gone: false,
    },
  ])
})

test('an organization is found by the beginning of its name', async () => {
  const { organizations } = await search(house.context, 'северный')
  expect(organizations.map(({ id, open }) => [id, open])).toEqual([['sever', 7]])
})

test('a request is found by the beginning of its number, shortest first', async () => {
  const { requests } = await search(house.context, '2-0')
  expect(requests.map(({ number }) => number)).toEqual([
    '2-01',
    '2-02',
    '2-03',
    '2-04',
    '2-05',
    '2-06',
  ])
  expect((await search(house.context, '1-01')).requests).toEqual([
    { number: '1-01', registeredAt: Date.parse('2026-01-05T09:00+05:00'), open: false },
  ])
})

test('what is typed is a value, never a part of the question', async () => {
  const { requests } = await search(house.context, "1' OR '1'='1")
  expect(requests).toEqual([])
})

test('the frame knows the city', async () => {
  expect(await place(house.context)).toMatchObject({
    zone: ZONE,
    pinned: false,
    organizations: 4,
    buildings: 8,
    districts: [{ id: 'garden' }, { id: 'old' }, { id: 'zavod' }],
  })
})

test('who takes complaints about organizations is not counted as one of them', async () => {
  const inspected = await openTestHouse(
    [
      ...CITY,
      event('organization.registered', NOW - 1, {
        ...{ organization: 'gzhi', name: 'ГЖИ', kind: 'inspectorate' as const },
      }),
      event('tenure.changed', NOW - 1, { building: 'b-8', organization: 'gzhi' }),
    ],
    { now: NOW, zone: ZONE },
  )
  expect((await place(inspected.context)).organizations).toBe(4)
  await inspected.close()
})

test('a source whose newest event is an hour old at a time when little comes is not silent too long', async () => {
  const [city, ...others] = await freshness(house.context)
  expect(others).toEqual([])
  expect(city).toMatchObject({ source: 'city', silentTooLong: false })
})

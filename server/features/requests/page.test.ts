import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { REQUEST_SORTS, type RequestOrder } from '#server/contract/requests.ts'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { allKeysOf, daysOf, pageOf, summaryOf } from './page.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const numbers = async (
  filter: Partial<Filter>,
  order: RequestOrder = '-registeredAt',
  offset = 0,
  limit = 200,
) => {
  const input = {
    filter: { ...EVERYTHING, ...filter },
    order,
    language: 'ru' as const,
    offset,
    limit,
  }
  return (await pageOf(house.context, input)).map((line) => line.number)
}

describe('the list of requests', () => {
  test('begins with the newest and leaves the test request out', async () => {
    expect((await numbers({})).slice(0, 5)).toEqual(['2-05', '1-09', '5-01', '1-08', '3-02'])
    expect(await numbers({})).not.toContain('5-02')
  })

  test('what a source registered in the future is counted, marked, and stands last by registration', async () => {
    const all = await numbers({})
    expect([all.at(-1), (await numbers({}, 'registeredAt')).at(-1)]).toEqual(['5-03', '5-03'])
    for (const order of ['registeredAt', '-registeredAt'] as const) {
      const whole = await numbers({}, order)
      const paged = []
      for (let offset = 0; offset < 40; offset += 4)
        paged.push(...(await numbers({}, order, offset, 4)))
      expect(paged).toEqual(whole)
    }
    expect(await numbers({ mark: ['future_time'] })).toEqual(['5-03'])
    expect(await numbers({ is: ['open'] })).toContain('5-03')
    const { requests } = await summaryOf(house.context, EVERYTHING)
    expect(requests).toBe(all.length)
  })

  test('ordered by due time, puts those without one last in both directions', async () => {
    const open: Partial<Filter> = { is: ['open'] }
    expect(await numbers(open, 'dueAt')).toEqual([
      ...['2-02', '2-11', '2-03', '2-06', '2-14', '2-01', '3-02', '2-05', '5-01', '1-09', '1-08'],
      ...['5-03', '4-02'],
    ])
    expect((await numbers(open, '-dueAt')).at(-1)).toBe('4-02')
  })

  test('orders names as the language does, not as keys were given', async () => {
    const rows = await pageOf(house.context, {
      filter: { ...EVERYTHING, is: ['open'] },
      order: 'responsibleNow',
      language: 'ru',
      offset: 0,
      limit: 50,
    })
    expect([...new Set(rows.map((line) => line.responsible?.name ?? null))]).toEqual([
      'ТСЖ Садовое',
      'УК Два дома',
      'УК Прибрежная',
      'УК Северный ветер',
      null,
    ])
  })

  test.for(REQUEST_SORTS.flatMap((sort): RequestOrder[] => [sort, `-${sort}`]))(
    'pages by %s join without a gap and without a repeat',
    async (order) => {
      const whole = await numbers({}, order)
      expect(whole.toSorted()).toEqual((await numbers({})).toSorted())
      const pages = await Promise.all([0, 7, 14, 21, 28].map((from) => numbers({}, order, from, 7)))
      expect(pages.flat()).toEqual(whole)
    },
  )

  test('the summary counts what the list holds', async () => {
    expect(await summaryOf(house.context, EVERYTHING)).toEqual({
      requests: 33,
      // 2-08 is of the incident of 2-01.
      incidents: 32,
      open: 13,
      overdue: 7,
      marked: 4,
    })
    expect(await numbers({})).toHaveLength(33)
  })

  const narrowings: Partial<Filter>[] = [
    { from: '2026-02-01' },
    { to: '2026-02-01' },
    { district: ['zavod'] },
    { organization: ['sever'] },
    { building: ['b-7'] },
    { category: ['lift'] },
    { channel: ['app'] },
    { priority: ['emergency'] },
    { kind: ['complaint'] },
    { state: ['deferred'] },
    { outcome: ['confirmed'] },
    { mark: ['unknown_building'] },
    { is: ['overdue'] },
  ]
  test.for(narrowings)(
    'narrowing by %o changes the list, its count and its export alike',
    async (filter) => {
      const full = { ...EVERYTHING, ...filter }
      const found = await numbers(filter)
      const { requests } = await summaryOf(house.context, full)
      const portions = await allKeysOf(house.context, {
        filter: full,
        order: '-registeredAt',
        language: 'ru',
      })
      expect(found.length).toBeGreaterThan(0)
      expect(found.length).toBeLessThan(33)
      expect(requests).toBe(found.length)
      expect(portions.flatMap((portion) => [...portion])).toHaveLength(found.length)
    },
  )

  test('judged as of an earlier instant, fewer are overdue', async () => {
    expect(await numbers({ is: ['overdue'], cut: '2026-02-07T00:00:00+05:00' })).toEqual([
      '2-06',
      '2-03',
      '2-11',
      '2-02',
    ])
  })
})

describe('a far page', () => {
  const days = [
    { day: 10, requests: 5 },
    { day: 11, requests: 3 },
    { day: 14, requests: 4 },
  ]
  test('is found among the days that hold it', () => {
    expect(daysOf(days, true, 0, 2)).toEqual({ from: 14, to: 15, offset: 0 })
    expect(daysOf(days, true, 3, 2)).toEqual({ from: 11, to: 15, offset: 3 })
    expect(daysOf(days, true, 4, 3)).toEqual({ from: 11, to: 12, offset: 0 })
    expect(daysOf(days, false, 6, 10)).toEqual({ from: 11, to: 15, offset: 1 })
  })
  test('past the end is empty', () => {
    expect(daysOf(days, true, 12, 5)).toBeUndefined()
    expect(daysOf([], true, 0, 5)).toBeUndefined()
  })
})

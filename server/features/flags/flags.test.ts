import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { pageOf } from '#server/features/requests/page.ts'
import { CITY, event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { flag, flags } from './flags.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-11-21T18:00:00+05:00')
const START = Date.parse('2026-03-01T00:00:00+05:00')

/** So many leaks in a house, one an hour, of which every `every`-th comes back two days after it was closed. */
const leaks = (building: string, count: number, every: number): DomainEvent[] =>
  Array.from({ length: count }, (_, i) => {
    const request = `${building}-${i}`
    const at = START + i * HOUR
    return [
      event('request.registered', at, {
        request,
        building,
        category: 'leak',
        channel: 'phone',
        priority: 'ordinary',
        // Complaints, each for itself: work requests of one house and day would be one incident.
        kind: 'complaint',
      }),
      event('request.closed', at + 5 * HOUR, { request }),
      ...(i % every === 0 ? [event('request.reopened', at + 53 * HOUR, { request })] : []),
      ...(i % every === 0 ? [event('request.closed', at + 60 * HOUR, { request })] : []),
    ]
  }).flat()

/** Ordinary organizations, each with one house. */
const ORDINARY = Array.from({ length: 25 }, (_, i) => ({
  organization: `o-${i}`,
  building: `h-${i}`,
}))

describe('Sever takes back every third leak, twenty-five others every tenth, Sadovoe has too few', () => {
  let house: TestHouse
  beforeAll(async () => {
    const registry = CITY.filter(({ type }) => !type.startsWith('request.'))
    const others = ORDINARY.flatMap(({ organization, building }) => [
      event('organization.registered', 0, { organization, name: organization, kind: 'uk' }),
      event('building.registered', 0, { building, address: { ru: building }, year: 1975 }),
      event('tenure.changed', 0, { building, organization }),
      ...leaks(building, 120, 10),
    ])
    const requests = [...others, ...leaks('b-4', 150, 3), ...leaks('b-8', 30, 3)]
    house = await openTestHouse([...registry, ...requests], { now: NOW, zone: ZONE })
  })
  afterAll(() => house.close())

  test('only Sever is to be inspected, and who has too few is told so', async () => {
    const { flags: raised, period } = await flags(house.context)
    expect(raised.map(({ id, level }) => [id, level])).toEqual([
      ['reopened.sever', 'inspect'],
      ['reopened.sadovoe', 'insufficient'],
    ])
    expect(period).toEqual({
      from: '2025-11-01',
      to: '2026-11-01',
      cut: Date.parse('2026-11-21T00:00:00+05:00'),
    })
  })

  test('its figures are what happened and what the city would have had', async () => {
    // Of leaks in houses of 1960 to 1979, 25 × 12 + 50 of 3,150 came back; the house of Sadovoe is younger.
    const { figures, share, peers } = await flag(house.context, 'reopened.sever')
    expect(figures).toMatchObject({
      n: 150,
      observed: 50,
      expected: expect.closeTo(150 * (350 / 3150), 9),
    })
    expect(share.share).toBeCloseTo(1 / 3, 12)
    expect(peers).toMatchObject({ organizations: 27, judged: 26 })
  })

  test('its links open exactly its requests', async () => {
    const { rows, figures } = await flag(house.context, 'reopened.sever')
    for (const [filter, count] of [
      [rows.among, figures.n],
      [rows.events, figures.observed],
    ] as const) {
      const page = await pageOf(house.context, {
        filter,
        order: 'registeredAt',
        language: 'ru',
        offset: 0,
        limit: 1000,
      })
      expect(page).toHaveLength(count)
      expect(page.every((row) => row.organization?.id === 'sever')).toBe(true)
    }
  })

  test('what it rests on is told: one quarter, one house', async () => {
    const { quarters, buildings, categories } = await flag(house.context, 'reopened.sever')
    expect(quarters).toEqual({ above: 1, of: 1 })
    expect(buildings.map(({ id, observed, without }) => [id, observed, without])).toEqual([
      ['b-4', 50, null],
    ])
    expect(categories.map(({ id, n }) => [id, n])).toEqual([['leak', 150]])
  })

  test('no figures, no flag', async () => {
    await expect(flag(house.context, 'reopened.liftservis')).rejects.toThrow('there is no flag')
  })
})

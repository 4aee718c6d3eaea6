import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { plainly } from '#test/plain-policy.ts'
import { judge } from './judge.ts'
import { periodOf } from './period.ts'

describe('the period that is judged', () => {
  const of = (local: string, filter = EVERYTHING) =>
    periodOf(filter, Date.parse(local), 'Asia/Almaty')

  test('is the last twelve months that ended a fortnight before the last midnight', () => {
    expect(of('2026-11-15T00:00:00+05:00')).toEqual({
      from: '2025-11-01',
      to: '2026-11-01',
      cut: Date.parse('2026-11-15T00:00:00+05:00'),
    })
    expect(of('2026-11-14T23:59:00+05:00')).toMatchObject({ from: '2025-10-01', to: '2026-10-01' })
  })
  test('follows the address where it says more', () => {
    const filter = { ...EVERYTHING, from: '2026-01-05', cut: '2026-02-10T00:00:00+05:00' }
    expect(of('2027-01-01T12:00:00+05:00', filter)).toEqual({
      from: '2026-01-05',
      to: '2026-01-01',
      cut: Date.parse('2026-02-10T00:00:00+05:00'),
    })
  })
  test('is cut at the midnight of the city, also where clocks change', () => {
    const spring = periodOf(EVERYTHING, Date.parse('2016-03-13T12:00:00-04:00'), 'America/New_York')
    expect(new Date(spring.cut).toISOString()).toBe('2016-03-13T05:00:00.000Z')
  })
})

describe('judged on the small city at midnight of 10 February', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
  })
  afterAll(() => house.close())
  const january = { ...EVERYTHING, from: '2026-01-01', to: '2026-02-01' }
  const named = (units: { unit: number }[]) =>
    new Map(units.map((unit) => [house.context.registry.organization(unit.unit)?.id, unit]))

  test('returns are judged among closings a fortnight old, withdrawn and duplicate ones aside', async () => {
    const { units, city } = await judge(plainly(house.context), 'reopened', january)
    // Closed by 27 January: 1-01 … 1-06; 2-03 and 2-04 (came back), 2-07, 2-09, 2-10 (reported again), 2-12; 3-01; 4-01.
    expect(city).toEqual({ n: 14, observed: 3 })
    const of = named(units)
    // In houses of 1960 to 1979 nothing came back: of whom nothing was expected, nothing can be said.
    expect(of.get('pribrezhnaya')).toBeUndefined()
    expect(of.get('sever')).toMatchObject({ n: 6, observed: 3 })
    expect(of.get('dva-doma')).toMatchObject({ n: 1, observed: 0 })
  })

  test('lateness is judged once the due time has passed, open or closed', async () => {
    const { units, city } = await judge(house.context, 'late', january)
    // Late of Sever: 2-02, 2-03, 2-04, 2-09, 2-10, 2-11, 2-12; in time: 2-07. 2-13 was closed before it was registered.
    const of = named(units)
    expect(of.get('sever')).toMatchObject({ n: 8, observed: 7 })
    expect(of.get('pribrezhnaya')).toMatchObject({ n: 6, observed: 0 })
    expect(city.n).toBe(6 + 8 + 1 + 2)
  })

  test('what was expected adds up to what happened', async () => {
    for (const measure of ['reopened', 'late'] as const) {
      const { units, city, nobody } = await judge(plainly(house.context), measure, january)
      const expected = units.reduce((sum, unit) => sum + unit.expected, nobody?.expected ?? 0)
      expect(expected).toBeCloseTo(city.observed, 9)
    }
  })

  test('a choice of one organization does not make it a city of its own', async () => {
    const one = await judge(house.context, 'late', { ...january, organization: ['sever'] })
    expect(one.city).toEqual((await judge(house.context, 'late', january)).city)
  })
})

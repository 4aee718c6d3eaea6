import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pageOf } from '#server/features/requests/page.ts'
import { ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW } from '#test/leaky-city.ts'
import { flag, flags, raised } from './flags.ts'

describe('Sever takes back every third leak, twenty-five others every tenth, Sadovoe has too few', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(LEAKY_CITY, { now: LEAKY_NOW, zone: ZONE })
  })
  afterAll(() => house.close())

  test('only Sever is to be inspected, and who has too few is told so', async () => {
    const { flags: raised, period } = await flags(house.context)
    expect(raised.map(({ id, level, path }) => [id, level, path])).toEqual([
      ['reopened.sever', 'inspect', 'a'],
      ['pace.sadovoe', 'insufficient', null],
      ['reopened.sadovoe', 'insufficient', null],
    ])
    expect(period).toEqual({
      from: '2025-11-01',
      to: '2026-11-01',
      cut: Date.parse('2026-11-21T00:00:00+05:00'),
    })
  })

  test('the menu counts and shows those of the list that ask for somebody, and not who has too few', async () => {
    const { flags: all } = await flags(house.context)
    expect(await raised(house.context)).toEqual({ inspect: 1, raised: 1, first: [all[0]] })
  })

  test('its figures are what happened and what the city would have had', async () => {
    // Of 3,150 leaks in houses of 1975 there came back 25 × 12, and 17 in each house of Sever.
    const { figures, share, peers } = await flag(house.context, 'reopened.sever')
    expect(figures).toMatchObject({
      n: 150,
      observed: 51,
      expected: expect.closeTo(150 * (351 / 3150), 9),
      variance: expect.closeTo(150 * (351 / 3150) * (2799 / 3150), 9),
    })
    expect(share.share).toBeCloseTo(51 / 150, 12)
    expect(peers).toMatchObject({ organizations: 27, judged: 26 })
  })

  test('pace is closings against the hazard of the city over the same times, open and closed', async () => {
    // All close after 5 hours, but those that came back after 60: H(5 h) = 2799 / 3150, and 351 of the 351 left at 60 h.
    const { figures } = await flag(house.context, 'pace.sever')
    const early = 2799 / 3150
    const expected = 99 * early + 51 * (early + 1)
    expect(figures).toMatchObject({ n: 150, observed: 150, expected: expect.closeTo(expected, 9) })
    expect(figures.ratio).toBeCloseTo(expected / 150, 9)
  })

  test('its links open exactly its requests', async () => {
    const { rows, figures } = await flag(house.context, 'reopened.sever')
    const pace = await flag(house.context, 'pace.sever')
    for (const [filter, count] of [
      [rows.among, figures.n],
      [rows.events, figures.observed],
      [pace.rows.among, 150],
      [pace.rows.events, 150],
      // What closed after the cut did not count.
      [{ ...pace.rows.events, cut: '2025-11-01T00:00:00+05:00' }, 0],
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

  test('what it rests on is told: four quarters, and that it stands without one house, one week, by another model', async () => {
    const { quarters, rests, driven } = await flag(house.context, 'reopened.sever')
    expect(quarters).toEqual({ above: 4, of: 4 })
    expect(driven).toBe(null)
    const rate = 351 / 3150
    expect(rests).toMatchObject({
      building: { id: 's-1', ratio: expect.closeTo(34 / (100 * rate), 9) },
      // A week in which all three came back.
      week: { from: '2026-01-26', observed: 3, ratio: expect.closeTo(48 / (147 * rate), 9) },
      // Of one kind of request the model can say only what the strata do.
      model: expect.closeTo(51 / (150 * rate), 6),
    })
  })

  test('no figures, no flag', async () => {
    await expect(flag(house.context, 'reopened.liftservis')).rejects.toThrow('there is no flag')
  })
})

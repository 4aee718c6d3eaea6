import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW } from '#test/leaky-city.ts'
import { breakdown } from './breakdown.ts'
import { comparison } from './compare.ts'
import { heaviestBuildings, mixOf } from './mix.ts'

/** The leaky city, where o-0 has managed one of its two houses only since June 2026: it is judged from August on. */
const EVENTS = [
  ...LEAKY_CITY,
  event('tenure.changed', Date.parse('2026-06-10T00:00:00+05:00'), {
    ...{ building: 'h-2', organization: 'o-0' },
  }),
]
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(EVENTS, { now: LEAKY_NOW, zone: ZONE })
})
afterAll(() => house.close())

test.for(['sever', 'o-0'])('every panel of %s expects what the funnel does', async (id) => {
  const { context } = house
  const { units } = await comparison(context, 'reopened', EVERYTHING)
  const unit = units.find((one) => one.id === id)
  if (!unit) throw new Error(`${id} is not compared`)
  expect(unit.since).toBe(id === 'o-0' ? '2026-08-01' : '2025-11-01')
  const asked = { unit: 'organization', id, filter: EVERYTHING } as const

  const { whole } = await heaviestBuildings(context, 'reopened', asked)
  const mix = await mixOf(context, 'reopened', asked)
  const channels = await breakdown(context, 'channel', asked)
  const figures = { n: unit.n, observed: unit.observed, expected: expect.closeTo(unit.expected, 9) }
  const sum = (parts: readonly { n: number; observed: number; expected: number }[]) => ({
    n: parts.reduce((all, { n }) => all + n, 0),
    observed: parts.reduce((all, { observed }) => all + observed, 0),
    expected: parts.reduce((all, { expected }) => all + expected, 0),
  })
  expect(whole).toMatchObject(figures)
  expect(sum(mix.groups)).toEqual(figures)
  const judged = channels.parts.map(({ reopened: { share, expected } }) => {
    return { n: share?.n ?? 0, observed: share?.cases ?? 0, expected }
  })
  expect(sum(judged)).toEqual(figures)
})

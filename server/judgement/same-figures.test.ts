import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { CHANNELS } from '#server/contract/vocabulary.ts'
import { event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW, leaks } from '#test/leaky-city.ts'
import { begunAnew } from './begun-anew.ts'
import { comparable, judge } from './judge.ts'
import { byBuilding, byCategory } from './parts.ts'

const old = (building: string, organization: string) => [
  event('building.registered', 0, { building, address: { ru: building }, year: 1950 }),
  event('tenure.changed', 0, { building, organization }),
]

/**
 * The leaky city, where Sever has also half of the leaks in houses of 1950, and o-0 has managed one of its two houses only
 * since June 2026.
 */
const EVENTS = [
  ...LEAKY_CITY,
  ...[...old('old-1', 'sever'), ...leaks('old-1', 60, 4)],
  ...[...old('old-2', 'o-1'), ...leaks('old-2', 60, 10)],
  event('tenure.changed', Date.parse('2026-06-10T00:00:00+05:00'), {
    ...{ building: 'h-2', organization: 'o-0' },
  }),
]
const LEAKS: Filter = { ...EVERYTHING, category: ['leak'] }

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(EVENTS, { now: LEAKY_NOW, zone: ZONE })
})
afterAll(() => house.close())
const key = (id: string) => house.context.registry.organizationById(id)?.key ?? 0

test('a filter that names every channel judges as none does, levels and all', async () => {
  const named = { ...EVERYTHING, channel: [...CHANNELS] }
  const whole = await judge(house.context, 'reopened', EVERYTHING)
  expect(await judge(house.context, 'reopened', named)).toEqual(whole)
  expect(whole.units.find(({ unit }) => unit === key('sever'))?.level).toBe('inspect')
})

test('a filter that all requests meet expects the same of everybody, but calls nobody to be inspected', async () => {
  const whole = await judge(house.context, 'reopened', EVERYTHING)
  const narrowed = await judge(house.context, 'reopened', LEAKS)
  expect(narrowed.city).toEqual(whole.city)
  expect(narrowed.units).toHaveLength(whole.units.length)
  // A model of strata that few requests have depends on their order, by less than a millionth.
  for (const { unit, n, observed, expected, variance, z, since } of whole.units)
    expect(narrowed.units.find((one) => one.unit === unit)).toMatchObject({
      ...{ n, observed },
      expected: expect.closeTo(expected, 5),
      variance: expect.closeTo(variance, 5),
      z: expect.closeTo(z, 5),
      ...(since !== whole.period.from && { since }),
    })
  expect(narrowed.units.find(({ unit }) => unit === key('sever'))?.level).toBe('watch')
})

test('who began anew is judged since then in a narrowed period too, and as a whole in one that ended before', async () => {
  const { policy } = house.context.judging.policies.of('2025-11-01')
  const since = (from: string, to: string) =>
    begunAnew(house.context, policy, { from, to }).get(key('o-0'))
  expect(since('2025-11-01', '2026-11-01')).toBe('2026-08-01')
  expect([since('2026-01-01', '2026-07-01'), since('2026-09-01', '2026-11-01')]).toEqual([
    undefined,
    undefined,
  ])
  const { units, nobody } = await judge(house.context, 'reopened', LEAKS)
  const own = units.find(({ unit }) => unit === key('o-0'))
  // Of two houses with 120 leaks in 330 days each, those of the last three months.
  expect(own?.n).toBeLessThan(80)
  expect(nobody?.n).toBeGreaterThan(100)
})

test.for([
  ['of the usual year', EVERYTHING],
  ['of a filter', LEAKS],
] as const)('parts of a judged figure add up to it, %s', async ([, filter]) => {
  for (const measure of JUDGED) {
    const judgement = await judge(house.context, measure, filter)
    for (const id of ['sever', 'o-0', 'o-1', 'sadovoe']) {
      const unit = judgement.units.find((one) => one.unit === key(id))
      if (!unit) continue
      const { n, observed } = unit
      const figures = { n, observed, expected: expect.closeTo(unit.expected, 9) }
      const { whole } = await byBuilding(house.context, judgement, { id, key: key(id), filter })
      expect({ id, ...whole }).toMatchObject({ id, ...figures })
      const categories = [...byCategory(judgement, key(id)).values()]
      const sum = (of: 'n' | 'observed' | 'expected') =>
        categories.reduce((all, part) => all + part[of], 0)
      expect({ n: sum('n'), observed: sum('observed'), expected: sum('expected') }).toEqual(figures)
    }
  }
})

test('districts and contractors are compared by the rules, and nobody of them is to be inspected', async () => {
  for (const whose of ['district', 'contractor'] as const) {
    const { units, casemix } = await judge(house.context, 'reopened', EVERYTHING, whose)
    expect(casemix).toBe(house.context.judging.policies.of('2025-11-01').policy.casemix)
    expect(units.map(({ level }) => level)).not.toContain('inspect')
  }
  expect(comparable({ ...LEAKS, organization: ['sever'] })).toEqual(LEAKS)
})

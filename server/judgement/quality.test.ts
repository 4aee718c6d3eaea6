import { afterEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW } from '#test/leaky-city.ts'
import { restartsOf } from './restarts.ts'

let house: TestHouse
afterEach(() => house.close())
const evaluate = async (events: readonly DomainEvent[]) => {
  house = await openTestHouse(events, { now: LEAKY_NOW, zone: ZONE })
  const { context } = house
  const evaluation = await context.judging.evaluation(context)
  const key = context.registry.organizationById('sever')?.key ?? 0
  const unit = evaluation.measures.reopened.units.find((one) => one.unit === key)
  return { evaluation, key, unit }
}

describe('data that cannot be relied on block a level', () => {
  test('with a tenth of its requests closed before they were registered nothing is said of it', async () => {
    const spoiled = (every: number) => {
      let seen = 0
      return LEAKY_CITY.map((one) => {
        if (one.type !== 'request.closed' || !one.request.startsWith('s-')) return one
        return seen++ % every === 0 ? { ...one, occurredAt: one.occurredAt - 10 * 86_400_000 } : one
      })
    }
    const { evaluation, key, unit } = await evaluate(spoiled(10))
    expect(evaluation.quality.get(key)).toMatchObject({ n: 150, passes: false })
    expect(unit).toMatchObject({ level: 'insufficient', insufficient: 'quality', path: null })
  })

  test('with a source silent for two months of the eleven nobody is judged', async () => {
    const [from, until] = ['2026-04-01', '2026-06-01'].map((day) => Date.parse(`${day}T00:00Z`))
    const silent = new Set(
      LEAKY_CITY.flatMap((one) =>
        one.type === 'request.registered' &&
        one.occurredAt >= (from ?? 0) &&
        one.occurredAt < (until ?? 0)
          ? [one.request]
          : [],
      ),
    )
    const { evaluation, unit } = await evaluate(
      LEAKY_CITY.filter((one) => !('request' in one && silent.has(one.request))),
    )
    expect(unit?.insufficient).toBe('quality')
    expect([...evaluation.quality.values()].some(({ passes }) => passes)).toBe(false)
  })
})

describe('an organization is what it manages', () => {
  const moved = (day: string, buildings: readonly string[]) =>
    buildings.map((building) =>
      event('tenure.changed', Date.parse(`${day}T00:00:00+05:00`), {
        ...{ building, organization: 'sever' },
      }),
    )
  test('with five houses of eleven taken over in March it begins anew with the next quarter; within what is allowed to change it goes on', async () => {
    const { evaluation, key } = await evaluate([
      ...LEAKY_CITY,
      ...moved('2026-03-10', ['h-0', 'h-1', 'h-2', 'h-3', 'h-4']),
    ])
    expect(evaluation.restarts.get(key)).toBe(2)
    const { registry } = house.context
    const all = { zone: ZONE, changed: 0.6 }
    expect(restartsOf(registry, evaluation.period, all).has(key)).toBe(false)
  })
})

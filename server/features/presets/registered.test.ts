import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { CITY, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { registeredCounts } from './registered.ts'

const NOW = Date.parse('2026-03-20T12:00:00+05:00')
const SPAN = { from: '2025-03-01', to: '2026-03-01', cut: NOW }
const at = (day: string) => Date.parse(`${day}T12:00:00+05:00`)

/** An inspection with a prescription due on a day; `remedied` = what was found when it was released, null = not yet. */
function inspection(name: string, due: string, remedied: boolean | null): DomainEvent[] {
  const envelope = (step: string, day: string) => ({
    ...{ id: `test:${name}:${step}`, occurredAt: at(day), source: 'test', inspection: name },
  })
  return [
    { type: 'inspection.ordered', ...envelope('ordered', '2026-01-12'), organization: 'sever' },
    {
      ...{ type: 'inspection.done', ...envelope('done', '2026-01-20') },
      ...{ finding: 'prescription', dueAt: at(due) },
    },
    ...(remedied === null
      ? []
      : [
          {
            ...{ type: 'inspection.released' as const, ...envelope('released', '2026-03-10') },
            remedied,
          },
        ]),
  ]
}

let house: TestHouse
beforeAll(async () => {
  const told = [
    ...inspection('kept', '2026-02-10', true),
    ...inspection('broken', '2026-02-20', false),
    ...inspection('silent', '2026-02-25', null),
    ...inspection('later', '2026-04-10', null),
    ...inspection('long-ago', '2025-02-10', true),
  ]
  house = await openTestHouse([...CITY, ...told], { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const of = async (registered: Parameters<typeof registeredCounts>[1]) => {
  const counts = await registeredCounts(house.context, registered, SPAN)
  return counts.get(house.context.registry.organizationById('sever')?.key ?? 0)
}

test('of prescriptions due within the span one of three was fulfilled; one not due yet is nobody’s fault', async () => {
  expect(await of('prescriptions')).toEqual({ n: 3, events: 1 })
})

test('passports are counted field by field over the houses that it answers for', async () => {
  const key = house.context.registry.organizationById('sever')?.key
  const houses = [...house.context.registry.buildings()].filter(
    ({ gone, tenures }) =>
      !gone &&
      tenures.some(
        ({ organization, start, end }) =>
          organization === key && start <= NOW && (end === null || end > NOW),
      ),
  )
  const told = houses.map(({ year, floors, entrances, apartments, area }) =>
    [year, floors, entrances, apartments, area].filter((field) => field !== null),
  )
  expect(houses.length).toBeGreaterThan(0)
  expect(await of('passportFields')).toEqual({ n: houses.length * 5, events: told.flat().length })
})

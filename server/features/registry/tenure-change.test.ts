import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { correctTenure } from './acts.ts'
import { buildingRecord } from './histories.ts'
import { changeTenure, tenureConsequences } from './tenure-change.ts'

const NOW = Date.parse('2026-02-10T17:00:00+05:00')
const at = (local: string) => Date.parse(`${local}:00+05:00`)

let told = 0
const say = (type: DomainEvent['type'], local: string, body: object) =>
  ({ type, id: `t:${++told}`, source: 'portal', occurredAt: at(local), ...body }) as DomainEvent
const asks = (request: string, local: string, body: object = {}) =>
  say('request.registered', local, {
    ...{ request, building: 'b', channel: 'web', priority: 'ordinary', kind: 'work_request' },
    ...body,
  })

const CITY = [
  ...[
    ['old', 'Старая'],
    ['new', 'Новая'],
    ['third', 'Третья'],
  ].map(([organization, name]) =>
    say('organization.registered', '2020-01-01T00:00', { organization, name, kind: 'uk' }),
  ),
  say('building.registered', '2020-01-01T00:00', {
    ...{ building: 'b', address: { ru: 'ул. Мира, 1' }, lon: 71.4, lat: 51.1 },
  }),
  say('tenure.changed', '2020-01-01T00:00', { building: 'b', organization: 'old' }),
  asks('open-before', '2026-01-20T12:00'),
  asks('closed-before', '2026-01-20T13:00'),
  say('request.closed', '2026-01-25T13:00', { request: 'closed-before' }),
  // The source itself says who answers: the house does not take it along.
  asks('named', '2026-01-20T14:00', { organization: 'third' }),
  asks('open-since', '2026-02-03T12:00'),
  asks('closed-since', '2026-02-03T13:00'),
  say('request.closed', '2026-02-04T13:00', { request: 'closed-since' }),
]

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const CHANGE = { building: 'b', organization: 'new', from: '2026-02-01' }

test('before it is recorded a person reads since when, who answered, and which requests go along', async () => {
  expect(await tenureConsequences(house.context, CHANGE)).toEqual({
    from: at('2026-02-01T00:00'),
    to: { id: 'new', name: 'Новая' },
    before: { id: 'old', name: 'Старая' },
    until: null,
    carried: 1,
    whole: 2,
  })
  expect(await tenureConsequences(house.context, { ...CHANGE, from: '2026-02-20' })).toMatchObject({
    carried: 2,
    whole: 0,
  })
  expect(house.context.log.lastSeq()).toBe(CITY.length)
})

test('what was said comes true: both companies for what went along, one for what was registered since', async () => {
  await Promise.all([changeTenure(house.context, CHANGE), changeTenure(house.context, CHANGE)])
  await house.settle()
  expect(house.context.log.lastSeq()).toBe(CITY.length + 1)
  const { registry, engine } = house.context
  const rows = await engine.query(
    'SELECT number, organization, current_organization AS now FROM request ORDER BY number',
  )
  const named = (key: unknown) => registry.organization(Number(key))?.id
  expect(
    rows.map(({ number, organization, now }) => [number, named(organization), named(now)]),
  ).toEqual([
    ['closed-before', 'old', 'old'],
    ['closed-since', 'new', 'new'],
    ['named', 'third', 'third'],
    ['open-before', 'old', 'new'],
    ['open-since', 'new', 'new'],
  ])
  const { answers } = buildingRecord(house.context, 'b', { asOf: undefined, knownAt: undefined })
  expect([answers?.organization?.id, answers?.start]).toEqual(['new', at('2026-02-01T00:00')])
})

test('a house passes to a later holder when the days are told in any order', async () => {
  const earlier = { ...CHANGE, organization: 'third', from: '2026-01-10' }
  expect(await tenureConsequences(house.context, earlier)).toEqual({
    from: at('2026-01-10T00:00'),
    to: { id: 'third', name: 'Третья' },
    before: { id: 'old', name: 'Старая' },
    until: { at: at('2026-02-01T00:00'), organization: { id: 'new', name: 'Новая' } },
    // Since the first of February the house is with «Новая»: what is open stays there.
    carried: 0,
    whole: 2,
  })
})

test('a house does not pass to who answers for it, to nobody known, or to the day after tomorrow of another century', async () => {
  await expect(changeTenure(house.context, CHANGE)).rejects.toThrow('answers for this house')
  await expect(changeTenure(house.context, { ...CHANGE, organization: 'nobody' })).rejects.toThrow(
    'no organization "nobody"',
  )
  await expect(
    changeTenure(house.context, { ...CHANGE, organization: 'old', from: '2126-02-01' }),
  ).rejects.toThrow('check the year')
})

test('a contract that begins tomorrow begins tomorrow, when a correction says so too', async () => {
  const { answers } = buildingRecord(house.context, 'b', { asOf: undefined, knownAt: undefined })
  await correctTenure(house.context, {
    ...{ building: 'b', event: answers?.event ?? '', reason: 'договор начинается завтра' },
    instead: { organization: 'new', from: '2026-02-11' },
  })
  await house.settle()
  const { stretches } = buildingRecord(house.context, 'b', { asOf: undefined, knownAt: undefined })
  expect(stretches.map(({ organization, start }) => [organization?.id, start])).toEqual([
    ['old', at('2020-01-01T00:00')],
    ['new', at('2026-02-11T00:00')],
  ])
})

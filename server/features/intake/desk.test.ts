import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskQueue } from '#server/contract/desk.ts'
import type { DomainEvent } from '#server/contract/events.ts'
import { STATES } from '#server/contract/vocabulary.ts'
import { Refusal } from '#server/trpc.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import {
  confirmAddressee,
  confirmIdentity,
  declineIdentity,
  passOn,
  resolveAddress,
  takeComplaint,
} from './acts.ts'
import { deskCounts, deskQueue, deskRates } from './desk.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const HOUR = 3_600_000
let told = 0
const at = (hours: number, type: DomainEvent['type'], body: object) =>
  ({
    type,
    id: `t:${++told}`,
    source: 'portal',
    occurredAt: NOW - hours * HOUR,
    ...body,
  }) as DomainEvent
const asks = (request: string, hours: number, body: object) =>
  at(hours, 'request.registered', {
    request,
    channel: 'web',
    priority: 'ordinary',
    kind: 'work_request',
    ...body,
  })

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(
    [
      at(9000, 'organization.registered', { organization: 'uk', name: 'УК', kind: 'uk' }),
      at(9000, 'organization.registered', {
        organization: 'gas',
        name: 'Горгаз',
        kind: 'supplier',
      }),
      at(9000, 'organization.registered', { organization: 'i', name: 'ГЖИ', kind: 'inspectorate' }),
      at(9000, 'building.registered', {
        building: 'b-1',
        address: { ru: 'ул. Мира, 10, к. 1' },
        lon: 71.4,
        lat: 51.1,
      }),
      at(9000, 'building.registered', {
        building: 'b-2',
        address: { ru: 'ул. Мира, 10, к. 2' },
        lon: 71.401,
        lat: 51.1,
      }),
      ...['b-1', 'b-2'].map((building) =>
        at(9000, 'tenure.changed', { building, organization: 'uk' }),
      ),
      at(9000, 'category.registered', { category: 'gas', name: { ru: 'Запах газа' } }),
      at(9000, 'category.registered', { category: 'leak', name: { ru: 'Течь' } }),
      at(9000, 'category.registered', { category: 'conduct', name: { ru: 'Жалоба на УК' } }),
      asks('where', 5, { place: 'ул. Мира, 10', lon: 71.4, lat: 51.1, category: 'leak' }),
      asks('found', 5, { place: 'Мира ул., 10к2', category: 'leak' }),
      asks('post', 4, {
        building: 'b-1',
        kind: 'message',
        channel: 'social_network',
        url: 'https://example.org/p/1',
      }),
      asks('noise', 3, { kind: 'message', channel: 'social_network' }),
      asks('smell', 2, { building: 'b-1', category: 'gas' }),
      asks('about', 1, { building: 'b-2', kind: 'complaint', category: 'conduct' }),
      asks('leak', 1, { building: 'b-2', category: 'leak' }),
    ],
    { now: NOW },
  )
})
afterAll(() => house.close())

const waiting = async (queue: DeskQueue) =>
  (await deskQueue(house.context, queue)).rows.map(({ number }) => number)

test('each request waits in its own queue, and what needs nobody in none', async () => {
  expect(await deskCounts(house.context)).toEqual({
    ...{ complaints: 1, unattended: 1, addresses: 1, messages: 2, misdirected: 1 },
  })
  expect(await waiting('complaints')).toEqual(['about'])
  expect(await waiting('addresses')).toEqual(['where'])
  expect(await waiting('messages')).toEqual(['post', 'noise'])
  expect(await waiting('misdirected')).toEqual(['smell'])
})

test('an address comes with the houses it may mean, with score and distance from the given point', async () => {
  const [row] = (await deskQueue(house.context, 'addresses')).rows
  expect(row?.suggestions.map(({ building, metres }) => [building, metres])).toEqual([
    ['b-1', 0],
    // One thousandth of a degree of longitude at 51.1° north.
    ['b-2', 70],
  ])
  for (const { score } of row?.suggestions ?? []) expect(score).toBeLessThan(0.85)
})

test('one of six that want a house has none: the rate says of how many and how sure it is', async () => {
  const { unmatched } = await deskRates(house.context)
  // Wilson 1927 for 1 of 6; a message that names no place wants none yet.
  expect(unmatched).toEqual([
    {
      source: 'portal',
      n: 6,
      cases: 1,
      lower: expect.closeTo(0.0301, 3),
      upper: expect.closeTo(0.5635, 3),
    },
  ])
})

test('what a person does at the desk takes the request out of its queue and into the numbers', async () => {
  await resolveAddress(house.context, 'where', 'b-2')
  await confirmIdentity(house.context, 'post', 'work_request')
  await declineIdentity(house.context, 'noise')
  await passOn(house.context, 'smell', 'gas')
  await takeComplaint(house.context, 'about')
  await house.settle()
  expect(await deskCounts(house.context)).toEqual({
    ...{ complaints: 1, unattended: 0, addresses: 0, messages: 0, misdirected: 0 },
  })
  const rows = await house.context.engine.query(
    `SELECT r.number, b.id AS building, r.appeal_at IS NOT NULL AS appeal, r.misdirected, r.current_organization AS answers
     FROM request r LEFT JOIN building b USING (building)
     WHERE r.number IN ('where', 'post', 'noise', 'smell') ORDER BY r.number`,
  )
  const key = (id: string) => house.context.registry.organizationById(id)?.key
  expect(rows).toMatchObject([
    { number: 'noise', appeal: false },
    { number: 'post', appeal: true },
    { number: 'smell', misdirected: true, answers: key('gas') },
    { number: 'where', building: 'b-2', answers: key('uk') },
  ])
})

test('an unknown request, house or organization is refused by name and nothing is stored', async () => {
  const before = house.context.log.lastSeq()
  for (const act of [
    () => resolveAddress(house.context, 'nobody', 'b-1'),
    () => resolveAddress(house.context, 'where', 'b-99'),
    () => passOn(house.context, 'where', 'nobody'),
  ])
    expect(act).toThrow(Refusal)
  expect(house.context.log.lastSeq()).toBe(before)
})

test('a request that an operator finds rightly sent leaves the queue for good, until somebody says the contrary', async () => {
  await house.append([
    asks('right', 2, { building: 'b-1', category: 'gas' }),
    asks('said', 2, { building: 'b-1', category: 'leak' }),
    at(1, 'request.misdirected', { request: 'said' }),
  ])
  await house.settle()
  expect(await waiting('misdirected')).toEqual(['said', 'right'])
  await confirmAddressee(house.context, 'right')
  await confirmAddressee(house.context, 'said')
  await house.append([at(0.5, 'request.category_changed', { request: 'said', category: 'gas' })])
  await house.settle()
  expect(await waiting('misdirected')).toEqual([])
  expect(
    await house.context.engine.query(
      `SELECT number, state, misdirected FROM request WHERE number IN ('right', 'said') ORDER BY number`,
    ),
  ).toEqual([
    { number: 'right', state: STATES.indexOf('registered'), misdirected: false },
    { number: 'said', state: STATES.indexOf('registered'), misdirected: false },
  ])
  await house.append([at(-0.1, 'request.misdirected', { request: 'right', addressee: 'gas' })])
  await house.settle()
  expect(await waiting('misdirected')).toEqual(['right'])
})

test('the same click twice is stored once, and an act that the request does not wait for is refused', async () => {
  const { context } = house
  await house.append([
    asks('twice', 1, { building: 'b-1', category: 'gas' }),
    asks('unknown', 1, { building: 'b-1', kind: 'message' }),
    asks('conduct', 1, { building: 'b-2', kind: 'complaint', category: 'conduct' }),
    asks('plain', 1, { building: 'b-2', category: 'leak' }),
  ])
  const stored = (number: string) =>
    context.log.stream(context.log.key(`request:${number}`) ?? 0).map(({ type }) => type.slice(8))
  await Promise.all([passOn(context, 'twice', 'gas'), passOn(context, 'twice', 'gas')])
  await Promise.all([takeComplaint(context, 'conduct'), takeComplaint(context, 'conduct')])
  await Promise.allSettled([
    confirmIdentity(context, 'unknown', 'complaint'),
    declineIdentity(context, 'unknown'),
  ])
  expect(stored('twice')).toEqual(['registered', 'misdirected', 'transferred'])
  expect(stored('conduct')).toEqual(['registered', 'acknowledged'])
  expect(stored('unknown')).toEqual(['registered', 'identity_verified'])
  for (const late of [
    () => passOn(context, 'twice', 'gas'),
    () => passOn(context, 'plain', 'gas'),
    () => takeComplaint(context, 'conduct'),
    () => takeComplaint(context, 'plain'),
    () => confirmIdentity(context, 'plain', 'complaint'),
    () => declineIdentity(context, 'unknown'),
  ])
    expect(late).toThrow(/look at it again/)
})

test('a request whose house nobody knows waits with the addresses, with what the source wrote, until a person chooses', async () => {
  await house.append([
    asks('stray', 1, { building: 'b-77', category: 'leak' }),
    asks('both', 1, { building: 'b-78', place: 'ул. Мира, 10', category: 'leak' }),
  ])
  const { rows } = await deskQueue(house.context, 'addresses')
  expect(
    rows.map(({ number, place, unknownHouse, suggestions }) => [
      number,
      place,
      unknownHouse,
      suggestions.map(({ building }) => building).sort(),
    ]),
  ).toEqual([
    ['stray', null, 'b-77', []],
    ['both', 'ул. Мира, 10', 'b-78', ['b-1', 'b-2']],
  ])
  expect((await deskCounts(house.context)).addresses).toBe(2)
  await resolveAddress(house.context, 'stray', 'b-1')
  await house.append([
    at(9000, 'building.registered', {
      ...{ building: 'b-78', address: { ru: 'ул. Мира, 78' }, lon: 71.4, lat: 51.1 },
    }),
  ])
  expect(await waiting('addresses')).toEqual([])
  expect(
    await house.context.engine.query(
      `SELECT r.number, b.id AS building FROM request r JOIN building b USING (building)
       WHERE r.number IN ('stray', 'both') ORDER BY r.number`,
    ),
  ).toEqual([
    { number: 'both', building: 'b-78' },
    { number: 'stray', building: 'b-1' },
  ])
})

test('a request with a point only, or with nothing, waits with the addresses and is in the rate of its source', async () => {
  const told = { source: 'map', category: 'leak' }
  await house.append([
    asks('point', 1, { ...told, lon: 10, lat: 10 }),
    asks('nowhere', 1, told),
    asks('strange', 1, { ...told, building: 'b-79' }),
    asks('placed', 1, { ...told, building: 'b-1' }),
    asks('pinned', 1, { ...told, kind: 'message', lon: 10, lat: 10 }),
    asks('chat', 1, { ...told, kind: 'message' }),
    asks('manners', 1, { ...told, kind: 'complaint', category: 'conduct', organization: 'uk' }),
  ])
  const { rows } = await deskQueue(house.context, 'addresses')
  expect(rows.map(({ number, lon, unknownHouse }) => [number, lon, unknownHouse])).toEqual([
    ['point', 10, null],
    ['nowhere', null, null],
    ['strange', null, 'b-79'],
    ['pinned', 10, null],
  ])
  const { unmatched } = await deskRates(house.context)
  expect(unmatched.find(({ source }) => source === 'map')).toMatchObject({ n: 5, cases: 4 })
  for (const { number } of rows) await resolveAddress(house.context, number, 'b-1')
  await house.settle()
  expect(await waiting('addresses')).toEqual([])
  for (const request of ['manners', 'pinned', 'chat'])
    await house.append([at(0, 'request.closed', { request })])
})

test('what a person passed on to another company than the rule names waits no longer, unless somebody says so again', async () => {
  await house.append([
    at(9000, 'organization.registered', { organization: 'uk-2', name: 'УК 2', kind: 'uk' }),
    asks('free', 1, { building: 'b-1', category: 'gas' }),
  ])
  await passOn(house.context, 'free', 'uk-2')
  await house.settle()
  expect(await waiting('misdirected')).toEqual(['right'])
  expect(() => passOn(house.context, 'free', 'gas')).toThrow(/does not wait/)
  await house.append([at(-0.1, 'request.misdirected', { request: 'free', addressee: 'gas' })])
  expect(await waiting('misdirected')).toEqual(['right', 'free'])
})

test('why a message was declined is told as a code, not in the words of one language', () => {
  const declined = house.context.log
    .stream(house.context.log.key('request:noise') ?? 0)
    .find((event) => event.type === 'request.closed')
  expect(declined).toMatchObject({ because: 'identity_not_confirmed' })
  expect(declined).not.toHaveProperty('note')
})

test('a complaint about a company goes to whom the city chose for it', async () => {
  const city = await openTestHouse(
    [
      at(9000, 'organization.registered', { organization: 'uk', name: 'УК', kind: 'uk' }),
      at(9000, 'organization.registered', { organization: 'i', name: 'ГЖИ', kind: 'inspectorate' }),
      at(9000, 'organization.registered', { organization: 'd', name: 'ЖКХ', kind: 'department' }),
      at(9000, 'category.registered', { category: 'conduct', name: { ru: 'Жалоба на УК' } }),
      asks('about', 1, { organization: 'uk', kind: 'complaint', category: 'conduct' }),
    ],
    { now: NOW, authority: 'd' },
  )
  const { rows } = await deskQueue(city.context, 'complaints')
  expect(
    rows.map(({ number, about, organization }) => [number, about?.id, organization?.id]),
  ).toEqual([['about', 'uk', 'd']])
  await city.close()
})

test('a complaint goes past the company from when the city says so of its category, and no longer when it takes that back', async () => {
  await house.append([
    at(9000, 'category.registered', { category: 'other', name: { ru: 'Прочее' } }),
    asks('other', 1, { building: 'b-1', kind: 'complaint', category: 'other' }),
    asks('wish', 1, { building: 'b-1', category: 'other' }),
  ])
  const says = async (hours: number, about: string) => {
    await house.append([
      at(hours, 'category.registered', { category: 'other', name: { ru: 'Прочее' }, about }),
    ])
    return (await waiting('complaints')).filter((number) => /other|wish/.test(number))
  }
  expect((await waiting('complaints')).includes('other')).toBe(false)
  expect(await says(2, 'company')).toEqual(['other'])
  expect(await says(1, 'house')).toEqual([])
})

test('what has waited for more than a month is counted with what came today, before and after it is dealt with', async () => {
  const before = (await deskCounts(house.context)).complaints
  const [old, today] = [40 * 24, 1].map((hours) =>
    asks(`about-${hours}`, hours, {
      building: 'b-2',
      kind: 'complaint',
      category: 'conduct',
    }),
  )
  await house.context.log.append([old, today] as DomainEvent[])
  await house.settle()
  expect((await deskCounts(house.context)).complaints).toBe(before + 2)
  await house.context.log.append([
    at(0, 'request.closed', { request: 'about-960', because: 'inapplicable' }),
  ])
  await house.settle()
  expect((await deskCounts(house.context)).complaints).toBe(before + 1)
})

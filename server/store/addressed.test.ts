import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
const DAY = 86_400_000
let told = 0
type Told = DomainEvent extends infer E
  ? E extends unknown
    ? Omit<E, 'id' | 'source' | 'occurredAt'>
    : never
  : never
const at = (days: number, event: Told) =>
  ({ ...event, id: `test:${++told}`, source: 'test', occurredAt: NOW - days * DAY }) as DomainEvent
const asks = (request: string, place: string) =>
  at(3, {
    type: 'request.registered',
    request,
    place,
    channel: 'web',
    priority: 'ordinary',
    kind: 'work_request',
  })

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(
    [
      at(100, { type: 'organization.registered', organization: 'uk', name: 'УК', kind: 'uk' }),
      at(90, { type: 'building.registered', building: 'b-1', address: { ru: 'ул. Мира, 1' } }),
      at(90, { type: 'tenure.changed', building: 'b-1', organization: 'uk' }),
      asks('by-address', 'Мира улица, д. 1, кв. 7'),
      asks('elsewhere', 'ул. Труда, 5'),
    ],
    { now: NOW },
  )
})
afterAll(() => house.close())

const rows = () =>
  house.context.engine.query(
    `SELECT r.number, b.id AS building, r.address_score AS score, r.organization <> 0 AS answered
     FROM request r LEFT JOIN building b USING (building) ORDER BY r.number`,
  )

test('told one by one, or all at once and backwards, the facts are the same', async () => {
  const events = [
    at(90, { type: 'building.registered', building: 'b-1', address: { ru: 'ул. Мира, 1' } }),
    asks('a', 'Мира, 1'),
    asks('b', 'с. Дальнее, ул. Мира, 1'),
    asks('c', 'ул. Академика Павлова, 4'),
    at(80, { type: 'building.registered', building: 'b-2', address: { ru: 'ул. Павлова, 4' } }),
    at(70, { type: 'building.registered', building: 'b-3', address: { ru: 'пер. Мира, 9' } }),
    at(60, { type: 'building.registered', building: 'b-1', address: { ru: 'ул. Труда, 1' } }),
    at(50, { type: 'building.registered', building: 'b-4', address: { ru: 'ул. Мира, 1' } }),
    at(40, { type: 'building.registered', building: 'b-5', address: { ru: 'ул. Павлова А., 4' } }),
  ]
  const answer = ({ context }: TestHouse) =>
    context.engine.query(
      `SELECT r.number, b.id AS building, r.address_score AS score
       FROM request r LEFT JOIN building b USING (building) ORDER BY r.number`,
    )
  const [slow, whole] = [
    await openTestHouse([], { now: NOW }),
    await openTestHouse(events.toReversed(), { now: NOW }),
  ]
  for (const event of events) {
    await slow.append([event])
    await slow.settle()
  }
  expect(await answer(slow)).toEqual(await answer(whole))
  await Promise.all([slow.close(), whole.close()])
})

test('an address that means one house is that house, and its company answers; another waits', async () => {
  expect(await rows()).toEqual([
    { number: 'by-address', building: 'b-1', score: 100, answered: true },
    { number: 'elsewhere', building: null, score: null, answered: false },
  ])
})

test('a house that the register gains is asked of those that wait', async () => {
  await house.append([
    at(90, { type: 'building.registered', building: 'b-2', address: { ru: 'Труда ул., 5' } }),
  ])
  await house.settle()
  expect((await rows())[1]).toEqual({
    number: 'elsewhere',
    building: 'b-2',
    score: 100,
    answered: false,
  })
})

test('a twin of the address makes it mean neither; a person who knows decides', async () => {
  await house.append([
    at(90, { type: 'building.registered', building: 'b-3', address: { ru: 'улица Мира, дом 1' } }),
  ])
  await house.settle()
  expect((await rows())[0]).toMatchObject({ number: 'by-address', building: null, score: null })
  await house.append([
    at(0, { type: 'request.address_resolved', request: 'by-address', building: 'b-3' }),
  ])
  await house.settle()
  expect((await rows())[0]).toMatchObject({ building: 'b-3', score: null })
})

test('a complaint about the company goes past it to the inspectorate, which may come to be known later', async () => {
  await house.append([
    at(90, { type: 'category.registered', category: 'conduct', name: { ru: 'Жалоба на УК' } }),
    at(2, {
      type: 'request.registered',
      request: 'complaint',
      building: 'b-1',
      category: 'conduct',
      channel: 'web',
      priority: 'ordinary',
      kind: 'complaint',
    }),
  ])
  await house.settle()
  const answer = () =>
    house.context.engine.query(
      `SELECT organization, current_organization AS now, about FROM request WHERE number = 'complaint'`,
    )
  const uk = house.context.registry.organizationById('uk')?.key
  expect(await answer()).toEqual([{ organization: 0, now: 0, about: uk }])
  await house.append([
    at(90, {
      type: 'organization.registered',
      organization: 'i',
      name: 'ГЖИ',
      kind: 'inspectorate',
    }),
  ])
  await house.settle()
  const inspectorate = house.context.registry.organizationById('i')?.key
  expect(await answer()).toEqual([{ organization: inspectorate, now: inspectorate, about: uk }])
})

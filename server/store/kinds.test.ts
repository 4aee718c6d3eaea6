import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { DUE } from '#server/metrics.ts'
import { event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { bindFilter, WITHIN_FILTER } from './within.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-01-05T09:00:00+05:00')

const told = (request: string, hour: number, body: object) =>
  event('request.registered', START + hour * HOUR, {
    request,
    building: 'b-1',
    category: 'leak',
    channel: 'phone',
    priority: 'urgent',
    kind: 'work_request',
    dueAt: START + (hour + 24) * HOUR,
    ...body,
  })
const message = { kind: 'message', channel: 'social_network', category: 'lift' }

/** A leak closed and reported again from the same riser, a message, a confirmed one, a lowered priority, a misdirected one. */
const EVENTS = [
  event('category.registered', 0, { category: 'leak', name: { ru: 'Протечка' } }),
  event('category.registered', 0, { category: 'lift', name: { ru: 'Лифт' } }),
  event('building.registered', 0, { building: 'b-1', address: { ru: 'Мира, 1' } }),
  told('first', 0, { entrance: 2, riser: 1 }),
  event('request.closed', START + 5 * HOUR, { request: 'first' }),
  told('again', 50, { entrance: 2, riser: 1 }),
  told('elsewhere', 51, { entrance: 3, riser: 1 }),
  told('message', 100, message),
  told('confirmed', 101, message),
  event('request.identity_verified', START + 110 * HOUR, {
    request: 'confirmed',
    kind: 'complaint',
  }),
  told('lowered', 102, { building: undefined }),
  event('request.priority_changed', START + 125 * HOUR, {
    request: 'lowered',
    priority: 'ordinary',
  }),
  told('lowered-later', 103, { building: undefined }),
  event('request.priority_changed', START + 128 * HOUR, {
    request: 'lowered-later',
    priority: 'ordinary',
  }),
  told('misdirected', 104, { kind: 'complaint' }),
  event('request.misdirected', START + 105 * HOUR, { request: 'misdirected', addressee: 'sever' }),
]

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(EVENTS, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const numbers = async (filter: Partial<Filter>, and = 'true') => {
  const rows = await house.context.engine.query(
    `SELECT number FROM request WHERE ${WITHIN_FILTER} AND ${and} ORDER BY registered_at`,
    bindFilter({ ...EVERYTHING, ...filter }, house.context.registry, NOW),
  )
  return rows.map((row) => row.number)
}

test('a message is open and counted, but no legal clock judges it until somebody confirms who asks', async () => {
  expect(await numbers({ is: ['message'] })).toEqual(['message'])
  expect(await numbers({ is: ['message', 'open'] })).toEqual(['message'])
  expect(await numbers({ category: ['lift'] }, DUE)).toEqual(['confirmed'])
  expect(await numbers({ category: ['lift'], is: ['late'] })).toEqual(['confirmed'])
  expect(await numbers({ category: ['lift'], is: ['appeal'] })).toEqual(['confirmed'])
})

test('the same riser back under a new number is a hidden repeat, and the first one returned', async () => {
  expect(await numbers({ is: ['hiddenRepeat'] })).toEqual(['again'])
  expect(await numbers({ is: ['returned'] })).toEqual(['first'])
  expect(await numbers({ is: ['reopened'] })).toEqual([])
  expect(await numbers({ category: ['leak'], building: ['b-1'], is: ['incidentHead'] })).toEqual([
    'first',
    'again',
    'misdirected',
  ])
})

test('a priority lowered within a day is told, one lowered later is not', async () => {
  expect(await numbers({ is: ['downgraded'] })).toEqual(['lowered'])
})

test('a misdirected request and one without a house are found', async () => {
  expect(await numbers({ is: ['misdirected'] })).toEqual(['misdirected'])
  expect(await numbers({ is: ['unaddressed'] })).toEqual(['lowered', 'lowered-later'])
})

test('what a source registers while it is in test mode is left out, and comes back when that is corrected', async () => {
  await house.append([
    event('source.test_mode_changed', START + 100 * HOUR, { of: 'city', test: true }),
    event('source.test_mode_changed', START + 103 * HOUR, { of: 'city', test: false }),
  ])
  expect(await numbers({})).toEqual(['first', 'again', 'elsewhere', 'lowered-later', 'misdirected'])
  expect(await numbers({ test: 'only' })).toEqual(['message', 'confirmed', 'lowered'])
  expect(await numbers({ test: 'with' })).toHaveLength(8)
  expect(house.context.board.totals(NOW).open).toBe(4)
  await house.append([
    event('source.test_mode_changed', START + 101 * HOUR, { of: 'city', test: false }),
  ])
  expect(await numbers({ test: 'only' })).toEqual(['message'])
})

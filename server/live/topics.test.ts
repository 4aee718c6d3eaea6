import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Topic } from '#server/contract/live.ts'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { screen, standingClock } from '#test/live-screen.ts'
import { createHub, type Hub } from './hub.ts'

let house: TestHouse
let hub: Hub
let clock: ReturnType<typeof standingClock>

beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())
beforeEach(() => {
  hub?.close()
  clock = standingClock(NOW)
  const { board, registry } = house.context
  const { now, after } = clock
  hub = createHub({ ...{ board, registry, now, after, epoch: 'e' }, state: () => 'serving' })
})

let count = 0
const report = (building: string) =>
  event('request.registered', NOW - 60_000, {
    ...{ request: `topic-${++count}`, building, category: 'leak', channel: 'phone' },
    ...{ priority: 'ordinary', kind: 'work_request' },
  })
const listen = (...topics: Topic[]) => {
  const one = screen()
  hub.join(one.sink, { topics })
  return one
}
const told = (one: ReturnType<typeof screen>) =>
  one
    .frames()
    .slice(1)
    .map(({ topic, buildings, events }) => [topic, buildings.length, events.map((e) => e.request)])

test('a district, an organization and a house hear what happens in them, and only that', async () => {
  const city = listen('city')
  const garden = listen('district:garden')
  const zavod = listen('district:zavod')
  const sever = listen('organization:sever')
  const house4 = listen('building:b-4')
  await house.append([report('b-4')])
  expect(told(city)).toEqual([['city', 1, [`topic-${count}`]]])
  expect(told(garden)).toEqual([])
  expect(told(zavod)).toEqual([['district:zavod', 1, [`topic-${count}`]]])
  expect(told(sever)).toEqual([['organization:sever', 1, [`topic-${count}`]]])
  expect(told(house4)).toEqual([['building:b-4', 1, [`topic-${count}`]]])
  clock.pass(500)
  await house.append([report('b-8'), report('b-5')])
  expect(told(garden)).toEqual([['district:garden', 1, [`topic-${count - 1}`]]])
  expect(told(zavod).slice(1)).toEqual([['district:zavod', 1, [`topic-${count}`]]])
  expect(told(house4)).toHaveLength(1)
})

test('the counts of a topic are its own', () => {
  const { board, registry } = house.context
  const key = registry.districtById('zavod')?.key ?? 0
  const [frame] = listen('district:zavod').frames()
  expect(frame).toMatchObject({ ...board.byDistrict(NOW).get(key), topic: 'district:zavod' })
  expect(frame?.registeredToday).toBe(board.registeredToday(NOW, { dimension: 'district', key }))
  expect(board.registeredToday(NOW)).toBeGreaterThan(frame?.registeredToday ?? 0)
  expect(new Set(frame?.events.map((one) => one.district))).toEqual(new Set(['zavod']))
})

test('a frame follows upon the last of its topic, however much happened elsewhere', async () => {
  const garden = listen('district:garden')
  for (const building of ['b-4', 'b-5', 'b-8', 'b-4', 'b-8']) {
    await house.append([report(building)])
    clock.pass(500)
  }
  expect(garden.frames().map(({ since }) => since)).toEqual([0, 0, 3])
  expect(garden.lastId()).toBe('e-5')
})

test('what nobody knows has no news until it is known', () => {
  expect(listen('district:nowhere').frames()).toMatchObject([
    { topic: 'district:nowhere', open: 0, registeredToday: 0, events: [] },
  ])
})

test('a ping says that everything until now was told, so that a quiet district does not fall behind', async () => {
  const garden = listen('district:garden')
  await house.append([report('b-4')])
  clock.pass(15_000)
  expect(garden.lastId()).toBe('e-1')
  const again = screen()
  hub.join(again.sink, { topics: ['district:garden'], lastId: garden.lastId() })
  expect(again.frames()).toMatchObject([{ kind: 'changes', events: [], buildings: [] }])
})

test('one stream carries several topics, each with its own frames', async () => {
  const both = listen('district:garden', 'organization:sever')
  expect(both.frames().map(({ topic, kind }) => [topic, kind])).toEqual([
    ['district:garden', 'reset'],
    ['organization:sever', 'reset'],
  ])
  await house.append([report('b-4'), report('b-8'), report('b-1')])
  expect(told(both).slice(1)).toEqual([
    ['district:garden', 1, [`topic-${count - 1}`]],
    ['organization:sever', 1, [`topic-${count - 2}`]],
  ])
})

test('thousands who come at once are sent the same bytes', () => {
  const first: Uint8Array[] = []
  const other: Uint8Array[] = []
  for (const into of [first, other])
    hub.join({ write: (bytes) => void into.push(bytes), pending: () => 0, end: () => {} })
  expect(first.at(-1)).toBe(other.at(-1))
  expect(first.at(-1)?.length).toBeGreaterThan(500)
})

test('a change of the registry, or of how the server is, is told to every topic', async () => {
  const garden = listen('district:garden')
  await house.append([
    event('tenure.changed', NOW - 1000, { building: 'b-4', organization: 'sever' } as never),
  ])
  expect(garden.frames()).toHaveLength(2)
})

test('who missed more than is worth telling is reset', async () => {
  const wall = listen('city')
  const lastId = wall.lastId()
  const again = () => {
    const one = screen()
    hub.join(one.sink, { lastId })
    return one.frames()[0]
  }
  const told = Array.from({ length: 201 }, () => report('b-1'))
  await house.append(told.slice(0, 200))
  const some = again()
  expect([some?.kind, some?.events.length]).toEqual(['changes', 200])
  clock.pass(500)
  await house.append(told.slice(200))
  clock.pass(500)
  expect(again()?.kind).toBe('reset')
})

test('asked to leave, each screen is told another moment to come back, all within eleven seconds', () => {
  const crowd = Array.from({ length: 5000 }, () => {
    const one = { moment: 0, retry: 0 }
    hub.join({
      write(bytes) {
        const text = new TextDecoder().decode(bytes)
        if (!text.includes('event: leaving')) return
        one.moment = Number(/"afterMs":(\d+)/.exec(text)?.[1])
        one.retry = Number(/^retry: (\d+)$/m.exec(text)?.[1])
      },
      pending: () => 0,
      end: () => {},
    })
    return one
  })
  hub.close()
  const moments = crowd.map(({ moment }) => moment).sort((a, b) => a - b)
  expect([moments[0], moments.at(-1)]).toEqual([1000, 10_998])
  const perSecond = new Map<number, number>()
  for (const moment of moments)
    perSecond.set(Math.floor(moment / 1000), (perSecond.get(Math.floor(moment / 1000)) ?? 0) + 1)
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(500)
  expect(crowd.every(({ moment, retry }) => moment === retry)).toBe(true)
})

test('a padded stream follows each message with so much air that four thousand bytes are let through', () => {
  const padded = screen()
  hub.join(padded.sink, { padded: true })
  const before = padded.bytes()
  clock.pass(15_000)
  expect(padded.bytes() - before).toBeGreaterThan(4096)
  expect(padded.sent.at(-1)).toMatch(/^: +\n\n$/)
})

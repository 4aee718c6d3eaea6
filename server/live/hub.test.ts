import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LiveFrame, LivePing } from '#server/contract/live.ts'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { screen, standingClock } from '#test/live-screen.ts'
import { createHub, type Hub, type HubOptions } from './hub.ts'
import type { Sink } from './readers.ts'

let house: TestHouse
let hub: Hub
let clock: ReturnType<typeof standingClock>

let count = 0
const report = (building: string, at = NOW - 60_000) => {
  const request = `live-${++count}`
  return event('request.registered', at, {
    ...{ request, building, category: 'leak', channel: 'phone', priority: 'ordinary' },
    kind: 'work_request',
    place: 'квартира Ивановых',
    subjectId: 'subject-7',
    dueAt: at + 120_000,
  })
}
const hubWith = (more: Partial<HubOptions> = {}) => {
  const { board, registry } = house.context
  const { now, after } = clock
  return createHub({
    ...{ board, registry, now, after, epoch: 'e' },
    state: () => 'serving',
    ...more,
  })
}
const key = (id: string) => house.context.registry.buildingById(id)?.key

beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())
beforeEach(() => {
  hub?.close()
  clock = standingClock(NOW)
  hub = hubWith()
})

test('a new screen is told the totals and what happened last, and to ask for the rest', () => {
  const wall = screen()
  hub.join(wall.sink)
  const [frame] = wall.frames()
  expect(frame).toMatchObject({
    kind: 'reset',
    ...house.context.board.totals(NOW),
    registeredToday: 2,
    buildings: [],
  })
  expect(frame?.sources.map(({ name }) => name)).toEqual(['city'])
})

test('numbers that nobody was told are one and the same to the hub, however many are made up', () => {
  const first: Uint8Array[][] = []
  for (let made = 0; made < 3; made++) {
    const heard: Uint8Array[] = []
    first.push(heard)
    const sink: Sink = { write: (bytes) => void heard.push(bytes), pending: () => 0, end() {} }
    hub.join(sink, { lastId: `e-${900_000 + made}` })
  }
  const [one, ...others] = first.map((heard) => heard.at(-1))
  expect(one?.length).toBeGreaterThan(100)
  for (const other of others) expect(other).toBe(one)
})

test('the first change is told at once, those of the next half second together', async () => {
  const wall = screen()
  hub.join(wall.sink)
  await house.append([report('b-1')])
  expect(wall.frames()).toHaveLength(2)
  await house.append([report('b-2')])
  await house.append([report('b-3')])
  expect(wall.frames()).toHaveLength(2)
  clock.pass(500)
  expect(wall.frames()).toHaveLength(3)
  const [, first, second] = wall.frames()
  expect(first?.buildings.map(([building]) => building)).toEqual([key('b-1')])
  expect(second?.buildings.map(([building]) => building)).toEqual([key('b-2'), key('b-3')])
  expect(second?.events.map((one) => one.building)).toEqual(['b-3', 'b-2'])
})

test('a screen that was away hears what it missed, nothing twice', async () => {
  const wall = screen()
  const leave = hub.join(wall.sink)
  await house.append([report('b-1')])
  leave()
  clock.pass(500)
  await house.append([report('b-4')])
  clock.pass(500)
  await house.append([report('b-5')])
  clock.pass(500)
  const again = screen()
  hub.join(again.sink, { lastId: wall.lastId() })
  await house.append([report('b-6')])
  const told = [...wall.frames(), ...again.frames()].filter((frame) => frame.kind === 'changes')
  expect(told.map((frame) => frame.buildings.map(([building]) => building))).toEqual([
    [key('b-1')],
    [key('b-4'), key('b-5')],
    [key('b-6')],
  ])
  expect(told.map((frame) => frame.events.map((one) => one.building))).toEqual([
    ['b-1'],
    ['b-5', 'b-4'],
    ['b-6'],
  ])
  const { open = -1 } = house.context.board.byBuilding(NOW).get(key('b-5') ?? 0) ?? {}
  expect(told[1]?.buildings[1]?.[1]).toBe(open)
})

test.for(['f-1', 'e-999', 'e-', 'nonsense', ''])(
  'a past that is unknown here (%j) is a reset',
  (lastId) => {
    const wall = screen()
    hub.join(wall.sink, { lastId })
    expect(wall.frames()[0]?.kind).toBe('reset')
  },
)

test('requests become overdue with the minute though nothing is reported', async () => {
  await house.append([report('b-8', NOW - 60_000)])
  clock.pass(1000)
  const wall = screen()
  hub.join(wall.sink)
  const [before] = wall.frames()
  clock.pass(60_000 - 1000)
  expect(wall.frames()).toHaveLength(1)
  clock.pass(65_000)
  const [, after] = wall.frames()
  expect(after?.overdue).toBeGreaterThan(before?.overdue ?? Number.POSITIVE_INFINITY)
  expect(after?.buildings.map(([building]) => building)).toContain(key('b-8'))
})

test('a slow screen is told nothing while it has much to take, then in one message what it missed', async () => {
  let behind = 0
  const slow = screen(() => behind)
  const wall = screen()
  hub.join(slow.sink)
  hub.join(wall.sink)
  behind = 300_000
  await house.append([report('b-1')])
  clock.pass(500)
  await house.append([report('b-2')])
  clock.pass(500)
  expect([slow.frames().length, wall.frames().length]).toEqual([1, 3])
  expect(hub.measures().late).toBe(1)
  behind = 0
  clock.pass(500)
  const [, missed] = slow.frames()
  expect(missed?.buildings.map(([building]) => building)).toEqual([key('b-1'), key('b-2')])
  expect(missed?.events.map((one) => one.building)).toEqual(['b-2', 'b-1'])
  await house.append([report('b-3')])
  expect(slow.frames()[2]).toEqual(wall.frames()[3])
  expect(slow.lastId()).toBe(wall.lastId())
})

test('a screen that takes nothing is dropped within half a minute, one that takes little by little is not', () => {
  let taken = 0
  const stalled = screen(() => stalled.bytes())
  const slow = screen(() => slow.bytes() - taken)
  hub.join(stalled.sink)
  hub.join(slow.sink)
  clock.pass(15_000)
  expect([stalled.ended(), slow.ended()]).toEqual([undefined, undefined])
  for (const some of [100, 101, 900]) {
    taken = some
    clock.pass(15_000)
    expect([stalled.ended(), slow.ended()]).toEqual([true, undefined])
  }
  expect([hub.readers(), hub.measures().dropped]).toEqual([1, 1])
})

test('all screens are sent the same bytes', async () => {
  const one: Uint8Array[] = []
  const other: Uint8Array[] = []
  const sinkOf = (into: Uint8Array[]): Sink => ({
    write: (bytes) => void into.push(bytes),
    pending: () => 0,
    end: () => {},
  })
  hub.join(sinkOf(one))
  hub.join(sinkOf(other))
  await house.append([report('b-1')])
  expect(one.at(-1)).toBe(other.at(-1))
})

test('a ping each quarter of a minute says that the server lives and how it is', () => {
  let state: LiveFrame['state'] = 'serving'
  hub.close()
  hub = hubWith({ state: () => state })
  const wall = screen()
  hub.join(wall.sink)
  state = 'rebuilding'
  clock.pass(15_000)
  const ping = wall.sent.find((text) => text.includes('event: ping\n'))
  expect(LivePing.parse(JSON.parse(/^data: (.*)$/m.exec(ping ?? '')?.[1] ?? ''))).toEqual({
    at: NOW + 15_000,
    state: 'rebuilding',
    revision: house.context.board.revision(),
  })
  expect(wall.frames().at(-1)?.state).toBe('rebuilding')
})

test('screens that lose the server together come back at different moments', () => {
  const retries = Array.from({ length: 20 }, () => {
    const wall = screen()
    hub.join(wall.sink)
    return wall.retries()[0]
  })
  expect(new Set(retries).size).toBe(20)
})

test('nothing of a resident is told', async () => {
  const wall = screen()
  hub.join(wall.sink)
  await house.append([report('b-1')])
  expect(wall.sent.join('')).not.toMatch(/Иванов|subject/)
})

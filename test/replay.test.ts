import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCity } from '#seed/city.ts'
import { createRandom } from '#seed/random.ts'
import type { DomainEvent } from '#server/contract/events.ts'
import { interval } from '#server/features/replay/interval.ts'
import { dueOf } from '#server/store/due.ts'
import { houseOf } from '#server/store/rows.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { openRecount, type Standing } from './recount.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')
const MINUTE = 60_000
const DAY = 86_400_000
/** What a story of the city tells late comes on top of this: one event in twenty reaches the log up to three days late. */
const LATE_SHARE = 0.05
const INSTANTS = 1000

let house: TestHouse
let recount: Awaited<ReturnType<typeof openRecount>>
let test_: ReadonlySet<string>

beforeAll(async () => {
  const city = createCity({ preset: 'tiny', seed: 7, end: END })
  const random = createRandom(11)
  const learned = new Map<DomainEvent, number>()
  for (const event of city.registry) learned.set(event, city.start)
  for (const day of city.history())
    for (const { at, event } of day)
      if (!learned.has(event))
        learned.set(
          event,
          random.next() < LATE_SHARE ? Math.min(END, at + Math.floor(random.next() * 3 * DAY)) : at,
        )
  const once = new Map([...learned].map(([event]) => [event.id, event]))
  const events = [...once.values()].sort((a, b) => (learned.get(a) ?? 0) - (learned.get(b) ?? 0))
  house = await openTestHouse(events, {
    now: END,
    norms: ['domograd'],
    learnedAt: (event) => learned.get(event) ?? END,
  })
  recount = await openRecount(house.context.log)
  const rows = await house.context.engine.query('SELECT number FROM request WHERE test')
  test_ = new Set(rows.map(({ number }) => String(number)))
}, 300_000)
afterAll(() => house?.close())

type Counts = [open: number, overdue: number, emergency: number, emergencyOverdue: number]

/** By house, from the recount. */
function counted(standing: readonly Standing[], at: number): Map<string, Counts> {
  const { registry, norms } = house.context
  const houses = new Map<string, Counts>()
  for (const { number, state } of standing) {
    if (test_.has(number)) continue
    const key = houseOf(state.building, state.building === null ? state.place : null, registry)
    const id = registry.building(key)?.id ?? ''
    const counts = houses.get(id) ?? [0, 0, 0, 0]
    houses.set(id, counts)
    const due = dueOf(state, norms).dueAt
    const overdue = due !== null && due < at ? 1 : 0
    const emergency = state.priority === 'emergency' ? 1 : 0
    counts[0]++
    counts[1] += overdue
    counts[2] += emergency
    counts[3] += overdue * emergency
  }
  return houses
}

type Answer = Awaited<ReturnType<typeof interval>>
function framed({ houses, ...clocks }: Answer, clock: 'was' | 'known'): Map<string, Counts> {
  const { open, overdue, emergency, emergencyOverdue } = clocks[clock]
  return new Map(
    houses.flatMap((id, i): [string, Counts][] =>
      open[i]
        ? [[id, [open[i], overdue[i] ?? 0, emergency[i] ?? 0, emergencyOverdue[i] ?? 0]]]
        : [],
    ),
  )
}

const asked = (at: number, more = {}) => ({
  ...{ at, district: [], category: [], organization: [], ...more },
})
const sorted = (counts: Map<string, Counts>) => Object.fromEntries([...counts].sort())

test(`at ${INSTANTS} random instants a frame is what a recount of the log says, by both clocks`, async () => {
  const random = createRandom(3)
  let apart = 0
  for (let i = 0; i < INSTANTS; i++) {
    const at = END - Math.floor(random.next() * 61 * DAY)
    const frame = await interval(house.context, asked(at))
    const was = counted(recount(at, Number.POSITIVE_INFINITY), at)
    const known = counted(recount(at, at), at)
    expect([at, sorted(framed(frame, 'was'))]).toEqual([at, sorted(was)])
    expect([at, sorted(framed(frame, 'known'))]).toEqual([at, sorted(known)])
    if (JSON.stringify(sorted(was)) !== JSON.stringify(sorted(known))) apart++
  }
  // The two clocks must differ, or one of them proves nothing.
  expect(apart).toBeGreaterThan(INSTANTS / 2)
}, 600_000)

test('as known at any other instant, before it or after it, a frame is what a recount says', async () => {
  const random = createRandom(5)
  for (let i = 0; i < 200; i++) {
    const at = END - Math.floor(random.next() * 61 * DAY)
    const by = Math.min(END, at + Math.floor((random.next() * 6 - 1) * DAY))
    const frame = await interval(house.context, asked(at, { by }))
    const known = counted(recount(at, by), at)
    expect([at, by, sorted(framed(frame, 'known'))]).toEqual([at, by, sorted(known)])
  }
}, 600_000)

test('a frame and the changes after it come to the next frame', async () => {
  const random = createRandom(9)
  for (let i = 0; i < 60; i++) {
    const at = END - DAY - Math.floor(random.next() * 60 * DAY)
    const to = at + Math.floor(random.next() * DAY)
    const played = await interval(house.context, asked(at, { to }))
    const target = await interval(house.context, asked(to))
    expect(played.to).toBe(to)
    for (const clock of ['was', 'known'] as const) {
      const { changes } = played[clock]
      for (const [row, offset] of changes.at.entries()) {
        if (offset <= 0) continue
        const position = changes.house[row] ?? 0
        for (const what of ['open', 'overdue', 'emergency', 'emergencyOverdue'] as const)
          played[clock][what][position] =
            (played[clock][what][position] ?? 0) + (changes[what][row] ?? 0)
      }
      expect([clock, at, sorted(framed(played, clock))]).toEqual([
        clock,
        at,
        sorted(framed(target, clock)),
      ])
    }
  }
}, 300_000)

test('what has not happened yet is refused in words', async () => {
  await expect(interval(house.context, asked(END + MINUTE))).rejects.toThrow(
    'has not come yet in this city',
  )
  await expect(interval(house.context, asked(END - 3 * DAY, { to: END }))).rejects.toThrow(
    'an interval ends at most 48 hours after it begins',
  )
})

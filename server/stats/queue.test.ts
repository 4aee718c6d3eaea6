import { expect, test } from 'vitest'
import { clearing, type QueueInput } from './queue.ts'
import { chanceFrom } from './random.ts'

const days = (value: number, n: number) => Array.from({ length: n }, () => value)
const recent = (closed: (day: number) => number, came = 100) =>
  Array.from({ length: 28 }, (_, day) => ({ came, closed: closed(day) }))
const input = (over: Partial<QueueInput> = {}): QueueInput => ({
  open: 1000,
  enough: 100,
  tonight: { inflow: 0, closed: 1000 },
  inflow: days(100, 14),
  ratios: [1],
  recent: recent(() => 130),
  chance: chanceFrom(1),
  ...over,
})

test('without any doubt a queue clears on the day on which arithmetic says so', () => {
  // 1,000 open, 30 fewer each day, 100 are no queue: on the thirtieth day.
  const { outcome, sooner, later, share, net } = clearing(input())
  expect({ outcome, sooner, later, share, net }).toEqual({
    outcome: 'clears',
    sooner: 30,
    later: 30,
    share: 1,
    net: { value: 30, lower: expect.closeTo(30), upper: expect.closeTo(30) },
  })
})

test('where no more is closed than comes, it never clears, and no day is named', () => {
  const { outcome, sooner, later, share } = clearing(input({ recent: recent(() => 100) }))
  expect([outcome, sooner, later, share]).toEqual(['never', null, null, 0])
})

test('what comes until midnight and is still closed counts before tomorrow', () => {
  const late = clearing(input({ tonight: { inflow: 90, closed: 200 } }))
  expect([late.sooner, late.path[0]?.value, late.path[1]?.value]).toEqual([33, 1090, 1060])
  // Of the usual 130 a day 100 are closed by now: 30 more are expected tonight.
  const early = clearing(input({ tonight: { inflow: 90, closed: 100 } }))
  expect(early.path[0]?.value).toBe(1060)
})

test('twice as much to come is twice as much closed: a pace is a share of what comes', () => {
  const { net, closings } = clearing(input({ inflow: days(200, 14) }))
  expect([net.value, closings.value]).toEqual([60, 260])
})

test('doubt about the level makes an interval', () => {
  // 30 of each hundred that come: 900 at 24, 30 and 36 a day are 38, 30 and 25 days.
  const { outcome, sooner, later } = clearing(input({ ratios: [0.8, 1, 1.2] }))
  expect([outcome, sooner, later]).toEqual(['clears', 25, 38])
})

test('one strong week among weak ones is doubt, not capacity', () => {
  const strong = recent((day) => (day < 7 ? 160 : 100))
  const { closings, outcome, sooner, later, share } = clearing(input({ recent: strong }))
  expect(closings.value).toBeCloseTo(115)
  expect(closings.lower).toBeLessThan(110)
  expect(closings.upper).toBeGreaterThan(120)
  // Half of the courses draw less than 5 a day: they need more than half a year.
  expect([outcome, later]).toEqual(['maybe', null])
  expect(sooner).toBeLessThan(60)
  expect(share).toBeGreaterThan(0.5)
  expect(share).toBeLessThan(0.9)
})

test('where no more is open than comes in a day there is no queue', () => {
  expect(clearing(input({ open: 80 })).outcome).toBe('none')
})

test('closings keep their weekdays, and beyond two weeks the second week repeats itself', () => {
  // All is closed on the weekday of tomorrow, as much as came in the week.
  const { path } = clearing(
    input({ recent: recent((day) => (day % 7 === 1 ? 700 : 0)), open: 10_000 }),
  )
  expect([0, 1, 2, 7, 8, 14, 21, 22].map((day) => path[day]?.value)).toEqual([
    10_000, 9400, 9500, 10_000, 9400, 10_000, 10_000, 9400,
  ])
})

test('the same chance gives the same answer; without a week nothing can be said', () => {
  const doubtful = () => clearing(input({ ratios: [0.8, 1, 1.2] }))
  expect(doubtful()).toEqual(doubtful())
  expect(() => clearing(input({ recent: [] }))).toThrow(RangeError)
})

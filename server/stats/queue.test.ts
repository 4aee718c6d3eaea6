import { expect, test } from 'vitest'
import { clearing, type QueueInput } from './queue.ts'
import { chanceFrom } from './random.ts'

const days = (value: number, n: number) => Array.from({ length: n }, () => value)
const input = (over: Partial<QueueInput> = {}): QueueInput => ({
  open: 1000,
  enough: 100,
  tonight: { inflow: 0, closings: 0 },
  inflow: days(100, 14),
  ratios: [1],
  weeks: Array.from({ length: 8 }, () => days(130, 7)),
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
    net: { value: 30, lower: 30, upper: 30 },
  })
})

test('where no more is closed than comes, it never clears, and no day is named', () => {
  const { outcome, sooner, later, share } = clearing(
    input({ weeks: Array.from({ length: 8 }, () => days(100, 7)) }),
  )
  expect([outcome, sooner, later, share]).toEqual(['never', null, null, 0])
})

test('what comes until midnight and is closed counts before tomorrow', () => {
  const { sooner, path } = clearing(input({ tonight: { inflow: 90, closings: 0 } }))
  expect([sooner, path[0]?.value, path[1]?.value]).toEqual([33, 1090, 1060])
})

test('doubt about the level makes an interval, and where most courses do not clear it is said so', () => {
  const doubtful = clearing(input({ ratios: [0.9, 1, 1.07] }))
  // 900 fewer at 40, 30 and 23 a day: 23, 30 and 40 days.
  expect([doubtful.outcome, doubtful.sooner, doubtful.later]).toEqual(['clears', 23, 40])
  const maybe = clearing(input({ ratios: [0.9, 1.4, 1.4, 1.4] }))
  expect([maybe.outcome, maybe.sooner, maybe.later]).toEqual(['maybe', 23, null])
  expect(maybe.share).toBeGreaterThan(0.18)
  expect(maybe.share).toBeLessThan(0.32)
})

test('weeks are drawn whole: one strong week among weak ones is doubt, not capacity', () => {
  const weeks = [days(240, 7), ...Array.from({ length: 7 }, () => days(100, 7))]
  const { closings, outcome } = clearing(input({ weeks }))
  // Mean 117.5; the strong week is drawn 0 to 3 times of 8 in more than eight of ten courses.
  expect(closings.value).toBeCloseTo(117.5, 9)
  expect(closings.lower).toBeCloseTo(100, 9)
  expect(closings.upper).toBeCloseTo(135, 9)
  expect(outcome).toBe('maybe')
})

test('where no more is open than comes in a day there is no queue', () => {
  expect(clearing(input({ open: 80 })).outcome).toBe('none')
})

test('beyond two weeks the second week repeats itself, with its weekdays', () => {
  const inflow = [...days(0, 7), ...[700, 0, 0, 0, 0, 0, 0]]
  const { path } = clearing(
    input({ open: 10_000, inflow, weeks: Array.from({ length: 8 }, () => days(0, 7)) }),
  )
  expect([7, 8, 14, 15, 21, 22].map((day) => path[day]?.value)).toEqual([
    10_000, 10_700, 10_700, 11_400, 11_400, 12_100,
  ])
})

test('the same chance gives the same answer; without a week nothing can be said', () => {
  const doubtful = () => clearing(input({ ratios: [0.8, 1, 1.2] }))
  expect(doubtful()).toEqual(doubtful())
  expect(() => clearing(input({ weeks: [] }))).toThrow(RangeError)
})

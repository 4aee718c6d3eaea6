import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeClock } from './clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Delays of a live source: 2 s, 4 s, … 200 s. */
const live = Array.from({ length: 100 }, (_, i) => (i + 1) * 2000)

test('a source three hours ahead tells of the future', () => {
  expect(judgeClock(live.map((delay) => delay - 3 * HOUR))).toMatchObject({
    ...{ is: 'ahead', n: 100, future: 1 },
    median: -3 * HOUR + 102_000,
  })
})

test('a source three hours behind is late by the same time with everything', () => {
  expect(judgeClock(live.map((delay) => delay + 3 * HOUR))).toMatchObject({ is: 'behind', n: 100 })
})

test('a right clock with late and repeated events stays right', () => {
  const late = live.map((delay, i) => (i % 3 === 0 ? delay + i * 10 * MINUTE : delay))
  expect(judgeClock(late)).toMatchObject({ is: 'right', future: 0 })
})

test('one parcel a day is no wrong clock: its events are of all ages', () => {
  const parcel = Array.from({ length: 96 }, (_, i) => i * 15 * MINUTE)
  expect(judgeClock(parcel).is).toBe('right')
})

test('a history that is told now says nothing of the clock', () => {
  expect(judgeClock(live.map((delay, day) => delay + (day + 2) * 24 * HOUR))).toEqual({
    ...{ is: 'unknown', n: 0, median: null, future: 0 },
  })
})

test('the judgement does not depend on the order of telling', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -30 * HOUR, max: 30 * HOUR })), (delays) => {
      expect(judgeClock(delays.toReversed())).toEqual(judgeClock(delays))
    }),
  )
})

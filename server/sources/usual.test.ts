import { expect, test } from 'vitest'
import { localClock } from '#server/domain/local-time.ts'
import type { IntakeRow } from '#server/log/intake.ts'
import { expectedBetween, isSilentDay, silenceOf, type Usual, usualOf } from './usual.ts'

const clock = localClock('Asia/Almaty')
const QUARTER = 15 * 60_000
const at = (local: string) => Date.parse(`${local}+05:00`)
const row = (slot: number, arrived: number): IntakeRow => ({
  ...{ slot, source: 's', unit: 'event', arrived, stored: arrived },
  ...{ known: 0, quarantined: 0, refused: 0, batches: 0 },
})
const TODAY = clock(at('2026-02-10T12:00:00')).day

/** Ten events each quarter of an hour of working hours, eight weeks long; Saturdays and Sundays without. */
const office: IntakeRow[] = []
for (let slot = at('2025-12-16T00:00:00'); slot < at('2026-02-10T00:00:00'); slot += QUARTER) {
  const { day, week, hour } = clock(slot)
  if (day - week < 5 && hour >= 9 && hour < 18) office.push(row(slot, 10))
}
const usual = usualOf(office, { today: TODAY, clock }).get('s')
const silent = (since: string, now: string, minutes?: number) =>
  silenceOf({ since: at(since), now: at(now), minutes }, usual, clock)

test('a source that always tells something is too silent after half an hour, and not before', () => {
  expect(silent('2026-02-10T10:00:00', '2026-02-10T10:29:00').tooLong).toBe(false)
  expect(silent('2026-02-10T10:00:00', '2026-02-10T10:30:00')).toEqual({
    tooLong: true,
    expected: expect.closeTo(20),
  })
})

test('a night and a weekend are not too silent', () => {
  expect(silent('2026-02-09T17:59:00', '2026-02-10T09:05:00').tooLong).toBe(false)
  expect(silent('2026-02-06T17:59:00', '2026-02-09T09:05:00').tooLong).toBe(false)
  expect(silent('2026-02-06T17:59:00', '2026-02-09T09:45:00').tooLong).toBe(true)
})

test('a limit that was set stands instead of what is usual', () => {
  expect(silent('2026-02-10T10:00:00', '2026-02-10T10:30:00', 60).tooLong).toBe(false)
  expect(silent('2026-02-09T22:00:00', '2026-02-09T23:00:00', 60).tooLong).toBe(true)
})

test('one parcel of a thousand events each night is one arrival: a day of silence alarms nobody', () => {
  const parcels = office.filter(({ slot }) => clock(slot).hour === 9).map(({ slot }) => slot)
  const nightly = [
    ...new Set(
      parcels.map((slot) => slot - ((slot - at('2026-01-01T09:00:00')) % (24 * 3_600_000))),
    ),
  ]
  const found = usualOf(
    nightly.map((slot) => row(slot, 1000)),
    { today: TODAY, clock },
  ).get('s')
  const waiting = (now: string) =>
    silenceOf({ since: at('2026-02-09T09:05:00'), now: at(now), minutes: undefined }, found, clock)
  expect(waiting('2026-02-10T08:00:00').tooLong).toBe(false)
  expect(waiting('2026-02-10T20:00:00').tooLong).toBe(false)
})

test('a source of less than two weeks has nothing usual; a day without a word is too long for it', () => {
  const young = office.filter(({ slot }) => slot > at('2026-01-28T00:00:00'))
  expect(usualOf(young, { today: TODAY, clock }).get('s')).toBeUndefined()
  const since = at('2026-02-09T10:00:00')
  const told = (hours: number) =>
    silenceOf({ since, now: since + hours * 3_600_000, minutes: undefined }, undefined, clock)
  expect([told(24).tooLong, told(25).tooLong]).toEqual([false, true])
})

test('a day without a word is named where it is more than chance', () => {
  const monday = clock(at('2026-02-09T12:00:00')).day
  expect(isSilentDay(usual, monday, monday)).toBe(true)
  expect(isSilentDay(usual, monday + 5, monday)).toBe(false)
  expect(isSilentDay(undefined, monday, monday)).toBe(false)
})

test('what is expected is weighed by the hours it falls into', () => {
  const week = Array.from<number>({ length: 168 }).fill(0)
  for (let hour = 9; hour < 18; hour++) week[24 + hour] = 10
  const expected = (from: string, to: string) => expectedBetween(week, at(from), at(to), clock)
  expect(expected('2026-02-10T16:30:00', '2026-02-10T17:00:00')).toBeCloseTo(5)
  expect(expected('2026-02-10T17:30:00', '2026-02-11T08:00:00')).toBeCloseTo(5)
  expect(expected('2026-02-08T00:00:00', '2026-02-10T09:00:00')).toBe(0)
})

test('the share of quarters without a word gives the mean of arrivals', () => {
  // Half of the quarters of one hour: -4 ln(1/2).
  const half = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((week) =>
    [0, 1].map((quarter) =>
      row(at('2025-12-16T10:00:00') + week * 7 * 24 * 3_600_000 + quarter * QUARTER, 3),
    ),
  )
  const found = usualOf(half, { today: TODAY, clock }).get('s') as Usual
  expect(found.arrivals[24 + 10]).toBeCloseTo(4 * Math.LN2)
  expect(found.events[24 + 10]).toBeCloseTo(6)
})

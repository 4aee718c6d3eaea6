import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localClock, mondayOf, zoneOffset } from './local-time.ts'

const HOUR = 3_600_000
const at = (instant: string) => Date.parse(instant)
const local = (zone: string, instant: string) => {
  const { day, hour } = localClock(zone)(at(instant))
  return `${new Date(day * 24 * HOUR).toISOString().slice(0, 10)} ${hour}`
}

describe('the wall clock of a city', () => {
  test.for([
    // Kazakhstan gave up its eastern zone at midnight of 1 March 2024: 24:00 became 23:00.
    ['Asia/Almaty', '2024-02-29T17:59:59Z', '2024-02-29 23'],
    ['Asia/Almaty', '2024-02-29T18:00:00Z', '2024-02-29 23'],
    ['Asia/Almaty', '2024-02-29T19:00:00Z', '2024-03-01 0'],
    // New York: 2:00 to 3:00 on the second Sunday of March 2016, and 2:00 to 1:00 on the first of November.
    ['America/New_York', '2016-03-13T06:59:59Z', '2016-03-13 1'],
    ['America/New_York', '2016-03-13T07:00:00Z', '2016-03-13 3'],
    ['America/New_York', '2016-11-06T05:30:00Z', '2016-11-06 1'],
    ['America/New_York', '2016-11-06T06:30:00Z', '2016-11-06 1'],
    // Moscow left its permanent summer on 26 October 2014.
    ['Europe/Moscow', '2014-10-25T21:59:00Z', '2014-10-26 1'],
    ['Europe/Moscow', '2014-10-25T22:00:00Z', '2014-10-26 1'],
    ['Europe/Moscow', '2026-02-10T20:59:59Z', '2026-02-10 23'],
    ['Europe/Moscow', '2026-02-10T21:00:00Z', '2026-02-11 0'],
    ['Asia/Kathmandu', '2026-02-10T18:15:00Z', '2026-02-11 0'],
  ] as const)('%s at %s shows %s', ([zone, instant, shown]) => {
    expect(local(zone, instant)).toBe(shown)
  })
})

test('weeks begin on Monday, also before 1970', () => {
  const day = (date: string) => at(`${date}T00:00:00Z`) / (24 * HOUR)
  expect(mondayOf(day('2026-02-08'))).toBe(day('2026-02-02'))
  expect(mondayOf(day('2026-02-09'))).toBe(day('2026-02-09'))
  expect(mondayOf(day('1969-12-28'))).toBe(day('1969-12-22'))
})

test('a month is year * 12 + month - 1', () => {
  expect(localClock('UTC')(at('2026-02-10T00:00:00Z')).month).toBe(2026 * 12 + 1)
})

test('instants at the ends of time have a date too', () => {
  for (const instant of [at('0001-01-01T00:00:00Z'), at('9999-12-31T23:59:59.999Z')])
    expect(Number.isInteger(localClock('Asia/Almaty')(instant).day)).toBe(true)
})

test('offsets are those of the runtime, in any zone and at any instant', () => {
  const zones = ['Asia/Almaty', 'Europe/Moscow', 'America/New_York', 'Australia/Lord_Howe']
  const offsets = new Map(zones.map((zone) => [zone, zoneOffset(zone)]))
  const instants = fc.integer({ min: at('1930-01-01T00:00Z'), max: at('2037-01-01T00:00Z') })
  const nearChange = fc
    .constantFrom(
      '2024-02-29T18:00Z',
      '2016-03-13T07:00Z',
      '2016-11-06T06:00Z',
      '2026-04-04T15:00Z',
    )
    .chain((change) => fc.integer({ min: -4 * HOUR, max: 4 * HOUR }).map((by) => at(change) + by))
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.oneof(instants, nearChange), (zone, instant) => {
      const shown = new Date(instant).toLocaleString('sv-SE', { timeZone: zone })
      const wall = new Date(instant + (offsets.get(zone)?.(instant) ?? Number.NaN))
      expect(wall.toISOString().slice(0, 19).replace('T', ' ')).toBe(shown)
    }),
    { numRuns: 2000 },
  )
})

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zoneOffset } from '#server/domain/local-time.ts'
import { CalendarFile } from './calendar-file.ts'
import { dayKinds, dayNumber } from './day-kinds.ts'
import { instantOfWall, workingTime } from './working-time.ts'

const read = (name: string) =>
  CalendarFile.parse(
    JSON.parse(readFileSync(new URL(`./calendars/${name}.json`, import.meta.url), 'utf8')),
  )
const [RU, KZ] = [read('ru'), read('kz')]
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const at = (text: string) => Date.parse(text)
const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')

const free = (calendar: CalendarFile, dates: string[]) =>
  dates.filter((date) => dayKinds(calendar)(dayNumber(date)).hours.length === 0)

test('a Russian year is free on its holidays, their substitutes and the days moved by decree, and works on the Saturdays given for them', () => {
  // 2025: Saturday 4 January to 2 May, Sunday 5 January to 31 December, 23 February to 8 May, 8 March to 13 June, Saturday 1 November to 3 November.
  const all = ['2025-05-02', '2025-12-31', '2025-05-08', '2025-06-13', '2025-11-03', '2025-01-08']
  expect(free(RU, all)).toEqual(all)
  expect(free(RU, ['2025-11-01', '2025-02-24', '2025-03-10', '2025-01-09'])).toEqual([])
  // 2026: 8 March is a Sunday and 9 May a Saturday; the law itself gives the Mondays after them.
  const next = ['2026-03-09', '2026-05-11', '2026-01-09', '2026-12-31']
  expect(free(RU, next)).toEqual(next)
})

test('two Kazakh holidays of one weekend take two working days after it', () => {
  // Nauryz of 2025: Friday 21, Saturday 22, Sunday 23 March: Monday 24 and Tuesday 25 are free.
  expect(free(KZ, ['2025-03-21', '2025-03-24', '2025-03-25', '2025-03-26'])).toEqual([
    '2025-03-21',
    '2025-03-24',
    '2025-03-25',
  ])
  // Christmas of 2024-01-07 was a Sunday: a religious day off has no substitute.
  expect(free(KZ, ['2024-01-08'])).toEqual([])
})

test('lunch and nights do not count, and what comes outside working hours starts with the next opening', () => {
  const working = workingTime(RU, 'Europe/Moscow')
  // Monday 2 March 2026, 12:00 to 15:00: an hour before lunch and an hour after it.
  expect(working.between(at('2026-03-02T12:00+03:00'), at('2026-03-02T15:00+03:00'))).toBe(2 * HOUR)
  expect(iso(working.opening(at('2026-03-02T13:20+03:00')))).toBe('2026-03-02T11:00:00Z')
  // Friday 6 March 18:00 closes; Monday 9 March is free for 8 March: Tuesday 09:00 opens.
  expect(iso(working.opening(at('2026-03-06T18:00+03:00')))).toBe('2026-03-10T06:00:00Z')
  // 17:30 on that Friday and four hours: half an hour on Friday, 09:00-12:30 on Tuesday.
  expect(iso(working.after(at('2026-03-06T17:30+03:00'), 4 * HOUR))).toBe('2026-03-10T09:30:00Z')
  // A sum that fills the day ends at its closing, not at the next opening.
  expect(iso(working.after(at('2026-03-06T17:00+03:00'), HOUR))).toBe('2026-03-06T15:00:00Z')
})

test('working days end with the closing of the last one; the day of the start is not counted', () => {
  const working = workingTime(RU, 'Europe/Moscow')
  // Friday 24 April 2026 10:00: 27, 28, 29, 30 April, (1 May free), 4, 5, 6, 7, 8 May, (11 May for the 9th), 12 May is the tenth.
  expect(iso(working.afterDays(at('2026-04-24T10:00+03:00'), 10))).toBe('2026-05-12T15:00:00Z')
  // On Saturday it starts on Monday the 27th, so the first day is the 28th.
  expect(iso(working.afterDays(at('2026-04-25T10:00+03:00'), 1))).toBe('2026-04-28T15:00:00Z')
})

const AROUND_THE_CLOCK: CalendarFile = {
  ...KZ,
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [[0, 1440]]]),
  ),
  holidays: [],
}

test('the day on which Kazakhstan put its clocks back an hour is an hour longer', () => {
  const working = workingTime(AROUND_THE_CLOCK, 'Asia/Almaty')
  // From 29 February 2024 00:00 (+6) to 1 March 00:00 (+5) there are 25 hours, all of them working here.
  const [from, to] = [at('2024-02-29T00:00+06:00'), at('2024-03-01T00:00+05:00')]
  expect(to - from).toBe(25 * HOUR)
  expect(working.between(from, to)).toBe(25 * HOUR)
  const office = workingTime(KZ, 'Asia/Almaty')
  expect(office.between(from, at('2024-03-02T00:00+05:00'))).toBe(16 * HOUR)
  expect(iso(office.opening(at('2024-02-29T19:00+06:00')))).toBe('2024-03-01T04:00:00Z')
})

test('both nights on which Amsterdam changes its clocks count the hours that were there', () => {
  const working = workingTime(AROUND_THE_CLOCK, 'Europe/Amsterdam')
  expect(working.between(at('2026-03-29T00:00+01:00'), at('2026-03-30T00:00+02:00'))).toBe(
    23 * HOUR,
  )
  expect(working.between(at('2026-10-25T00:00+02:00'), at('2026-10-26T00:00+01:00'))).toBe(
    25 * HOUR,
  )
})

test('a wall time that no clock showed moves on by the gap, and one shown twice is the earlier', () => {
  const amsterdam = zoneOffset('Europe/Amsterdam')
  expect(iso(instantOfWall(at('2026-03-29T02:30Z'), amsterdam))).toBe('2026-03-29T01:30:00Z')
  expect(iso(instantOfWall(at('2026-10-25T02:30Z'), amsterdam))).toBe('2026-10-25T00:30:00Z')
  expect(iso(instantOfWall(at('2026-07-01T12:00Z'), amsterdam))).toBe('2026-07-01T10:00:00Z')
})

const NIGHT_SHIFT: CalendarFile = {
  ...RU,
  week: { mon: [[0, 150]], fri: [[1320, 1440]], sun: [[90, 200]] },
}

/** The definition itself: minutes whose wall clock stands inside the hours of their local day. */
function naive(calendar: CalendarFile, zone: string, from: number, to: number) {
  const kindOf = dayKinds(calendar)
  const offsetAt = zoneOffset(zone)
  let minutes = 0
  for (let instant = from; instant < to; instant += MINUTE) {
    const wall = Math.floor((instant + offsetAt(instant)) / MINUTE)
    const day = Math.floor(wall / 1440)
    const { hours } = kindOf(day)
    if (hours.some(([opens, closes]) => wall % 1440 >= opens && wall % 1440 < closes)) minutes++
  }
  return minutes * MINUTE
}

test('working time equals the minutes counted one by one, and its inverse comes back to them', () => {
  const places = [
    ...['Europe/Amsterdam', 'Asia/Almaty', 'Europe/Moscow'].flatMap((zone) =>
      [RU, KZ, AROUND_THE_CLOCK, NIGHT_SHIFT].map((calendar) => ({ zone, calendar })),
    ),
  ].map((place) => ({ ...place, working: workingTime(place.calendar, place.zone) }))
  const changes = ['2024-02-29', '2026-03-28', '2026-10-24', '2025-01-03', '2026-05-01'].map(at)
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.oneof(
        fc.constantFrom(...changes),
        fc.integer({ min: at('2023-12-20'), max: at('2027-01-10') }),
      ),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3 * 1440 }),
      ({ zone, calendar, working }, near, ahead, length) => {
        const from = Math.floor(near / MINUTE) * MINUTE + ahead * MINUTE
        const to = from + length * MINUTE
        const counted = naive(calendar, zone, from, to)
        expect(working.between(from, to)).toBe(counted)
        if (counted === 0) return
        const back = working.after(from, counted)
        expect(back).toBeLessThanOrEqual(to)
        expect(working.between(from, back)).toBe(counted)
        expect(working.between(from, back - MINUTE)).toBeLessThan(counted)
      },
    ),
    { numRuns: 400 },
  )
})

test('Russian years have as many working days as their official calendars say', () => {
  const working = (year: number) => {
    const kindOf = dayKinds(RU)
    let days = 0
    for (let day = dayNumber(`${year}-01-01`); day < dayNumber(`${year + 1}-01-01`); day++)
      if (kindOf(day).hours.length > 0) days++
    return days
  }
  expect([working(2024), working(2025), working(2026)]).toEqual([248, 247, 247])
})

test('beyond the last day that is laid out there is no due time, and no endless search', () => {
  const time = workingTime(KZ, 'Asia/Almaty')
  for (const instant of ['2061-01-01T00:00:00Z', '9999-12-31T00:00:00Z'])
    expect([time.afterDays(at(instant), 15), time.after(at(instant), HOUR)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
  expect(time.afterDays(at('2060-12-30T05:00:00Z'), 30)).toBe(Number.POSITIVE_INFINITY)
})

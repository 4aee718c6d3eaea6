import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CalendarFile } from '#server/domain/norm/calendar-file.ts'
import { dayNumber, isoOf } from '#server/domain/norm/day-kinds.ts'
import { cityDays, HOLIDAY, WORKING } from './alike.ts'

const calendarOf = (id: string) =>
  CalendarFile.parse(
    JSON.parse(
      readFileSync(new URL(`../domain/norm/calendars/${id}.json`, import.meta.url), 'utf8'),
    ),
  )
const kazakhstan = cityDays({ packs: [], calendars: [calendarOf('kz')] })
const russia = cityDays({ packs: [], calendars: [calendarOf('ru')] })
const compared = (iso: string, first: string, days = kazakhstan) =>
  days.comparable(dayNumber(iso), dayNumber(first)).map(isoOf)

test('an ordinary Monday is compared with ordinary Mondays, of its season first', () => {
  // 23 November 2026 is a Monday; 26 October 2026 is free instead of Republic Day, a Sunday; 16 December is Independence Day.
  expect(kazakhstan.alike(dayNumber('2026-11-23'))).toBe(0)
  expect(compared('2026-11-23', '2026-09-01')).toEqual([
    '2026-11-16',
    '2026-11-09',
    '2026-11-02',
    '2026-10-19',
    '2026-10-12',
    '2026-10-05',
    '2026-09-28',
    '2026-09-21',
    '2026-09-14',
    '2026-09-07',
  ])
})

test('with a year of record the season of the year before takes the place of the summer', () => {
  const days = compared('2026-11-23', '2025-10-20')
  expect(days).toHaveLength(16)
  expect(days.filter((iso) => iso > '2026-06').length).toBe(5)
  expect(days.at(-1)).toBe('2025-10-20')
  // From 45 days before the date to 45 after it, five Mondays this year and twelve of the year before; 27 October 2025 is free.
  expect(days.slice(5)).toEqual([
    '2026-01-05',
    '2025-12-29',
    '2025-12-22',
    '2025-12-15',
    '2025-12-08',
    '2025-12-01',
    '2025-11-24',
    '2025-11-17',
    '2025-11-10',
    '2025-11-03',
    '2025-10-20',
  ])
})

test('a holiday is compared with holidays and Sundays, whatever its weekday', () => {
  expect(kazakhstan.alike(dayNumber('2026-12-16'))).toBe(HOLIDAY)
  expect(kazakhstan.nameOf(dayNumber('2026-12-16'))?.ru).toBe('День Независимости')
  expect(compared('2026-12-16', '2026-10-20')).toEqual([
    '2026-12-13',
    '2026-12-06',
    '2026-11-29',
    '2026-11-22',
    '2026-11-15',
    '2026-11-08',
    '2026-11-01',
    '2026-10-26',
    '2026-10-25',
  ])
})

test('a Saturday that works is compared with working days, and is not a usual Saturday', () => {
  // By the decree of 2025 the Saturday of 1 November worked, and the Monday of 3 November was free.
  expect(russia.alike(dayNumber('2025-11-01'))).toBe(WORKING)
  expect(russia.alike(dayNumber('2025-11-03'))).toBe(HOLIDAY)
  expect(compared('2025-11-01', '2025-10-20', russia)).toEqual([
    '2025-10-31',
    '2025-10-30',
    '2025-10-29',
    '2025-10-28',
    '2025-10-27',
    '2025-10-24',
    '2025-10-23',
    '2025-10-22',
    '2025-10-21',
    '2025-10-20',
  ])
  expect(compared('2025-11-08', '2025-10-20', russia)).toEqual(['2025-10-25'])
})

test('without a calendar there are weekdays only, and no day is compared with one after it', () => {
  const plain = cityDays({ packs: [], calendars: [] })
  expect(compared('2026-12-16', '2026-11-20', plain)).toEqual([
    '2026-12-09',
    '2026-12-02',
    '2026-11-25',
  ])
  for (const iso of ['2026-01-01', '2026-12-31', '2028-02-29'])
    for (const past of compared(iso, '2020-01-01')) expect(past < iso).toBe(true)
})

import { expect, test } from 'vitest'
import {
  addressOf,
  instantOfWall,
  readDayOrTime,
  readWhen,
  writeDayOrTime,
  writeWhen,
} from './wall-time.ts'

const at = (iso: string) => Date.parse(iso)

test.for([
  ['21.11.2026 14:30', 'Asia/Almaty', '2026-11-21T14:30:00+05:00'],
  ['2026-11-21 14:30', 'Asia/Almaty', '2026-11-21T14:30:00+05:00'],
  ['1.2.2026', 'Asia/Almaty', '2026-02-01T00:00:00+05:00'],
  [' 21.11.2026, 14:30 ', 'America/New_York', '2026-11-21T14:30:00-05:00'],
  ['05.07.2015 09:00', 'America/New_York', '2015-07-05T09:00:00-04:00'],
] as const)('%s in %s is an instant', ([text, zone, iso]) => {
  expect(readWhen(text, zone)).toBe(at(iso))
})

test.for([
  '',
  '11/21/2026',
  '31.02.2026',
  '21.11.2026 24:00',
  '21.13.2026',
  'вчера',
  '2026-11-21T14',
])('%j is none', (text) => {
  expect(readWhen(text, 'Asia/Almaty')).toBeNull()
})

test('a time that no clock showed is the first after the gap, one shown twice the earlier', () => {
  const zone = 'America/New_York'
  const gap = Date.UTC(2026, 2, 8, 2, 30)
  expect(new Date(instantOfWall(gap, zone)).toISOString()).toBe('2026-03-08T07:30:00.000Z')
  const twice = Date.UTC(2026, 10, 1, 1, 30)
  expect(new Date(instantOfWall(twice, zone)).toISOString()).toBe('2026-11-01T05:30:00.000Z')
  const berlin = Date.UTC(2026, 9, 25, 2, 30)
  expect(new Date(instantOfWall(berlin, 'Europe/Berlin')).toISOString()).toBe(
    '2026-10-25T00:30:00.000Z',
  )
  const after = Date.UTC(2026, 2, 8, 3, 30)
  expect(new Date(instantOfWall(after, zone)).toISOString()).toBe('2026-03-08T07:30:00.000Z')
})

test('what is written is read again, in every language', () => {
  const instant = at('2026-11-21T14:30:00+05:00')
  expect(writeWhen(instant, 'Asia/Almaty', false)).toBe('21.11.2026 14:30')
  expect(writeWhen(instant, 'Asia/Almaty', true)).toBe('2026-11-21 14:30')
  expect(readWhen(writeWhen(instant, 'Asia/Almaty', true), 'Asia/Almaty')).toBe(instant)
  expect(addressOf(instant)).toBe('2026-11-21T09:30:00Z')
})

test.for([
  ['21.11.2026', '2026-11-21'],
  ['1.2.2026', '2026-02-01'],
  ['2026-2-1', '2026-02-01'],
  ['21.11.2026 14:30', '2026-11-21T09:30:00Z'],
  ['2026-11-21 00:00', '2026-11-20T19:00:00Z'],
  ['31.02.2026', null],
  ['14:30', null],
] as const)(
  '%s is a day, or with a time an instant, and is shown as it is read',
  ([text, value]) => {
    const zone = 'Asia/Almaty'
    expect(readDayOrTime(text, zone)).toBe(value)
    for (const english of [true, false])
      if (value !== null)
        expect(readDayOrTime(writeDayOrTime(value, zone, english), zone)).toBe(value)
  },
)

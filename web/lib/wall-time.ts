import { cityTime, dayOfIso } from './city-time.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

/** The instant at which a clock of the city shows so many milliseconds since 1970; of two the earlier, and in a gap of the clocks as long after it began. */
export function instantOfWall(wall: number, zone: string): number {
  const shown = (instant: number) => {
    const t = cityTime(instant, zone)
    return t.day * DAY + t.hour * HOUR + t.minute * MINUTE + t.second * 1000
  }
  const seconds = Math.floor(wall / 1000) * 1000
  const guess = seconds - (shown(seconds) - seconds)
  const other = guess - (shown(guess) - seconds)
  const right = [other - HOUR, other, guess].find((instant) => shown(instant) === seconds)
  return right ?? Math.max(guess, other)
}

/** Where the local day of a day number begins. */
export const startOfDay = (day: number, zone: string) => instantOfWall(day * DAY, zone)

/** `21.11.2026 14:30` or `2026-11-21 14:30`, in the city's time; null where it is neither, or no such day. Without a time the day begins. */
export function readWhen(text: string, zone: string): number | null {
  const local = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[\s,T]+(\d{1,2}):(\d{2}))?\s*$/.exec(text)
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[\s,T]+(\d{1,2}):(\d{2}))?\s*$/.exec(text)
  const [, year, month, date, hour = '0', minute = '0'] = iso ?? [
    '',
    ...(local ? [local[3], local[2], local[1], local[4], local[5]] : []),
  ]
  if (year === undefined || month === undefined || date === undefined) return null
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const at = dayOfIso(day)
  if (Number.isNaN(at) || new Date(at * DAY).toISOString().slice(0, 10) !== day) return null
  if (Number(hour) > 23 || Number(minute) > 59) return null
  return instantOfWall(at * DAY + Number(hour) * HOUR + Number(minute) * MINUTE, zone)
}

const two = (value: number) => String(value).padStart(2, '0')

/** As `readWhen` reads it: day first, in English year first. */
export function writeWhen(instant: number, zone: string, english: boolean): string {
  const { year, month, date, hour, minute } = cityTime(instant, zone)
  const time = `${two(hour)}:${two(minute)}`
  return english
    ? `${year}-${two(month)}-${two(date)} ${time}`
    : `${two(date)}.${two(month)}.${year} ${time}`
}

/** An instant as the address carries it, to the second. */
export const addressOf = (instant: number) =>
  `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, -5)}Z`

/** As `readWhen`, but a day without a time is that day as YYYY-MM-DD; an instant is as an address carries it. */
export function readDayOrTime(text: string, zone: string): string | null {
  const instant = readWhen(text, zone)
  if (instant === null) return null
  if (text.includes(':')) return addressOf(instant)
  const [, first = '', second = '', third = ''] = /(\d+)\D(\d+)\D(\d+)/.exec(text) ?? []
  const [year, date] = first.length === 4 ? [first, third] : [third, first]
  return `${year}-${second.padStart(2, '0')}-${date.padStart(2, '0')}`
}

/** As `readDayOrTime` reads it. */
export function writeDayOrTime(value: string, zone: string, english: boolean): string {
  if (value.includes('T')) return writeWhen(Date.parse(value), zone, english)
  return english ? value : value.split('-').reverse().join('.')
}

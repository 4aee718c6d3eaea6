/** The city's clock: Asia/Almaty, UTC+6 until 2024-03-01 and UTC+5 since. Days are counted from 1970-01-01, local. */
export const ZONE = 'Asia/Almaty'
export const SECOND = 1000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000
const CHANGE = Date.UTC(2024, 1, 29, 18)
const CHANGE_DAY = 19_783

const offsetAt = (instant: number) => (instant < CHANGE ? 6 : 5) * HOUR

export const dayOf = (instant: number) => Math.floor((instant + offsetAt(instant)) / DAY)
/** The instant at which a local day begins. */
export const startOf = (day: number) => day * DAY - (day < CHANGE_DAY ? 6 : 5) * HOUR
/** Hours since local midnight, with fraction. */
export const hourOf = (instant: number) => ((instant + offsetAt(instant)) % DAY) / HOUR
/** Monday is 0. */
export const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7

/** Day of the year from 0; February 29 shares the number of March 1, which a season does not notice. */
export function dayOfYear(day: number): number {
  const date = new Date(day * DAY)
  return (BEFORE_MONTH[date.getUTCMonth()] as number) + date.getUTCDate() - 1
}
const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Public holidays by month and day; no shifting of working days, which invented cities may forgo. */
const HOLIDAYS = new Set([
  '1-1',
  '1-2',
  '1-7',
  '3-8',
  '3-21',
  '3-22',
  '3-23',
  '5-1',
  '5-7',
  '5-9',
  '7-6',
  '8-30',
  '10-25',
  '12-16',
])
export function isHoliday(day: number): boolean {
  const date = new Date(day * DAY)
  return HOLIDAYS.has(`${date.getUTCMonth() + 1}-${date.getUTCDate()}`)
}

const OPENS = 8
const CLOSES = 20

/** The next moment at which crews of ordinary work are about; in the morning they come one after another. */
export function inWorkingHours(instant: number, spread: number): number {
  const hour = hourOf(instant)
  const day = dayOf(instant)
  const free = weekdayOf(day) === 6 || isHoliday(day)
  if (!free && hour >= OPENS && hour < CLOSES) return instant
  let next = hour >= CLOSES || free ? day + 1 : day
  while (weekdayOf(next) === 6 || isHoliday(next)) next++
  return startOf(next) + OPENS * HOUR + Math.round(spread * 3 * HOUR)
}

const DAY = 86_400_000

/** A wall-clock time in the city, whatever zone the browser is in. */
export interface CityTime {
  year: number
  /** 1–12 */
  month: number
  date: number
  hour: number
  minute: number
  second: number
  /** Days since 1970-01-01 of the local date. */
  day: number
  /** 0 = Monday */
  weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The locale is en-US on purpose: only the digits are used, and every browser has them. */
function formatIn(zone: string) {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

export function cityTime(instant: number, zone: string): CityTime {
  const part: Record<string, number> = {}
  for (const { type, value } of formatIn(zone).formatToParts(instant)) part[type] = Number(value)
  const { year = 1970, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = part
  const day = Math.floor(Date.UTC(year, month - 1, date) / DAY)
  return { year, month, date, hour, minute, second, day, weekday: weekdayOf(day) }
}

/** 1970-01-01 was a Thursday; 0 = Monday. */
export const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7

/** `YYYY-MM-DD` of a day number, and back. */
export const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)
export const dayOfIso = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY)

/** Calendar date of a day number. */
export function dateOfDay(day: number) {
  const date = new Date(day * DAY)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    day,
    weekday: weekdayOf(day),
  }
}

/** Local day of an instant with the part of it that has passed by the wall clock. */
export function dayOfInstant(instant: number, zone: string): number {
  const { day, hour, minute, second } = cityTime(instant, zone)
  return day + (hour * 3600 + minute * 60 + second) / 86_400
}

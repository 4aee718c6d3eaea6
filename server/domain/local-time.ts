const DAY = 86_400_000
const MINUTE = 60_000
/** Zones have no rules outside: an instant beyond takes the offset of the nearest end. */
const FIRST = Date.UTC(1800, 0, 1)
const LAST = Date.UTC(2200, 0, 1)

export interface LocalTime {
  /** Days since 1970-01-01 of the local date. */
  day: number
  hour: number
  minute: number
  /** Day number of the Monday of its week. */
  week: number
  /** year * 12 + month - 1 */
  month: number
}

/** The first day of a week that contains the day; 1970-01-01 was a Thursday. */
export const mondayOf = (day: number) => day - ((((day + 3) % 7) + 7) % 7)

/**
 * Local dates of instants in a zone. Offsets are asked of the runtime once for each UTC day, and for each instant only on
 * the days on which the offset changes.
 */
export function localClock(zone: string): (instant: number) => LocalTime {
  const offsetAt = zoneOffset(zone)
  const months = new Map<number, number>()
  return (instant) => {
    const local = instant + offsetAt(instant)
    const day = Math.floor(local / DAY)
    let month = months.get(day)
    if (month === undefined) {
      const date = new Date(day * DAY)
      month = date.getUTCFullYear() * 12 + date.getUTCMonth()
      months.set(day, month)
    }
    const minutes = Math.floor((local - day * DAY) / MINUTE)
    return {
      day,
      hour: Math.floor(minutes / 60),
      minute: minutes % 60,
      week: mondayOf(day),
      month,
    }
  }
}

const offsets = new Map<string, (instant: number) => number>()

/** Milliseconds to add to UTC for the wall clock of a zone; whoever asks for the same zone shares what was learned of its days. */
export function zoneOffset(zone: string): (instant: number) => number {
  const known = offsets.get(zone)
  if (known) return known
  const offset = offsetOf(zone)
  offsets.set(zone, offset)
  return offset
}

function offsetOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const exact = (instant: number) => {
    const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = format
      .format(instant)
      .split(/\D+/, 6)
      .map(Number)
    const seconds = Math.floor(instant / 1000) * 1000
    return Date.UTC(year, month - 1, day, hour, minute, second) - seconds
  }
  const days = new Map<number, number>()
  const starts = new Map<number, number>()
  const startOf = (day: number) => {
    const start = starts.get(day) ?? exact(day * DAY)
    starts.set(day, start)
    return start
  }
  return (instant) => {
    const within = Math.min(Math.max(instant, FIRST), LAST)
    const day = Math.floor(within / DAY)
    let offset = days.get(day)
    if (offset === undefined) {
      const start = startOf(day)
      offset = start === startOf(day + 1) ? start : Number.NaN
      days.set(day, offset)
    }
    return Number.isNaN(offset) ? exact(within) : offset
  }
}

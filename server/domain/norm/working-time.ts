import { zoneOffset } from '#server/domain/local-time.ts'
import type { CalendarFile } from './calendar-file.ts'
import { dayKinds } from './day-kinds.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** Local days that are counted; an instant beyond takes the nearest end. */
const FIRST_DAY = Date.UTC(1995, 0, 1) / DAY
const LAST_DAY = Date.UTC(2060, 0, 1) / DAY

/** Working time of a calendar in a zone. Instants are UTC epoch milliseconds, lengths milliseconds. */
export interface WorkingTime {
  /** The integral of "inside the working hours" from a fixed past to the instant. */
  until(instant: number): number
  /** Working time between two instants; negative when they are the other way round. */
  between(from: number, to: number): number
  /** The instant itself inside working hours, else the next opening. */
  opening(instant: number): number
  /** The first instant at which so much working time has passed. */
  after(instant: number, length: number): number
  /**
   * Closing time of the n-th working day after the day on which the clock starts; that day is not counted. What comes outside
   * working hours starts with the next opening.
   */
  afterDays(instant: number, days: number): number
  /** Local day (since 1970-01-01) of the instant. */
  dayOf(instant: number): number
  isWorkingDay(day: number): boolean
}

/** Every stretch of working time as instants: wall-clock hours of each local day, cut where the zone changes its offset. */
export function workingTime(calendar: CalendarFile, zone: string): WorkingTime {
  const offsetAt = zoneOffset(zone)
  const kindOf = dayKinds(calendar)
  const starts: number[] = []
  const ends: number[] = []
  const sums: number[] = [0]
  const days: number[] = []
  let sum = 0
  for (const { from, to, offset } of segments(offsetAt))
    for (let day = Math.floor((from + offset) / DAY); day * DAY - offset < to; day++)
      for (const [opens, closes] of kindOf(day).hours) {
        const start = Math.max(from, day * DAY + opens * MINUTE - offset)
        const end = Math.min(to, day * DAY + closes * MINUTE - offset)
        if (start >= end) continue
        starts.push(start)
        ends.push(end)
        days.push(day)
        sum += end - start
        sums.push(sum)
      }

  const bucket = bucketsOf(ends)
  /** The first stretch that ends after the instant. */
  const stretchAt = (instant: number) => {
    let index = bucket(instant)
    while (index < ends.length && (ends[index] as number) <= instant) index++
    return index
  }
  const until = (instant: number) => {
    const index = stretchAt(instant)
    const into = index < starts.length ? instant - (starts[index] as number) : 0
    return (sums[index] as number) + Math.max(0, into)
  }
  const opening = (instant: number) =>
    Math.max(instant, starts[stretchAt(instant)] ?? Number.POSITIVE_INFINITY)

  return {
    until,
    between: (from, to) => until(to) - until(from),
    opening,
    after(instant, length) {
      if (length <= 0) return opening(instant)
      const wanted = until(instant) + length
      let low = 0
      let high = ends.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((sums[middle + 1] as number) < wanted) low = middle + 1
        else high = middle
      }
      return (starts[low] ?? Number.POSITIVE_INFINITY) + wanted - (sums[low] ?? 0)
    },
    afterDays(instant, count) {
      let index = stretchAt(instant)
      // Beyond the last day that is laid out nobody knows the calendar.
      if (index >= days.length) return Number.POSITIVE_INFINITY
      let [day, left] = [days[index], count]
      for (; index < days.length; index++) {
        if (days[index] === day) continue
        day = days[index]
        if (--left === 0) break
      }
      while (index + 1 < days.length && days[index + 1] === day) index++
      return ends[index] ?? Number.POSITIVE_INFINITY
    },
    dayOf: (instant) => Math.floor((instant + offsetAt(instant)) / DAY),
    isWorkingDay: (day) => kindOf(day).hours.length > 0,
  }
}

/** The instant at which a zone's clocks show this wall time: one shown twice is the earlier, one never shown moves on by the gap. */
export function instantOfWall(wall: number, offsetAt: (instant: number) => number): number {
  const before = offsetAt(wall - DAY)
  const first = wall - before
  if (offsetAt(first) === before) return first
  const second = wall - offsetAt(wall + DAY)
  return offsetAt(second) === offsetAt(wall + DAY) ? second : first
}

/** Half-open stretches of one offset. */
function* segments(offsetAt: (instant: number) => number) {
  let from = FIRST_DAY * DAY
  let offset = offsetAt(from)
  for (let day = FIRST_DAY + 1; day <= LAST_DAY; day++) {
    if (offsetAt(day * DAY) === offset) continue
    let [low, high] = [(day - 1) * DAY, day * DAY]
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / (2 * MINUTE)) * MINUTE
      if (offsetAt(middle) === offset) low = middle
      else high = middle
    }
    yield { from, to: high, offset }
    from = high
    offset = offsetAt(high)
  }
  yield { from, to: LAST_DAY * DAY, offset }
}

/** For each UTC day the first stretch that ends after its beginning: from there a few steps lead to any instant of the day. */
function bucketsOf(ends: readonly number[]) {
  const firsts = new Int32Array(LAST_DAY - FIRST_DAY + 1)
  let index = 0
  for (let day = 0; day < firsts.length; day++) {
    while (index < ends.length && (ends[index] as number) <= (FIRST_DAY + day) * DAY) index++
    firsts[day] = index
  }
  return (instant: number) => {
    const day = Math.floor(instant / DAY) - FIRST_DAY
    return firsts[Math.min(Math.max(day, 0), firsts.length - 1)] as number
  }
}

import type { Words } from '#server/contract/vocabulary.ts'
import type { NormBook } from '#server/domain/norm/book.ts'
import { type DayKind, dayKinds } from '#server/domain/norm/day-kinds.ts'

/** What a day is compared as: 0 to 6 an ordinary Monday to Sunday, 7 a holiday, 8 a free day of the week that works. */
export type Alike = number
const SUNDAY = 6
export const HOLIDAY: Alike = 7
export const WORKING: Alike = 8

/** Days of the year within which it is the same season. */
const SEASON_DAYS = 45
const YEAR_DAYS = 365.25
/** So many days are wished for; where the season has fewer, the latest of the last half-year come along. */
const ENOUGH = 16
const HALF_YEAR = 182
/** Further back no day is looked for: two years and a season. */
export const HISTORY_DAYS = 2 * 366 + SEASON_DAYS

export interface CityDays {
  alike(day: number): Alike
  /** Of a holiday, or of the holiday that a day is free instead of. */
  nameOf(day: number): Words | null
  /**
   * Past days that a day is compared with, the latest first: of its kind and within 45 days of its date, this year or the
   * two before; where they are fewer than sixteen, the latest of its kind of the last half-year fill up. A holiday is compared with
   * holidays and Sundays, a moved working day with working days. `first`: where the record begins.
   */
  comparable(day: number, first: number): number[]
}

type Norms = Pick<NormBook, 'packs' | 'calendars'>
const laidOut = new WeakMap<Norms, CityDays>()

/** By the calendar of the city's first norm pack; without one there are weekdays only. Of one book of norms the days are laid out once. */
export function cityDays(norms: Norms): CityDays {
  const days = laidOut.get(norms) ?? daysOf(norms)
  laidOut.set(norms, days)
  return days
}

function daysOf({ packs, calendars }: Norms): CityDays {
  const calendar = calendars.find(({ id }) => id === packs[0]?.calendar) ?? calendars[0]
  const ofDay = calendar ? dayKinds(calendar) : () => ORDINARY
  const known = new Map<number, DayKind>()
  const kindOf = (day: number) => {
    const kind = known.get(day) ?? ofDay(day)
    known.set(day, kind)
    return kind
  }
  const alike = (day: number): Alike => {
    const { why } = kindOf(day)
    if (why === null) return (((day + 3) % 7) + 7) % 7
    return why === 'moved_working' ? WORKING : HOLIDAY
  }
  const isLike = (kind: Alike, day: number) => {
    const other = alike(day)
    if (kind === HOLIDAY) return other === HOLIDAY || other === SUNDAY
    if (kind === WORKING) return other === WORKING || kindOf(day).hours.length > 0
    return other === kind
  }
  return {
    alike,
    nameOf: (day) => kindOf(day).name,
    comparable(day, first) {
      const kind = alike(day)
      const near: number[] = []
      const others: number[] = []
      for (let past = day - 1; past >= Math.max(first, day - HISTORY_DAYS); past--) {
        if (!isLike(kind, past)) continue
        if (yearDistance(day - past) <= SEASON_DAYS) near.push(past)
        else if (day - past <= HALF_YEAR) others.push(past)
      }
      return [...near, ...others.slice(0, Math.max(0, ENOUGH - near.length))].sort((a, b) => b - a)
    },
  }
}

const ORDINARY: DayKind = { hours: [], why: null, name: null }

/** Days between two dates of the year, whatever the year. */
function yearDistance(days: number): number {
  const rest = days % YEAR_DAYS
  return Math.min(rest, YEAR_DAYS - rest)
}

import type { Words } from '#server/contract/vocabulary.ts'
import { type CalendarFile, WEEKDAYS } from './calendar-file.ts'

const DAY = 86_400_000

export type Hours = readonly (readonly [opens: number, closes: number])[]
export interface DayKind {
  /** Empty on a free day. Minutes since local midnight. */
  hours: Hours
  /** Why a day differs from its weekday; null = it does not. */
  why: 'holiday' | 'substitute' | 'moved_free' | 'moved_working' | null
  name: Words | null
}

/** What each local day (since 1970-01-01) is in a calendar. */
export function dayKinds(calendar: CalendarFile): (day: number) => DayKind {
  const movedTo = new Set(calendar.moved.map(({ to }) => dayNumber(to)))
  const movedFrom = new Set(calendar.moved.map(({ from }) => dayNumber(from)))
  /** Of one year by its day, of every year by month and day. */
  const once = new Map(
    calendar.holidays.flatMap((holiday) =>
      holiday.day.length === 10 ? [[dayNumber(holiday.day), holiday] as const] : [],
    ),
  )
  const yearly = new Map(
    calendar.holidays.flatMap((holiday) => {
      const [month = 0, date = 0] = holiday.day.split('-').map(Number)
      return holiday.day.length === 10 ? [] : [[month * 100 + date, holiday] as const]
    }),
  )
  const substitutes = new Map<number, Words>()
  const yearsDone = new Set<number>()

  const usual = (day: number): Hours => calendar.week[weekdayOf(day)] ?? []
  const holidayOf = (day: number) => {
    const date = new Date(day * DAY)
    return once.get(day) ?? yearly.get((date.getUTCMonth() + 1) * 100 + date.getUTCDate())
  }
  /** In the order of the year, so that two holidays of one weekend take two days. */
  function substituteYear(year: number) {
    if (yearsDone.has(year)) return
    yearsDone.add(year)
    for (let day = dayNumber(`${year}-01-01`); day <= dayNumber(`${year}-12-31`); day++) {
      const holiday = holidayOf(day)
      if (!holiday?.substitute || usual(day).length > 0 || movedFrom.has(day)) continue
      let next = day + 1
      while (
        usual(next).length === 0 ||
        holidayOf(next) ||
        movedTo.has(next) ||
        substitutes.has(next)
      )
        next++
      substitutes.set(next, holiday.name)
    }
  }

  return (day) => {
    const year = new Date(day * DAY).getUTCFullYear()
    substituteYear(year - 1)
    substituteYear(year)
    const holiday = holidayOf(day)
    if (holiday) return { hours: [], why: 'holiday', name: holiday.name }
    if (movedTo.has(day)) return { hours: [], why: 'moved_free', name: null }
    const instead = substitutes.get(day)
    if (instead) return { hours: [], why: 'substitute', name: instead }
    if (movedFrom.has(day) && usual(day).length === 0)
      return { hours: workday(calendar), why: 'moved_working', name: null }
    return { hours: usual(day), why: null, name: null }
  }
}

/** A free day made a working one has the hours of an ordinary working day. */
const workday = ({ week }: CalendarFile): Hours =>
  week.mon ?? Object.values(week).find((hours) => hours.length > 0) ?? []

export const dayNumber = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY)
export const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)
const weekdayOf = (day: number) => WEEKDAYS[(((day + 3) % 7) + 7) % 7] as (typeof WEEKDAYS)[number]

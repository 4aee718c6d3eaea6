import type { Words } from '#server/contract/vocabulary.ts'
import { WEEKDAYS, type YEAR_KNOWLEDGE } from '#server/domain/norm/calendar-file.ts'
import { type DayKind, dayKinds, dayNumber } from '#server/domain/norm/day-kinds.ts'
import type { Context } from '#server/trpc.ts'

export interface CalendarYear {
  id: string
  name: Words
  note: Words | null
  /** `decree`: moved days are entered; `law`: only what the law itself says; null = nobody looked at this year. */
  known: (typeof YEAR_KNOWLEDGE)[number] | null
  /** Minutes since midnight by weekday from Monday. */
  week: [number, number][][]
  /** Days that differ from their weekday. Days since 1970-01-01. */
  days: { day: number; why: NonNullable<DayKind['why']>; name: Words | null }[]
  working: number
}

/** Every calendar that the packs of the city count in, in one year. */
export function calendarYear({ norms }: Pick<Context, 'norms'>, year: number): CalendarYear[] {
  return norms.calendars.map((calendar) => {
    const kindOf = dayKinds(calendar)
    const days: CalendarYear['days'] = []
    let working = 0
    for (let day = dayNumber(`${year}-01-01`); day < dayNumber(`${year + 1}-01-01`); day++) {
      const { hours, why, name } = kindOf(day)
      if (hours.length > 0) working++
      if (why) days.push({ day, why, name })
    }
    return {
      ...{ id: calendar.id, name: calendar.name, note: calendar.note ?? null, days, working },
      known: calendar.years[String(year)] ?? null,
      week: WEEKDAYS.map((weekday) =>
        (calendar.week[weekday] ?? []).map(([from, to]): [number, number] => [from, to]),
      ),
    }
  })
}

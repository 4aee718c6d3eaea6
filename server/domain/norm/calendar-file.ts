import { z } from 'zod'
import { id, words } from '#server/contract/event-fields.ts'

const sentence = z.string().trim().min(1).max(1000).optional()
/** A text of some sentences in the city's languages. */
export const Sentences = z.strictObject({ kk: sentence, ru: sentence, en: sentence })

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
/** Minutes since local midnight; written as `09:00`, at most `24:00`. */
export const TimeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time of day such as "09:00"')
  .transform(minutesOf)
const hours = z
  .array(z.tuple([TimeOfDay, TimeOfDay]))
  .refine(
    (spans) =>
      spans.every(([from, to], index) => from < to && from >= (spans[index - 1]?.[1] ?? 0)),
    'hours open before they close, and follow each other',
  )
/** `05-09` is that day of every year. */
const DayOfYears = z
  .string()
  .regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'expected "05-09" or "2026-05-27"')

/** What is known about the moved days of a year: by a decree, or only what the law itself says. */
export const YEAR_KNOWLEDGE = ['decree', 'law'] as const

export const CalendarFile = z.strictObject({
  type: z.literal('calendar'),
  id,
  name: words,
  jurisdiction: z.string().min(1).max(40),
  /** Working hours of each weekday; lunch is the gap between two spans. A weekday that is not named is free. */
  week: z.partialRecord(z.enum(WEEKDAYS), hours),
  holidays: z.array(
    z.strictObject({
      day: DayOfYears,
      name: words,
      /** Falling on a free day of the week, it makes the next working day free. */
      substitute: z.boolean().default(false),
    }),
  ),
  /** A free day moved: `to` is free. `from` works, unless it is a holiday, which then has no substitute. */
  moved: z.array(z.strictObject({ from: z.iso.date(), to: z.iso.date() })),
  years: z.record(z.string().regex(/^\d{4}$/), z.enum(YEAR_KNOWLEDGE)),
  /** What stands behind it, and what does not. */
  note: Sentences.optional(),
})
export type CalendarFile = z.output<typeof CalendarFile>

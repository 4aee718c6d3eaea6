import type { Format } from '#web/lib/format.ts'

/** An instant as it was asked for: a day, or with its minute. */
export const saidAt = (format: Format, asked: string | undefined, instant: number): string =>
  asked?.includes('T') ? format.dateTime(instant) : format.date(instant)

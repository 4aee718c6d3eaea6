import { dayOfIso } from '#web/lib/city-time.ts'

/** First and last local day of a half-open period. */
export const daysOf = ({
  from,
  to,
}: {
  from: string
  to: string
}): [first: number, last: number] => [dayOfIso(from), dayOfIso(to) - 1]

/** A closing is judged when it is older than this. */
export const WINDOW_MS = 14 * 86_400_000

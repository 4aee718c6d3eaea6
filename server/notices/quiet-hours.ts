import type { LocalTime } from '#server/domain/local-time.ts'

const MINUTE = 60_000
const DAY_MINUTES = 1440

interface Hours {
  from: string
  to: string
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Half-open in the wall clock of the city: `from` is quiet, `to` is not. */
export function isQuiet({ from, to }: Hours, { hour, minute }: LocalTime): boolean {
  const at = hour * 60 + minute
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  return begin < end ? at >= begin && at < end : at >= begin || at < end
}

/**
 * The first minute after `now` that is not quiet; null where it is not quiet now. Looked for minute by minute on the city's clock,
 * so that a night with a change of the clock ends when the wall says so.
 */
export function quietUntil(
  hours: Hours | null,
  local: (instant: number) => LocalTime,
  now: number,
): number | null {
  if (!hours || !isQuiet(hours, local(now))) return null
  const start = Math.floor(now / MINUTE) * MINUTE
  // A day of 25 hours, and the hour that is put back.
  for (let minutes = 1; minutes <= DAY_MINUTES + 120; minutes++) {
    const at = start + minutes * MINUTE
    if (!isQuiet(hours, local(at))) return at
  }
  return start + DAY_MINUTES * MINUTE
}

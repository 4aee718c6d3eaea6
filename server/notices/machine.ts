/** What is known of one subject of a rule between two looks. */
export type Standing =
  | { state: 'quiet' }
  /** At or above the threshold since then, and not for long enough yet. */
  | { state: 'pending'; since: number }
  | { state: 'firing'; since: number; firedAt: number }

export const QUIET: Standing = { state: 'quiet' }

interface Thresholds {
  threshold: number
  recovery: number
  holdMinutes: number
}

const MINUTE = 60_000

/**
 * The next standing, from the one before and a value. Fires when the value was at or above the threshold at every look for
 * `holdMinutes`; is over only when the value is below `recovery`. A value that is not known changes nothing. A clock that was set
 * back never makes anything wait for a time that has passed already.
 */
export function step(
  { threshold, recovery, holdMinutes }: Thresholds,
  before: Standing,
  value: number | null,
  now: number,
): Standing {
  if (value === null) return before
  if (before.state === 'firing') return value < recovery ? QUIET : before
  if (value < threshold) return QUIET
  const since = before.state === 'pending' ? Math.min(before.since, now) : now
  return now - since >= holdMinutes * MINUTE
    ? { state: 'firing', since, firedAt: now }
    : { state: 'pending', since }
}

const DAY = 86_400_000
/** No dispatcher's register is older: an earlier instant is a broken clock or an empty field. */
const PLAUSIBLE_FROM = Date.UTC(1980, 0, 1)

/** What is wrong with the time of an event that was recorded then; a day is left for clocks that run ahead. */
export function strangeTime(
  occurredAt: number,
  recordedAt: number,
): 'future_time' | 'implausible_time' | null {
  if (occurredAt > recordedAt + DAY) return 'future_time'
  return occurredAt < PLAUSIBLE_FROM ? 'implausible_time' : null
}

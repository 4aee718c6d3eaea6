/** What the two clocks of a record say. */
export interface Clocks {
  occurredAt: number
  recordedAt: number
}

const AT_ONCE_MS = 60_000

/** Milliseconds from happening to being known; null when it was known at once. */
export function knownAfter({ occurredAt, recordedAt }: Clocks): number | null {
  const after = recordedAt - occurredAt
  return after < AT_ONCE_MS ? null : after
}

/** The instant at which everything was learned together though it happened over time: the record was loaded. null otherwise. */
export function loadedAt(events: readonly Clocks[]): number | null {
  if (events.length < 2) return null
  const recorded = events.map((event) => event.recordedAt)
  const occurred = events.map((event) => event.occurredAt)
  const [earliest, latest] = [Math.min(...recorded), Math.max(...recorded)]
  const together = latest - earliest < AT_ONCE_MS
  const overTime = Math.max(...occurred) - Math.min(...occurred) >= AT_ONCE_MS
  return together && overTime ? latest : null
}

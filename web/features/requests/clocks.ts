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

/** The instant at which everything was learned together after it had happened: the record was loaded. null otherwise. */
export function loadedAt(events: readonly Clocks[]): number | null {
  if (events.length < 2) return null
  const recorded = events.map((event) => event.recordedAt)
  const [earliest, latest] = [Math.min(...recorded), Math.max(...recorded)]
  const lastHappened = Math.max(...events.map((event) => event.occurredAt))
  return latest - earliest < AT_ONCE_MS && earliest - lastHappened >= AT_ONCE_MS ? latest : null
}

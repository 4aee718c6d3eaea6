/** How a request stands to its due time. Seconds. */
export type DueState =
  | { kind: 'none' }
  | { kind: 'left' | 'overdue'; seconds: number }
  | { kind: 'inTime' }
  | { kind: 'late'; seconds: number }

interface Times {
  dueAt: number | null
  closedAt: number | null
}

/** An open request is measured now, a closed one at its closing. Closing at the due time is in time. */
export function dueState({ dueAt, closedAt }: Times, now: number): DueState {
  if (dueAt === null) return { kind: 'none' }
  const beyond = Math.round(((closedAt ?? now) - dueAt) / 1000)
  if (closedAt !== null) return beyond > 0 ? { kind: 'late', seconds: beyond } : { kind: 'inTime' }
  return beyond > 0
    ? { kind: 'overdue', seconds: beyond }
    : { kind: 'left', seconds: Math.abs(beyond) }
}

import type { State } from '#server/contract/vocabulary.ts'
import type { Pause, PauseReason, RequestState, Told } from './request-state.ts'

const REASONS: Partial<Record<State, PauseReason>> = {
  deferred: 'deferred',
  awaiting_resident: 'awaiting_resident',
  awaiting_supplier: 'awaiting_supplier',
}

/** Ends and begins pauses as this event just changed what the request is doing. Put off again, it is the same pause. */
export function keepPauses(state: RequestState, before: State, event: Told): void {
  const running = state.pauses.at(-1)
  if (state.state === before) {
    if (running?.end === null && untilOf(event) !== null) running.until = untilOf(event)
    return
  }
  const at = Math.max(event.occurredAt, state.registeredAt)
  if (running?.end === null) running.end = at
  const reason = REASONS[state.state]
  if (reason && !event.timeUnknown)
    state.pauses.push({ reason, start: at, end: null, until: untilOf(event) })
}

const untilOf = (event: Told) => (event.type === 'request.deferred' ? (event.until ?? null) : null)

/** Milliseconds of the pauses that ended, and since when one runs. */
export function pausedFor(pauses: readonly Pause[]): { ended: number; since: number | null } {
  let ended = 0
  let since: number | null = null
  for (const { start, end } of pauses)
    if (end === null) since = start
    else ended += end - start
  return { ended, since }
}

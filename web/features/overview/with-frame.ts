import type { LiveFrame } from '#server/contract/live.ts'
import type { State } from './answers.ts'

/**
 * The newest counts of the city over the last answer, which is asked anew every few seconds: an event is on the tiles within
 * half a second. `day` is the local day of the frame; the inflow of yesterday is not touched by it.
 */
export function withFrame(state: State, frame: LiveFrame | null, day: number | null): State {
  if (!frame || frame.at < state.now) return state
  const more = frame.open - state.open.value
  return {
    ...state,
    open: {
      ...state.open,
      value: frame.open,
      sinceMidnight: state.open.sinceMidnight + more,
    },
    overdue: state.overdue && { ...state.overdue, value: frame.overdue },
    emergency: {
      ...state.emergency,
      value: frame.emergency,
      overdue: frame.emergencyOverdue,
      known: state.emergency.known || frame.emergency > 0,
    },
    inflow: day === state.today ? { ...state.inflow, total: frame.registeredToday } : state.inflow,
  }
}

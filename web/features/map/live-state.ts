import type { LiveFrame } from '#server/contract/live.ts'
import type { OpenByBuilding } from './rows.ts'

interface State extends OpenByBuilding {
  revision: number
  totals: Record<'open' | 'overdue' | 'emergency' | 'emergencyOverdue', number>
}

/**
 * The state after a frame, so that the map moves with the event and not with the next answer. A frame does not say which
 * emergencies are past their limit: those stay as they were, at most as many as are open.
 */
export function after<S extends State>(state: S, frame: LiveFrame): S {
  if (frame.kind === 'reset' || frame.topic !== 'city') return state
  if (frame.revision <= state.revision) return state
  const at = new Map(state.keys.map((key, i) => [key, i]))
  const keys = [...state.keys]
  const open = [...state.open]
  const overdue = [...state.overdue]
  const emergency = [...state.emergency]
  const emergencyOverdue = [...state.emergencyOverdue]
  for (const [key, ...counts] of frame.buildings) {
    const i = at.get(key) ?? keys.push(key) - 1
    ;[open[i], overdue[i], emergency[i]] = counts
    emergencyOverdue[i] = Math.min(emergencyOverdue[i] ?? 0, counts[1], counts[2])
  }
  // In the order of the server's next answer, so that an answer which says the same changes nothing.
  const order = keys.map((_, i) => i)
  if (keys.length > state.keys.length) order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
  const inOrder = (values: readonly number[]) => order.map((i) => values[i] ?? 0)
  return {
    ...state,
    revision: frame.revision,
    keys: inOrder(keys),
    open: inOrder(open),
    overdue: inOrder(overdue),
    emergency: inOrder(emergency),
    emergencyOverdue: inOrder(emergencyOverdue),
    totals: {
      open: frame.open,
      overdue: frame.overdue,
      emergency: frame.emergency,
      emergencyOverdue: frame.emergencyOverdue,
    },
  }
}

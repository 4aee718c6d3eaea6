import type { LiveFrame } from '#server/contract/live.ts'
import { merged } from './row-order.ts'
import { type OpenByBuilding, positionsOf } from './rows.ts'

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
  // Both ascend by key, as the server's next answer will: one that says the same changes nothing.
  const changes = frame.buildings.toSorted(([one], [other]) => one - other)
  const keys = keysWith(
    state.keys,
    changes.map(([key]) => key),
  )
  const same = keys === state.keys
  const columns = {
    open: same ? [...state.open] : new Array<number>(keys.length).fill(0),
    overdue: same ? [...state.overdue] : new Array<number>(keys.length).fill(0),
    emergency: same ? [...state.emergency] : new Array<number>(keys.length).fill(0),
    emergencyOverdue: same ? [...state.emergencyOverdue] : new Array<number>(keys.length).fill(0),
  }
  const places = positionsOf(keys)
  if (!same)
    for (const [i, key] of state.keys.entries()) {
      const at = places.get(key) ?? 0
      for (const name of COUNTS) columns[name][at] = state[name][i] ?? 0
    }
  for (const [key, open, overdue, emergency] of changes) {
    const at = places.get(key) ?? 0
    columns.open[at] = open
    columns.overdue[at] = overdue
    columns.emergency[at] = emergency
    const pastLimit = columns.emergencyOverdue[at] ?? 0
    columns.emergencyOverdue[at] = Math.min(pastLimit, overdue, emergency)
  }
  return {
    ...state,
    revision: frame.revision,
    ...{ keys, ...columns },
    totals: {
      open: frame.open,
      overdue: frame.overdue,
      emergency: frame.emergency,
      emergencyOverdue: frame.emergencyOverdue,
    },
  }
}

const COUNTS = ['open', 'overdue', 'emergency', 'emergencyOverdue'] as const

/** Two ascending lists as one; the first itself where the other adds nothing. */
function keysWith(keys: readonly number[], others: readonly number[]): readonly number[] {
  const known = positionsOf(keys)
  const fresh = others.filter((key) => !known.has(key))
  return fresh.length === 0 ? keys : merged(keys, fresh, (a, b) => a - b)
}

const COLUMNS = ['keys', 'open', 'overdue', 'emergency', 'emergencyOverdue'] as const

/** What is known already keeps its place, column by column, and as a whole where nothing differs but when it was said. */
export function sameState(known: unknown, said: unknown): unknown {
  if (!isState(known) || !isState(said)) return said
  const merged = { ...said }
  let same = JSON.stringify(rest(known)) === JSON.stringify(rest(said))
  for (const column of COLUMNS)
    if (isEqual(known[column], said[column])) merged[column] = known[column]
    else same = false
  return same ? known : merged
}

const isState = (value: unknown): value is State =>
  typeof value === 'object' && value !== null && 'keys' in value && 'totals' in value
function rest(state: State) {
  const { keys, open, overdue, emergency, emergencyOverdue, ...others } = state
  return others
}
const isEqual = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((value, i) => value === other[i])

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
  // Both ascend by key, as the server's next answer will: one that says the same changes nothing.
  const changes = frame.buildings.toSorted(([one], [other]) => one - other)
  const keys: number[] = []
  const open: number[] = []
  const overdue: number[] = []
  const emergency: number[] = []
  const emergencyOverdue: number[] = []
  let next = 0
  const add = (key: number, counts: readonly number[], pastLimit: number) => {
    keys.push(key)
    open.push(counts[0] ?? 0)
    overdue.push(counts[1] ?? 0)
    emergency.push(counts[2] ?? 0)
    emergencyOverdue.push(Math.min(pastLimit, counts[1] ?? 0, counts[2] ?? 0))
  }
  const addChangesBefore = (key: number) => {
    for (let change = changes[next]; change && change[0] < key; change = changes[++next])
      add(change[0], change.slice(1), 0)
  }
  state.keys.forEach((key, i) => {
    addChangesBefore(key)
    const change = changes[next]
    const pastLimit = state.emergencyOverdue[i] ?? 0
    if (change?.[0] === key) {
      next++
      add(key, change.slice(1), pastLimit)
    } else {
      keys.push(key)
      open.push(state.open[i] ?? 0)
      overdue.push(state.overdue[i] ?? 0)
      emergency.push(state.emergency[i] ?? 0)
      emergencyOverdue.push(pastLimit)
    }
  })
  addChangesBefore(Number.POSITIVE_INFINITY)
  return {
    ...state,
    revision: frame.revision,
    ...{ keys, open, overdue, emergency, emergencyOverdue },
    totals: {
      open: frame.open,
      overdue: frame.overdue,
      emergency: frame.emergency,
      emergencyOverdue: frame.emergencyOverdue,
    },
  }
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

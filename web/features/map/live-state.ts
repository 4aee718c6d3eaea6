import type { LiveFrame } from '#server/contract/live.ts'
import { type OpenByBuilding, placeIn } from './open-columns.ts'

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
  const { keys, at, grown } = placesFor(state.keys, changes)
  const pastLimit = grown(state.emergencyOverdue)
  const columns = {
    open: written(grown(state.open), at, (i) => changes[i]?.[1] ?? 0),
    overdue: written(grown(state.overdue), at, (i) => changes[i]?.[2] ?? 0),
    emergency: written(grown(state.emergency), at, (i) => changes[i]?.[3] ?? 0),
    emergencyOverdue: written(pastLimit, at, (i) => {
      const [, , overdue = 0, emergency = 0] = changes[i] ?? []
      return Math.min(pastLimit[at[i] ?? 0] ?? 0, overdue, emergency)
    }),
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

/** A column with other values at some places; the very same where they say what it says. */
function written(
  column: readonly number[],
  at: readonly number[],
  told: (i: number) => number,
): readonly number[] {
  if (at.every((place, i) => column[place] === told(i))) return column
  const copy = [...column]
  for (const [i, place] of at.entries()) copy[place] = told(i)
  return copy
}

/** Where changes stand among ascending keys, to which those that are new are added; the keys themselves where none is. */
function placesFor(
  known: readonly number[],
  changes: readonly (readonly [number, ...unknown[]])[],
) {
  const at: number[] = []
  const fresh: number[] = []
  let from = 0
  for (const [key] of changes) {
    from = placeIn(known, key, from)
    at.push(from + fresh.length)
    if (known[from] !== key) fresh.push(from)
  }
  if (fresh.length === 0) return { keys: known, at, grown: same }
  const grown = (column: readonly number[]) => {
    const wider: number[] = []
    let next = 0
    for (const end of fresh) {
      for (; next < end; next++) wider.push(column[next] as number)
      wider.push(0)
    }
    for (; next < column.length; next++) wider.push(column[next] as number)
    return wider
  }
  const keys = grown(known)
  for (const [i, [key]] of changes.entries()) keys[at[i] as number] = key
  return { keys, at, grown }
}

const same = (column: readonly number[]) => column

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
  one === other || (one.length === other.length && one.every((value, i) => value === other[i]))

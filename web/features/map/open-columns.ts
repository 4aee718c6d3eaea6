import type { BuildingState } from '#web/map/layers.ts'

/** Columns of the procedure map.state, by ascending key. */
export interface OpenByBuilding {
  keys: readonly number[]
  open: readonly number[]
  overdue: readonly number[]
  emergency: readonly number[]
  emergencyOverdue: readonly number[]
}
export type Counts = Pick<BuildingState, 'open' | 'overdue' | 'emergency' | 'emergencyOverdue'>

/** The first place of an ascending list, from one on, whose key is not smaller. */
export function placeIn(keys: readonly number[], key: number, from = 0): number {
  let [low, high] = [from, keys.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] as number) < key) low = middle + 1
    else high = middle
  }
  return low
}

/** −1 where nothing is open. */
export function positionOf({ keys }: OpenByBuilding, key: number): number {
  const at = placeIn(keys, key)
  return keys[at] === key ? at : -1
}

export const countsAt = (columns: OpenByBuilding, at: number): Counts => ({
  open: columns.open[at] ?? 0,
  overdue: columns.overdue[at] ?? 0,
  emergency: columns.emergency[at] ?? 0,
  emergencyOverdue: columns.emergencyOverdue[at] ?? 0,
})

export const saysSame = (columns: OpenByBuilding, at: number, row: Counts): boolean =>
  row.open === (columns.open[at] ?? 0) &&
  row.overdue === (columns.overdue[at] ?? 0) &&
  row.emergency === (columns.emergency[at] ?? 0) &&
  row.emergencyOverdue === (columns.emergencyOverdue[at] ?? 0)

/** Keys of the buildings of which one says something else than the other; neither is searched, they are walked side by side. */
export function changedKeys(one: OpenByBuilding, other: OpenByBuilding): number[] {
  const changed: number[] = []
  let [i, j] = [0, 0]
  while (i < one.keys.length && j < other.keys.length) {
    const key = one.keys[i] as number
    const next = other.keys[j] as number
    if (key === next) {
      if (
        one.open[i] !== other.open[j] ||
        one.overdue[i] !== other.overdue[j] ||
        one.emergency[i] !== other.emergency[j] ||
        one.emergencyOverdue[i] !== other.emergencyOverdue[j]
      )
        changed.push(key)
      i++
      j++
    } else if (key < next) {
      changed.push(key)
      i++
    } else {
      changed.push(next)
      j++
    }
  }
  for (; i < one.keys.length; i++) changed.push(one.keys[i] as number)
  for (; j < other.keys.length; j++) changed.push(other.keys[j] as number)
  return changed
}

import type { Deviation } from '#server/contract/geometry.ts'
import type { Scale } from '#web/map/layers.ts'
import type { MapRow, Place } from './rows.ts'

const DISTANCE: Record<Deviation, number> = { much: 4, more: 3, slightly: 2, less: 1, usual: 0 }

/** Largest first, and equals by address. */
export const inOrderOf = (scale: Scale) => (a: MapRow, b: MapRow) =>
  (scale === 'deviation' || scale === 'change'
    ? DISTANCE[b.deviation] - DISTANCE[a.deviation] || excess(b) - excess(a)
    : scale === 'silence'
      ? excess(b) - excess(a)
      : scale === 'difference' || scale === 'rateDifference'
        ? b.difference - a.difference
        : scale === 'emergency'
          ? b.position - a.position || b.amount - a.amount
          : b.amount - a.amount) ||
  b.open - a.open ||
  byAddress(a, b)

const excess = ({ week }: MapRow) => (week ? Math.abs(week.observed - week.expected) : 0)

/** As a person reads it: numbers by their size. */
function byAddress(a: Place, b: Place) {
  const [first, second] = [sortedOf(a), sortedOf(b)]
  return first < second ? -1 : first > second ? 1 : a.key - b.key
}
/** By key, which is quicker than by the text. */
const sorted: ({ address: string; text: string } | undefined)[] = []
/** Prepared only for those that are compared: a hundred thousand addresses are not read for a list of thousands. */
function sortedOf({ key, address }: Place): string {
  const known = sorted[key]
  if (known?.address === address) return known.text
  const text = address.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'))
  sorted[key] = { address, text }
  return text
}

/** Two lists of one order as one. */
export function merged<T>(
  one: readonly T[],
  other: readonly T[],
  order: (a: T, b: T) => number,
): T[] {
  const all: T[] = []
  let at = 0
  for (const item of one) {
    for (let next = other[at]; next !== undefined && order(next, item) < 0; next = other[at]) {
      all.push(next)
      at++
    }
    all.push(item)
  }
  for (; at < other.length; at++) all.push(other[at] as T)
  return all
}

import type { Deviation } from '#server/contract/geometry.ts'
import type { Scale } from '#web/map/layers.ts'
import type { MapRow } from './map-row.ts'
import type { Place } from './places.ts'

const DISTANCE: Record<Deviation, number> = { much: 4, more: 3, slightly: 2, less: 1, usual: 0 }

type Order = (a: MapRow, b: MapRow) => number

const byAmount: Order = (a, b) => b.amount - a.amount || byOpen(a, b)
const byDifference: Order = (a, b) => b.difference - a.difference || byOpen(a, b)
const byEmergency: Order = (a, b) => b.position - a.position || byAmount(a, b)
const byExcess: Order = (a, b) => excess(b) - excess(a) || byOpen(a, b)
const byDeviation: Order = (a, b) => DISTANCE[b.deviation] - DISTANCE[a.deviation] || byExcess(a, b)
const byOpen: Order = (a, b) => b.open - a.open || byAddress(a, b)

/** Largest first, and equals by address. */
export function inOrderOf(scale: Scale): Order {
  switch (scale) {
    case 'deviation':
    case 'change':
      return byDeviation
    case 'silence':
      return byExcess
    case 'difference':
    case 'rateDifference':
      return byDifference
    case 'emergency':
      return byEmergency
    default:
      return byAmount
  }
}

const excess = ({ week }: MapRow) => (week ? Math.abs(week.observed - week.expected) : 0)

/** As a person reads it: numbers by their size. */
function byAddress(a: Place, b: Place) {
  const [first, second] = [sortedOf(a), sortedOf(b)]
  return first < second ? -1 : first > second ? 1 : a.key - b.key
}
/** By position, which is quicker than by the text. */
const sorted: ({ address: string; text: string } | undefined)[] = []
/** Prepared only for those that are compared: a hundred thousand addresses are not read for a list of thousands. */
function sortedOf({ at, address }: Place): string {
  const known = sorted[at]
  if (known?.address === address) return known.text
  const text = address.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'))
  sorted[at] = { address, text }
  return text
}

/** Two lists of one order as one; the other is mostly the shorter, and what lies between two of its items is not compared. */
export function merged<T>(
  one: readonly T[],
  other: readonly T[],
  order: (a: T, b: T) => number,
): T[] {
  const all: T[] = []
  let at = 0
  for (const item of other) {
    for (const end = placeOf(one, item, at, order); at < end; at++) all.push(one[at] as T)
    all.push(item)
  }
  for (; at < one.length; at++) all.push(one[at] as T)
  return all
}

/** The first place from one on whose item comes after this; near ones are looked at first. */
function placeOf<T>(
  list: readonly T[],
  item: T,
  from: number,
  order: (a: T, b: T) => number,
): number {
  let low = from
  for (let step = 1; low + step <= list.length; step *= 2) {
    if (order(item, list[low + step - 1] as T) < 0) {
      let high = low + step - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (order(item, list[middle] as T) < 0) high = middle
        else low = middle + 1
      }
      return low
    }
    low += step
  }
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (order(item, list[middle] as T) < 0) high = middle
    else low = middle + 1
  }
  return low
}

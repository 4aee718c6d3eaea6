import type { Told } from '#web/map/hexagons.ts'
import type { Scale } from '#web/map/layers.ts'
import type { MapRow, Place } from './rows.ts'

/** The full shade of a hexagon is the last class of a building: so many per 100 apartments. */
const FULL = { intensity: 4, rateDifference: 2 } as const

/** Rates do not add up: a hexagon tells requests over the apartments of all its buildings. */
export function toldOf(scale: Scale, listed: readonly MapRow[], within: readonly Place[]): Told {
  const values = new Map<number, number>()
  for (const row of listed) values.set(row.key, addedOf(scale, row))
  if (scale !== 'intensity' && scale !== 'rateDifference') return { values }
  const hundreds = within.flatMap(({ key, apartments }) =>
    apartments ? [[key, apartments / 100] as const] : [],
  )
  return { values, per: { hundreds: new Map(hundreds), full: FULL[scale] } }
}

/** What a building adds to its hexagon: of judged ones, those above less those below. */
const addedOf = (scale: Scale, { amount, open, deviation, difference, apartments }: MapRow) => {
  switch (scale) {
    case 'intensity':
      return open
    case 'change':
    case 'deviation':
      return deviation === 'less' ? -1 : 1
    case 'difference':
      return difference
    case 'rateDifference':
      return (difference * (apartments ?? 0)) / 100
    default:
      return amount
  }
}

/** Open requests per 100 apartments, over the rows whose apartments are known; null where none are. */
export function rateOf(rows: Iterable<MapRow>): number | null {
  let [open, apartments] = [0, 0]
  for (const row of rows)
    if (row.apartments) {
      open += row.open
      apartments += row.apartments
    }
  return apartments === 0 ? null : (100 * open) / apartments
}

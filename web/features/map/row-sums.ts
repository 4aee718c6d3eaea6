import type { Told } from '#web/map/hexagons.ts'
import type { Scale } from '#web/map/layers.ts'
import type { MapRow } from './map-row.ts'
import type { Place, Places } from './places.ts'

/** The full shade of a hexagon is the last class of a building: so many per 100 apartments. */
const FULL = { intensity: 4, rateDifference: 2 } as const

/** Rates do not add up: a hexagon tells requests over the apartments of all its buildings. Nothing is summed while no hexagon is drawn. */
export function toldOf(
  scale: Scale,
  listed: readonly MapRow[],
  { keys }: Places,
  within: readonly Place[],
): Told {
  const values = () => {
    const column = new Float64Array(keys.length)
    for (const row of listed) column[row.at] = addedOf(scale, row)
    return column
  }
  if (scale !== 'intensity' && scale !== 'rateDifference') return { keys, values }
  const hundreds = () => {
    const column = new Float64Array(keys.length)
    for (const { at, apartments } of within) column[at] = (apartments ?? 0) / 100
    return column
  }
  return { keys, values, per: { hundreds, full: FULL[scale] } }
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

/** Open requests per 100 apartments, over the buildings whose apartments are known; null where none are. By intensity all that have requests are listed. */
export function rateOf(listed: readonly MapRow[], within: readonly Place[]): number | null {
  let [open, apartments] = [0, 0]
  for (const row of listed) open += row.open
  for (const place of within) apartments += place.apartments ?? 0
  return apartments === 0 ? null : (100 * open) / apartments
}

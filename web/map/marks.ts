import type { Cell } from './cells.ts'
import { type Features, feature } from './geometry.ts'

/** Points with an id and what is to be drawn at them. */
export const placed = <P extends { id: number; lon: number; lat: number }>(
  all: readonly P[],
  properties: (place: P) => Record<string, unknown>,
): Features<unknown> => ({
  type: 'FeatureCollection',
  features: all.map((place) =>
    feature(place.id, { type: 'Point', coordinates: [place.lon, place.lat] }, properties(place)),
  ),
})

/** Area says how many; a cell of few stays lighter, so that the many are found first. */
export function cellFeatures(cells: readonly Cell[]) {
  const most = cells.reduce((max, cell) => Math.max(max, cell.sum), 1)
  return placed(
    cells.map((cell, id) => ({ ...cell, id })),
    ({ sum, buildings }) => {
      const share = Math.sqrt(sum / most)
      return { sum, buildings, radius: 1.5 + 12 * share, opacity: 0.55 + 0.4 * share }
    },
  )
}

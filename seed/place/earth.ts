import type { Line, Point, Ring } from './geometry.ts'

/** Open steppe: no real city lies here. */
export const CENTRE: [lon: number, lat: number] = [68.2134, 49.2271]
const METRES_PER_DEGREE_LAT = 111_240
/** 111,320 m at the equator times the cosine of the centre's latitude. */
const METRES_PER_DEGREE_LON = 72_704

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Six decimals, some ten centimetres: enough for outlines, and the same on every machine. */
export const lonLat = ([x, y]: Point): [number, number] => [
  rounded(CENTRE[0] + x / METRES_PER_DEGREE_LON),
  rounded(CENTRE[1] + y / METRES_PER_DEGREE_LAT),
]

export const lineOnEarth = (line: Line): [number, number][] => line.map(lonLat)

/** Closed, as GeoJSON wants it; outer rings counter-clockwise, holes clockwise. */
export function ringOnEarth(ring: Ring, hole = false): [number, number][] {
  let twice = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Point
    twice += a[0] * b[1] - b[0] * a[1]
  })
  const turned = twice > 0 === hole ? [...ring].reverse() : ring
  const points = lineOnEarth(turned)
  const [first] = points
  return first ? [...points, first] : points
}

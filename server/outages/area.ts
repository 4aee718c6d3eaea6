import type { Place } from '#server/outages/places.ts'

type Point = [lon: number, lat: number]

const KM_OF_DEGREE = 111.195
/** Room around the houses, so that one house has an area too. */
const ROOM_KM = 0.06
const CORNERS = 8

/** The convex outline of houses with some room, closed; null where no house has a position. */
export function outlineOf(places: readonly Pick<Place, 'lon' | 'lat'>[]): Point[] | null {
  const around = places.flatMap(({ lon, lat }) => {
    const narrowing = Math.cos((lat * Math.PI) / 180)
    return Array.from({ length: CORNERS }, (_, i): Point => {
      const angle = (2 * Math.PI * i) / CORNERS
      return [
        lon + (Math.cos(angle) * ROOM_KM) / (KM_OF_DEGREE * narrowing),
        lat + (Math.sin(angle) * ROOM_KM) / KM_OF_DEGREE,
      ]
    })
  })
  return around.length === 0 ? null : hull(around)
}

/** Andrew's monotone chain, counter-clockwise, the first point again at the end. */
function hull(points: Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const chain = (all: readonly Point[]) => {
    const half: Point[] = []
    for (const point of all) {
      while (half.length > 1 && turn(half.at(-2), half.at(-1), point) <= 0) half.pop()
      half.push(point)
    }
    return half.slice(0, -1)
  }
  const ring = [...chain(sorted), ...chain(sorted.toReversed())]
  const [first] = ring
  return first ? [...ring, first] : ring
}

const turn = (a: Point | undefined, b: Point | undefined, c: Point) =>
  a && b ? (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) : 0

/** Whether a convex ring, counter-clockwise, holds a point. */
export const isWithin = (ring: readonly Point[], { lon, lat }: Pick<Place, 'lon' | 'lat'>) =>
  ring.every((a, i) => i === ring.length - 1 || turn(a, ring[i + 1], [lon, lat]) >= 0)

import { distance } from '#server/domain/distance.ts'
import { holds } from '#server/domain/footprint.ts'
import type { Fault, Position } from './fields.ts'

export type Ring = [lon: number, lat: number][]

/** Where outlines of the city can lie. */
export interface Around {
  centre: Position
  /** Metres. */
  within: number
}

const MOST_CORNERS = 5000
const MOST_RINGS = 64
/** Square metres: less is a line, or a mistake of drawing. */
const LEAST_AREA = 1
const METRES_OF_DEGREE = 111_195
/** A centimetre. */
const DIGITS = 1e7

/** The rings of a geometry, outer ones before their holes; or what is wrong with it, in words for whoever made the file. */
export function shapeOf(geometry: unknown, around: Around): { rings: Ring[] } | { fault: Fault } {
  const faulty = (reason: string, value: unknown = '', column = 'geometry') => ({
    fault: {
      column,
      reason,
      value: (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 300),
    },
  })
  if (typeof geometry !== 'object' || geometry === null) return faulty('is missing')
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown }
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return faulty('is neither a Polygon nor a MultiPolygon', type, 'geometry.type')
  const polygons = type === 'Polygon' ? [coordinates] : coordinates
  if (!Array.isArray(polygons) || polygons.length === 0) return faulty('has no rings')
  // Before any is looked at closely.
  const many = polygons.reduce((sum, one) => sum + (Array.isArray(one) ? one.length : 0), 0)
  if (many > MOST_RINGS) return faulty(`has more than ${MOST_RINGS} rings`, String(many))
  const rings: Ring[] = []
  const outers: Ring[] = []
  for (const polygon of polygons) {
    if (!Array.isArray(polygon) || polygon.length === 0) return faulty('has no rings')
    const own: Ring[] = []
    for (const given of polygon) {
      if (!Array.isArray(given)) return faulty('has a ring that is no list of positions', given)
      const wrong = given.find((position) => !isPosition(position))
      if (wrong !== undefined) return faulty('has a position that is not two finite numbers', wrong)
      if (given.length < 4) return faulty('has a ring of fewer than four positions', given)
      if (given.length > MOST_CORNERS)
        return faulty(`has a ring of more than ${MOST_CORNERS} positions`, String(given.length))
      const [first, last] = [given[0], given.at(-1)]
      if (first[0] !== last[0] || first[1] !== last[1])
        return faulty('has a ring that is not closed: its last position is not its first', [
          first,
          last,
        ])
      const away = awayFrom(given, around)
      if (away) return faulty(away, first)
      const ring = tidy(given)
      const crossing = crossingOf(ring)
      if (crossing) return faulty('has a ring that crosses itself', crossing)
      if (areaOf(ring) < LEAST_AREA) return faulty('has a ring that encloses no area', first)
      own.push(ring)
    }
    const [outer, ...holes] = own
    if (!outer) return faulty('has no rings')
    for (const [corner] of holes)
      if (corner && !holds(outer, corner))
        return faulty('has a hole outside its outer ring', corner)
    const [corner] = outer
    if (corner && outers.some((other) => holds(other, corner)))
      return faulty('has one part inside another', corner)
    outers.push(outer)
    rings.push(...own)
  }
  return { rings }
}

const isPosition = (position: unknown): position is [number, number] =>
  Array.isArray(position) &&
  position.length >= 2 &&
  Number.isFinite(position[0]) &&
  Number.isFinite(position[1])

/** Why a ring cannot be of this city; null where it can. */
function awayFrom(ring: readonly [number, number][], { centre, within }: Around): string | null {
  const [[x, y] = [0, 0]] = ring
  const near = (lon: number, lat: number) =>
    Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && distance([lon, lat], centre) <= within
  if (near(x, y))
    return ring.every(([lon, lat]) => near(lon, lat)) ? null : 'reaches out of the city'
  if (near(y, x)) return 'has latitude before longitude; GeoJSON wants [longitude, latitude]'
  if (Math.abs(x) > 180 || Math.abs(y) > 90)
    return 'is not in degrees; reproject the file to WGS 84 (EPSG:4326)'
  const away = Math.round(distance([x, y], centre) / 1000)
  return `lies outside the city, ${away} km from its centre`
}

/** Rounded to a centimetre, without heights and without positions that repeat the one before. */
function tidy(ring: readonly (readonly number[])[]): Ring {
  const round = (degrees = 0) => Math.round(degrees * DIGITS) / DIGITS
  const tidied: Ring = []
  for (const [lon, lat] of ring) {
    const corner: [number, number] = [round(lon), round(lat)]
    const last = tidied.at(-1)
    if (!last || last[0] !== corner[0] || last[1] !== corner[1]) tidied.push(corner)
  }
  return tidied
}

/** Square metres, near enough for a house. */
export function areaOf(ring: Ring): number {
  const [origin = [0, 0]] = ring
  const shrink = Math.cos((origin[1] * Math.PI) / 180)
  let twice = 0
  ring.forEach(([lon, lat], i) => {
    const [ax, ay] = ring[i - 1] ?? origin
    twice += (ax - origin[0]) * (lat - origin[1]) - (lon - origin[0]) * (ay - origin[1])
  })
  return (Math.abs(twice) / 2) * shrink * METRES_OF_DEGREE ** 2
}

/** Where two sides of a ring cross; null where none do. Sides are swept from west to east: many corners cost little. */
function crossingOf(ring: Ring): [number, number] | null {
  const sides = ring.slice(1).map((b, i) => {
    const a = ring[i] ?? b
    return { i, a, b, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) }
  })
  sides.sort((one, other) => one.west - other.west)
  let open: typeof sides = []
  for (const side of sides) {
    open = open.filter(({ east }) => east >= side.west)
    for (const other of open) if (cross(side.a, side.b, other.a, other.b)) return side.a
    open.push(side)
  }
  return null
}

type Corner = readonly [number, number]
const turn = (a: Corner, b: Corner, c: Corner) =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
/** Properly: sides that only touch do not cross. */
const cross = (a: Corner, b: Corner, c: Corner, d: Corner) =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0

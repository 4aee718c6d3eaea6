import type { Building, Registry } from '#server/domain/registry.ts'

const METRES_PER_DEGREE = 111_320
/** A person stands beside the house, not in it. */
const NEAR_METRES = 30

/** The building that contains the point, else the nearest within thirty metres of its walls; undefined where none is so near. */
export function buildingAt(registry: Registry, lon: number, lat: number): Building | undefined {
  const metresEast = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  const near = 0.01
  let nearest: Building | undefined
  let least = NEAR_METRES
  for (const building of registry.buildings()) {
    if (building.gone || building.lon === null || building.lat === null) continue
    if (Math.abs(building.lon - lon) > near * 2 || Math.abs(building.lat - lat) > near) continue
    const rings = building.outline ?? []
    if (rings.length > 0 && contains(rings, lon, lat)) return building
    const points = rings.length > 0 ? rings : [[[building.lon, building.lat] as [number, number]]]
    const distance = Math.min(
      ...points.map((ring) => distanceTo(ring, { lon, lat, east: metresEast })),
    )
    if (distance <= least) {
      least = distance
      nearest = building
    }
  }
  return nearest
}

/** Even and odd: a point in a courtyard is in no building. */
function contains(rings: readonly (readonly [number, number])[][], lon: number, lat: number) {
  let inside = false
  for (const ring of rings)
    for (const [index, [x, y]] of ring.entries()) {
      const [px, py] = ring[(index + ring.length - 1) % ring.length] ?? [x, y]
      if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside
    }
  return inside
}

/** Metres from a point to the nearest wall. */
function distanceTo(
  ring: readonly (readonly [number, number])[],
  { lon, lat, east }: { lon: number; lat: number; east: number },
) {
  let least = Number.POSITIVE_INFINITY
  for (const [index, [x, y]] of ring.entries()) {
    const [px, py] = ring[Math.max(0, index - 1)] ?? [x, y]
    const [ax, ay] = [(px - lon) * east, (py - lat) * METRES_PER_DEGREE]
    const [bx, by] = [(x - lon) * east, (y - lat) * METRES_PER_DEGREE]
    const length = (bx - ax) ** 2 + (by - ay) ** 2
    const along = length === 0 ? 0 : -(ax * (bx - ax) + ay * (by - ay)) / length
    const t = Math.min(1, Math.max(0, along))
    least = Math.min(least, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)))
  }
  return least
}

type Point = readonly [lon: number, lat: number]

const RADIUS = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres between two points on the sphere (haversine). */
export function distance([lon1, lat1]: Point, [lon2, lat2]: Point): number {
  const half = (a: number, b: number) => Math.sin(radians(b - a) / 2) ** 2
  const h = half(lat1, lat2) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(lon1, lon2)
  return 2 * RADIUS * Math.asin(Math.sqrt(h))
}

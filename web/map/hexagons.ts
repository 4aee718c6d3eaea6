import { type City, type Features, feature } from './geometry.ts'

/** Width of a hexagon in pixels at the zoom it is made for. */
const WIDTH = 26
/** Where buildings would stand closer than this, in pixels, hexagons stand for them. */
const APART = 4
const TILE = 512

/** Hexagons of one whole zoom level, wherever buildings stand; the id of each is its position. */
export interface Hexagons {
  level: number
  features: Features<unknown>
  /** Buildings in each. */
  buildings: Int32Array
  /** Position of the hexagon of each building of the city, in the order of its columns. */
  of: Int32Array
}

const mercatorX = (lon: number) => lon / 360 + 0.5
const mercatorY = (lat: number) => {
  const sine = Math.sin((lat * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}
const lonOf = (x: number) => (x - 0.5) * 360
const latOf = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI

/** Below this zoom buildings are too close to be told apart; a city of seven thousand fits a desk whole before that. */
export function hexagonsBelow({ bounds, keys }: Pick<City, 'bounds' | 'keys'>): number {
  if (!bounds || keys.length === 0) return 0
  const [west, south, east, north] = bounds
  const area = (mercatorX(east) - mercatorX(west)) * (mercatorY(south) - mercatorY(north))
  if (area <= 0) return 0
  return Math.max(0, Math.log2(APART / Math.sqrt(area / keys.length) / TILE))
}

/** The grid lies on the world, not on the picture: a place has its hexagon wherever the map stands. */
export function hexagonsOf(city: City, level: number): Hexagons {
  const width = WIDTH / (TILE * 2 ** level)
  const radius = width / Math.sqrt(3)
  const positions = new Map<string, number>()
  const centres: [number, number][] = []
  const counts: number[] = []
  const of = Int32Array.from(city.keys, (_, i) => {
    const [q, r] = axial(mercatorX(city.lon[i] ?? 0), mercatorY(city.lat[i] ?? 0), radius)
    const name = `${q}:${r}`
    let position = positions.get(name)
    if (position === undefined) {
      position = centres.push([width * (q + r / 2), 1.5 * radius * r]) - 1
      positions.set(name, position)
    }
    counts[position] = (counts[position] ?? 0) + 1
    return position
  })
  return {
    level,
    of,
    buildings: Int32Array.from(counts),
    features: {
      type: 'FeatureCollection',
      features: centres.map(([x, y], position) =>
        feature(position, { type: 'Polygon', coordinates: [ringAround(x, y, radius)] }),
      ),
    },
  }
}

/** What hexagons tell. */
export interface Told {
  /** By building key; negative where there is less than before. A rate's are what it is a rate of. */
  values: ReadonlyMap<number, number>
  /** Of a rate: what each building is counted in, and the rate that has the full shade. */
  per?: { hundreds: ReadonlyMap<number, number>; full: number }
}

/** Signed sums of a measure; buildings without a value fall out, and the sum of all hexagons is the sum of all values. */
export function sumsOf(
  { of, buildings }: Hexagons,
  city: Pick<City, 'at'>,
  values: ReadonlyMap<number, number>,
): Float64Array {
  const sums = new Float64Array(buildings.length)
  for (const [key, value] of values) {
    const i = city.at.get(key)
    const position = i === undefined ? undefined : of[i]
    if (position !== undefined) sums[position] = (sums[position] ?? 0) + value
  }
  return sums
}

/** Sums, or for a rate the sum over the sum of what it is counted in: rates do not add up. Where nothing is counted there is no rate, 0. */
export function toldBy(hexagons: Hexagons, city: Pick<City, 'at'>, { values, per }: Told) {
  const sums = sumsOf(hexagons, city, values)
  if (!per) return sums
  const counted = sumsOf(hexagons, city, per.hundreds)
  return sums.map((sum, position) => {
    const hundreds = counted[position] ?? 0
    return hundreds > 0 ? sum / hundreds : 0
  })
}

/** From -1, least, to 1, most, in steps of a fiftieth: a sum that moves by one does not repaint the city. What is not zero is seen. */
export function shadesOf(told: Float64Array, full?: number): number[] {
  const most = full ?? told.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  return Array.from(told, (value) => {
    if (value === 0 || most === 0) return 0
    const shade = Math.min(1, Math.round(50 * Math.sqrt(Math.abs(value) / most)) / 50)
    return Math.sign(value) * Math.max(0.02, shade)
  })
}

/** Column and row of the hexagon around a point, by rounding in three axes whose sum is zero. */
function axial(x: number, y: number, radius: number): [number, number] {
  const r = ((2 / 3) * y) / radius
  const q = ((Math.sqrt(3) / 3) * x - y / 3) / radius
  const s = -q - r
  let [rq, rr] = [Math.round(q), Math.round(r)]
  const rs = Math.round(s)
  const [dq, dr, ds] = [Math.abs(rq - q), Math.abs(rr - r), Math.abs(rs - s)]
  if (dq > dr && dq > ds) rq = -rr - rs
  else if (dr > ds) rr = -rq - rs
  return [rq, rr]
}

function ringAround(x: number, y: number, radius: number): [number, number][] {
  const corners = Array.from({ length: 6 }, (_, i): [number, number] => {
    const angle = (Math.PI / 180) * (60 * i - 30)
    return [lonOf(x + radius * Math.cos(angle)), latOf(y + radius * Math.sin(angle))]
  })
  const [first] = corners
  return first ? [...corners, first] : corners
}

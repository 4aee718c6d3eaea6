import { type City, type Features, feature } from './geometry.ts'
import { shadeOf } from './hexagon-scale.ts'

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
  /** The same in the order of others' keys, for as long as they stand; −1 where a building has no place. */
  among: WeakMap<readonly number[], Int32Array>
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
    among: new WeakMap(),
    buildings: Int32Array.from(counts),
    features: {
      type: 'FeatureCollection',
      features: centres.map(([x, y], position) =>
        feature(position, { type: 'Polygon', coordinates: [ringAround(x, y, radius)] }),
      ),
    },
  }
}

/** What hexagons tell: columns beside the keys of buildings, made when they are drawn. */
export interface Told {
  keys: readonly number[]
  /** Negative where there is less than before. A rate's are what it is a rate of. */
  values: () => Float64Array
  /** Of a rate: what each building is counted in, and the rate that has the full shade. */
  per?: { hundreds: () => Float64Array; full: number }
}

/** Signed sums of a measure; buildings without a value fall out, and the sum of all hexagons is the sum of all values. */
export function sumsOf(
  hexagons: Hexagons,
  city: Pick<City, 'at'>,
  { keys, values }: Pick<Told, 'keys' | 'values'>,
): Float64Array {
  const of = hexagons.among.get(keys) ?? placedAmong(hexagons, city, keys)
  const column = values()
  const sums = new Float64Array(hexagons.buildings.length)
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    const position = of[i] as number
    if (value !== 0 && position >= 0) sums[position] = (sums[position] as number) + value
  }
  return sums
}

function placedAmong(hexagons: Hexagons, city: Pick<City, 'at'>, keys: readonly number[]) {
  const of = Int32Array.from(keys, (key) => {
    const i = city.at.get(key)
    return i === undefined ? -1 : (hexagons.of[i] ?? -1)
  })
  hexagons.among.set(keys, of)
  return of
}

/** Sums, or for a rate the sum over the sum of what it is counted in: rates do not add up. Where nothing is counted there is no rate, 0. */
export function toldBy(hexagons: Hexagons, city: Pick<City, 'at'>, { keys, values, per }: Told) {
  const sums = sumsOf(hexagons, city, { keys, values })
  if (!per) return sums
  const counted = sumsOf(hexagons, city, { keys, values: per.hundreds })
  return sums.map((sum, position) => {
    const hundreds = counted[position] ?? 0
    return hundreds > 0 ? sum / hundreds : 0
  })
}

/** From -1, least, to 1, most, in steps of a fiftieth: a sum that moves by one does not repaint the city. What is not zero is seen. */
export const shadesOf = (told: Float64Array, most = mostOf(told)): Float64Array =>
  told.map((value) =>
    value === 0 || most === 0 ? 0 : Math.sign(value) * Math.max(0.02, shadeOf(value, most)),
  )

/** The largest without its sign. */
export function mostOf(told: Float64Array): number {
  let most = 0
  for (const value of told) most = Math.max(most, Math.abs(value))
  return most
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

import type { City } from './geometry.ts'

/** Side of a cell in pixels at the zoom it is made for. */
const CELL = 24

/** One square of a grid, standing where the weight of its buildings lies. */
export interface Cell {
  lon: number
  lat: number
  /** Sum of the measure over its buildings. */
  sum: number
  buildings: number
}

const mercatorX = (lon: number) => (lon + 180) / 360
const mercatorY = (lat: number) => {
  const sine = Math.sin((lat * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

/**
 * Sums of a measure over a grid of a whole zoom level, so that forty thousand points are read as a few hundred numbers.
 * Buildings without a value fall out; the sum of all cells is the sum of all values.
 */
export function cellsOf(city: City, values: ReadonlyMap<number, number>, zoom: number): Cell[] {
  const size = CELL / (512 * 2 ** Math.floor(zoom))
  const cells = new Map<string, Cell>()
  for (const [key, value] of values) {
    const i = city.at.get(key)
    if (i === undefined || value <= 0) continue
    const lon = city.lon[i] ?? 0
    const lat = city.lat[i] ?? 0
    const id = `${Math.floor(mercatorX(lon) / size)}:${Math.floor(mercatorY(lat) / size)}`
    const cell = cells.get(id) ?? { lon: 0, lat: 0, sum: 0, buildings: 0 }
    const sum = cell.sum + value
    cell.lon += ((lon - cell.lon) * value) / sum
    cell.lat += ((lat - cell.lat) * value) / sum
    cell.sum = sum
    cell.buildings++
    cells.set(id, cell)
  }
  return [...cells.values()]
}

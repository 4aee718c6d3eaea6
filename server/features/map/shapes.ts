import { partsOf } from '#server/domain/footprint.ts'
import type { Registry } from '#server/domain/registry.ts'
import { centreOf, isOutlined, present } from './places.ts'

/** A building in the square of the web mercator projection, y to the south. */
export interface Shape {
  key: number
  x: number
  y: number
  /** Polygons of the footprint; none where only its point is known. */
  parts: [x: number, y: number][][][]
  /** West, north, east, south of all of it. */
  box: [number, number, number, number]
}
export interface Shapes {
  /** Of the content: the same shapes have the same version, in any process; another city has another one. */
  version: string
  /** Those that touch a box of the square. */
  within(west: number, north: number, east: number, south: number): Shape[]
}

/** Side of a grid cell: a tile of this zoom. */
const GRID = 2 ** 13

export const mercatorX = (lon: number) => lon / 360 + 0.5
export const mercatorY = (lat: number) => {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

/** Footprints and points of the registry, by place: some 10 ms for a thousand thousand corners, so done once a change. */
export function shapesOf(registry: Registry): Shapes {
  const all: Shape[] = []
  const grid = new Map<number, number[]>()
  const stamp = fingerprint()
  for (const building of present(registry)) {
    const centre = centreOf(building)
    if (!centre) continue
    const [x, y] = [mercatorX(centre[0]), mercatorY(centre[1])]
    const box: Shape['box'] = [x, y, x, y]
    stamp.add(building.key)
    stamp.place(centre[0], centre[1])
    const parts = isOutlined(building)
      ? partsOf(building.outline ?? []).map((rings) =>
          rings.map((ring) =>
            ring.map(([lon, lat]): [number, number] => {
              stamp.place(lon, lat)
              const [cx, cy] = [mercatorX(lon), mercatorY(lat)]
              if (cx < box[0]) box[0] = cx
              if (cy < box[1]) box[1] = cy
              if (cx > box[2]) box[2] = cx
              if (cy > box[3]) box[3] = cy
              return [cx, cy]
            }),
          ),
        )
      : []
    for (const cell of cellsOf(box)) {
      const known = grid.get(cell)
      if (known) known.push(all.length)
      else grid.set(cell, [all.length])
    }
    all.push({ key: building.key, x, y, parts, box })
  }
  return {
    version: stamp.text(),
    within(west, north, east, south) {
      const found = new Set<number>()
      for (const cell of cellsOf([west, north, east, south]))
        for (const at of grid.get(cell) ?? []) {
          const { box } = all[at] ?? { box: [1, 1, 0, 0] }
          if (box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north) found.add(at)
        }
      return [...found].sort((a, b) => a - b).flatMap((at) => all[at] ?? [])
    },
  }
}

function* cellsOf([west, north, east, south]: Shape['box']) {
  const last = (value: number) => Math.min(GRID - 1, Math.max(0, Math.floor(value * GRID)))
  for (let row = last(north); row <= last(south); row++)
    for (let column = last(west); column <= last(east); column++) yield row * GRID + column
}

/** Two FNV-1a sums side by side, of keys and of coordinates in ten-millionths of a degree. */
function fingerprint() {
  let [a, b] = [0x811c9dc5, 0x1b873593]
  const add = (value: number) => {
    a = Math.imul(a ^ value, 0x01000193)
    b = Math.imul(b ^ (value >>> 7) ^ (value << 11), 0x85ebca6b)
  }
  return {
    add,
    place(lon: number, lat: number) {
      add(Math.round(lon * 1e7) | 0)
      add(Math.round(lat * 1e7) | 0)
    },
    text: () => (a >>> 0).toString(36) + (b >>> 0).toString(36),
  }
}

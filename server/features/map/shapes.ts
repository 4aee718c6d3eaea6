import { partsOf } from '#server/domain/footprint.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
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

interface Kept {
  lon: number | null
  lat: number | null
  outline: Building['outline']
  shape: Shape
  /** Of the place and the corners. */
  stamp: number
}
interface Memory {
  kept: Map<number, Kept>
  shapes: Shapes | null
}
const memories = new WeakMap<Registry, Memory>()

/**
 * Footprints and points of the registry, by place. A third of a second for a hundred thousand buildings at first; then only those are
 * read that have changed, and where none has, what stood is given again.
 */
export function shapesOf(registry: Registry): Shapes {
  const memory = memories.get(registry) ?? { kept: new Map(), shapes: null }
  memories.set(registry, memory)
  const before = memory.kept
  const kept = new Map<number, Kept>()
  let changed = memory.shapes === null
  for (const building of present(registry)) {
    const { key, lon, lat, outline } = building
    const known = before.get(key)
    const same = known?.lon === lon && known.lat === lat && known.outline === outline
    const one = same ? known : keptOf(building)
    changed ||= !same
    if (one) kept.set(key, one)
  }
  if (!changed && memory.shapes && kept.size === before.size) return memory.shapes
  memory.kept = kept
  memory.shapes = indexed([...kept.values()])
  return memory.shapes
}

function keptOf(building: Building): Kept | null {
  const centre = centreOf(building)
  if (!centre) return null
  const { key, lon, lat, outline } = building
  const stamp = fingerprint()
  stamp.place(centre[0], centre[1])
  const [x, y] = [mercatorX(centre[0]), mercatorY(centre[1])]
  const box: Shape['box'] = [x, y, x, y]
  const parts = isOutlined(building)
    ? partsOf(outline ?? []).map((rings) =>
        rings.map((ring) =>
          ring.map(([cornerLon, cornerLat]): [number, number] => {
            stamp.place(cornerLon, cornerLat)
            const [cx, cy] = [mercatorX(cornerLon), mercatorY(cornerLat)]
            if (cx < box[0]) box[0] = cx
            if (cy < box[1]) box[1] = cy
            if (cx > box[2]) box[2] = cx
            if (cy > box[3]) box[3] = cy
            return [cx, cy]
          }),
        ),
      )
    : []
  return { lon, lat, outline, shape: { key, x, y, parts, box }, stamp: stamp.number() }
}

function indexed(all: readonly Kept[]): Shapes {
  const grid = new Map<number, number[]>()
  const stamp = fingerprint()
  all.forEach(({ shape, stamp: own }, at) => {
    stamp.add(shape.key)
    stamp.add(own)
    for (const cell of cellsOf(shape.box)) {
      const known = grid.get(cell)
      if (known) known.push(at)
      else grid.set(cell, [at])
    }
  })
  return {
    version: stamp.text(),
    within(west, north, east, south) {
      const found = new Set<number>()
      for (const cell of cellsOf([west, north, east, south]))
        for (const at of grid.get(cell) ?? []) {
          const { box } = all[at]?.shape ?? { box: [1, 1, 0, 0] }
          if (box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north) found.add(at)
        }
      return [...found].sort((a, b) => a - b).flatMap((at) => all[at]?.shape ?? [])
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
    number: () => a ^ b,
    text: () => (a >>> 0).toString(36) + (b >>> 0).toString(36),
  }
}

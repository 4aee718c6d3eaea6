import {
  along,
  areaOf,
  boxOf,
  distanceToSegment,
  inside,
  type Line,
  type Point,
  type Ring,
} from './geometry.ts'
import type { Plan } from './plan.ts'

/** Metres between a building and the kerb, bank or embankment. */
const CLEARANCE = { water: 16, rail: 24, road: 7 }
const CELL = 120

/** Answers whether a building may stand somewhere: away from water, rails and avenues, and off the plant's ground. */
export interface Ground {
  free(ring: Ring): boolean
  /** Metres from a point to the edge of the nearest river or railway, at most about a cell. */
  awayFromBarriers(point: Point): number
}

export function createGround(plan: Plan): Ground {
  const barriers = createIndex([
    { line: plan.river.line, reach: plan.river.halfWidth },
    { line: plan.rail.line, reach: plan.rail.halfWidth },
  ])
  const lines = createIndex([
    { line: plan.river.line, reach: plan.river.halfWidth + CLEARANCE.water },
    { line: plan.rail.line, reach: plan.rail.halfWidth + CLEARANCE.rail },
    ...plan.avenues.map(({ line, halfWidth }) => ({ line, reach: halfWidth + CLEARANCE.road })),
  ])
  const plant = plan.plant.ground
  return {
    free: (ring) =>
      along(ring, 12).every((point) => lines.clear(point) > 0 && !inside(point, plant)),
    awayFromBarriers: barriers.clear,
  }
}

interface Reach {
  line: Line
  reach: number
}

function createIndex(reaches: readonly Reach[]) {
  const cells = new Map<number, { a: Point; b: Point; reach: number }[]>()
  const keyOf = (x: number, y: number) => Math.floor(x / CELL) * 65536 + Math.floor(y / CELL)
  for (const { line, reach } of reaches)
    for (let i = 1; i < line.length; i++) {
      const segment = { a: line[i - 1] as Point, b: line[i] as Point, reach }
      const { from, to } = boxOf([segment.a, segment.b])
      for (let x = from[0] - reach - CELL; x < to[0] + reach + CELL; x += CELL)
        for (let y = from[1] - reach - CELL; y < to[1] + reach + CELL; y += CELL) {
          const cell = cells.get(keyOf(x, y))
          if (cell) cell.push(segment)
          else cells.set(keyOf(x, y), [segment])
        }
    }
  return {
    clear(point: Point): number {
      let clear = CELL
      for (const { a, b, reach } of cells.get(keyOf(point[0], point[1])) ?? [])
        clear = Math.min(clear, distanceToSegment(point, a, b) - reach)
      return clear
    },
  }
}

export const builtArea = (rings: readonly Ring[]) =>
  rings.reduce((area, ring, i) => area + (i === 0 ? areaOf(ring) : -areaOf(ring)), 0)

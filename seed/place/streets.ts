import type { Words } from '#server/contract/vocabulary.ts'
import { BLOCK_OF } from './blocks.ts'
import { boxOf, inside, type Line, type Point, placed } from './geometry.ts'
import type { Ground } from './ground.ts'
import type { DistrictPlan } from './plan.ts'

/** A named line; houses take numbers along it, odd on its left. */
export interface Street {
  name: Words
  line: Line
  halfWidth: number
  main: boolean
}

/** Streets and blocks of a district lie on a grid turned by its direction. */
export interface Grid {
  toCity: (point: Point) => Point
  columns: number
  rows: number
  stepX: number
  stepY: number
  street: number
}

export function gridOf(district: DistrictPlan): Grid {
  const { width, height, street } = BLOCK_OF[district.fabric]
  const turnBack = placed({ origin: [0, 0], degrees: -district.degrees })
  const { from, to } = boxOf(district.ring.map(turnBack))
  const origin = placed({ origin: [0, 0], degrees: district.degrees })(from)
  const stepX = width + street
  const stepY = height + street
  return {
    toCity: placed({ origin, degrees: district.degrees }),
    columns: Math.ceil((to[0] - from[0]) / stepX),
    rows: Math.ceil((to[1] - from[1]) / stepY),
    stepX,
    stepY,
    street,
  }
}

/** The stretches of a straight street that lie in the district and clear of water and rails; short ends are left out. */
export function stretches(
  start: Point,
  end: Point,
  district: DistrictPlan,
  ground: Ground,
): Line[] {
  const length = Math.sqrt((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2)
  const steps = Math.ceil(length / 8)
  const found: Line[] = []
  let from: Point | undefined
  let last: Point | undefined
  for (let step = 0; step <= steps; step++) {
    const t = step / steps
    const point: Point = [start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t]
    if (inside(point, district.ring) && ground.awayFromBarriers(point) > 10) {
      from ??= point
      last = point
    } else if (from && last) {
      if (Math.abs(last[0] - from[0]) + Math.abs(last[1] - from[1]) > 90) found.push([from, last])
      from = undefined
    }
  }
  if (from && last && Math.abs(last[0] - from[0]) + Math.abs(last[1] - from[1]) > 90)
    found.push([from, last])
  return found
}

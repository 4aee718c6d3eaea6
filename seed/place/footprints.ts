import type { Random } from '../random.ts'
import { buildBlock } from './blocks.ts'
import {
  along,
  boxOf,
  centreOf,
  distance,
  distanceToSegment,
  inside,
  type Point,
  type Ring,
} from './geometry.ts'
import type { Ground } from './ground.ts'
import type { Plan } from './plan.ts'
import { type Footprint, slab } from './shapes.ts'
import { createStreetNames } from './street-names.ts'
import { gridOf, type Street, stretches } from './streets.ts'

/** A building on the ground, before it has an address or a history. */
export interface Standing extends Footprint {
  district: number
  centre: Point
  street: Street
}

/** Fills the districts with streets and buildings, about as many as the ground holds. */
export function buildUp(
  plan: Plan,
  ground: Ground,
  random: Random,
): { standing: Standing[]; streets: Street[] } {
  const nextName = createStreetNames(random)
  const avenues: Street[] = plan.avenues.map((avenue) => ({ ...avenue, main: true }))
  const streets: Street[] = [...avenues]
  const standing: Standing[] = []
  plan.districts.forEach((district, index) => {
    const grid = gridOf(district)
    const half = grid.street / 2
    const lineOf = (start: Point, end: Point) => {
      const runs = stretches(grid.toCity(start), grid.toCity(end), district, ground)
      if (runs.length === 0) return undefined
      const name = nextName(district.theme)
      const own = runs.map((line): Street => ({ name, line, halfWidth: 5, main: false }))
      streets.push(...own)
      return own
    }
    const [right, top] = [grid.columns * grid.stepX, grid.rows * grid.stepY]
    const across = Array.from({ length: grid.rows + 1 }, (_, j) =>
      lineOf([-half, j * grid.stepY - half], [right, j * grid.stepY - half]),
    )
    const upward = Array.from({ length: grid.columns + 1 }, (_, i) =>
      lineOf([i * grid.stepX - half, -half], [i * grid.stepX - half, top]),
    )
    for (let i = 0; i < grid.columns; i++)
      for (let j = 0; j < grid.rows; j++) {
        const around = [across[j], across[j + 1], upward[i], upward[i + 1]].flatMap(
          (own) => own ?? [],
        )
        const onCity = (footprint: Footprint): Footprint => ({
          ...footprint,
          rings: footprint.rings.map((ring) =>
            ring.map(([x, y]) => grid.toCity([i * grid.stepX + x, j * grid.stepY + y])),
          ),
        })
        const fits = (footprint: Footprint) => {
          const outer = onCity(footprint).rings[0] as Ring
          return (
            along(outer, 12).every((point) => inside(point, district.ring)) && ground.free(outer)
          )
        }
        for (const footprint of buildBlock(district.fabric, random))
          for (const fitted of fitting(footprint, fits)) {
            const { rings, shape, frontage } = onCity(fitted)
            const centre = centreOf(rings[0] as Ring)
            const street = streetAt(centre, avenues, around)
            if (street) standing.push({ rings, shape, frontage, district: index, centre, street })
          }
      }
  })
  return { standing, streets }
}

/** The footprint where it fits; at the edge of a district, those shorter pieces of it that do. */
function fitting(footprint: Footprint, fits: (footprint: Footprint) => boolean): Footprint[] {
  if (fits(footprint)) return [footprint]
  return pieces(footprint).flatMap((piece) => fitting(piece, fits))
}

const GAP = 9
const SHORTEST = 22

function pieces({ rings, shape }: Footprint): Footprint[] {
  const { from, to } = boxOf(rings[0] as Ring)
  const [width, height] = [to[0] - from[0], to[1] - from[1]]
  const depth = 13
  if (shape === 'slab') {
    if (Math.max(width, height) < 2 * SHORTEST + GAP) return []
    const [halfX, halfY] = [(width - GAP) / 2, (height - GAP) / 2]
    return width > height
      ? [slab(from[0], from[1], halfX, height), slab(to[0] - halfX, from[1], halfX, height)]
      : [slab(from[0], from[1], width, halfY), slab(from[0], to[1] - halfY, width, halfY)]
  }
  if (shape === 'tower' || shape === 'house') return []
  return [
    slab(from[0], from[1], width, depth),
    ...(height > 2 * depth + 30 ? [slab(from[0], to[1] - depth, width, depth)] : []),
  ]
}

/** An avenue close by wins over the lane behind; otherwise the nearest street of the block. */
function streetAt(
  centre: Point,
  avenues: readonly Street[],
  around: readonly Street[],
): Street | undefined {
  let nearest: Street | undefined
  let reach = 52
  for (const avenue of avenues) {
    const away = nearestOn(avenue.line, centre).away
    if (away < reach) {
      nearest = avenue
      reach = away
    }
  }
  if (nearest) return nearest
  reach = 260
  for (const street of around) {
    const away = nearestOn(street.line, centre).away
    if (away < reach) {
      nearest = street
      reach = away
    }
  }
  return nearest
}

/** Where along a line a point lies, how far from it, and on which side. */
export function nearestOn(
  line: readonly Point[],
  point: Point,
): { at: number; away: number; left: boolean } {
  let best = { at: 0, away: Infinity, left: false }
  let passed = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point]
    const length = distance(a, b)
    const away = distanceToSegment(point, a, b)
    if (away < best.away) {
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      const t = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (length * length || 1)
      const left = dx * (point[1] - a[1]) - dy * (point[0] - a[0]) > 0
      best = { at: passed + Math.max(0, Math.min(1, t)) * length, away, left }
    }
    passed += length
  }
  return best
}

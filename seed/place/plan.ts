import type { Words } from '#server/contract/vocabulary.ts'
import { cos, radians, sin } from '../exact.ts'
import { beside, distance, type Line, type Point, type Ring, smooth } from './geometry.ts'
import {
  CENTRAL,
  EAST_AVENUE,
  LIMIT_NORTH,
  LIMIT_SOUTH,
  RAIL,
  RIVER,
  SOUTHERN,
  WEST_AVENUE,
} from './plan-lines.ts'

/** How a district is built up; see blocks.ts. */
export type Fabric = 'perimeter' | 'brick' | 'panel' | 'modern' | 'garden'

export interface DistrictPlan {
  id: string
  name: Words
  ring: Ring
  fabric: Fabric
  /** Direction of its streets. */
  degrees: number
  /** Names of its streets come from this list first. */
  theme: 'old' | 'rail' | 'river' | 'steppe' | 'garden' | 'plain'
  /** Reporting propensity: residents of one district call twice as readily as those of another. */
  propensity: number
}

export interface Avenue {
  name: Words
  line: Line
  halfWidth: number
}

export interface Plan {
  /** Full size in metres, west to east and south to north. */
  width: number
  height: number
  river: { name: Words; line: Line; halfWidth: number; ring: Ring }
  rail: { name: Words; line: Line; halfWidth: number }
  avenues: readonly Avenue[]
  districts: readonly DistrictPlan[]
  /** The heat plant: its hall and cooling towers, and the ground kept free around them. */
  plant: { name: Words; rings: readonly Ring[]; label: Point; ground: Ring }
}

/** The city of Domograd, `scale` 1 for some 1,200 buildings. Lengths grow with the scale, widths of roads do not. */
export function createPlan(scale: number): Plan {
  const width = 2880 * scale
  const height = 1850 * scale
  const at = ([u, v]: Point): Point => [(u - 0.5) * width, (v - 0.5) * height]
  const drawn = (line: Line) => prolonged(smooth(line.map(at), 20), width)
  const riverHalf = scale < 1 ? 66 * scale : 66 * Math.sqrt(scale)
  const river = drawn(RIVER)
  const rail = drawn(RAIL)
  const west = drawn(WEST_AVENUE)
  const east = drawn(EAST_AVENUE)
  const north = drawn(LIMIT_NORTH)
  const south = drawn(LIMIT_SOUTH)
  const leftEdge: Point[] = [
    [-0.504 * width, -height],
    [-0.5 * width, 0],
    [-0.503 * width, height],
  ]
  const rightEdge: Point[] = [
    [0.503 * width, -height],
    [0.5 * width, 0],
    [0.502 * width, height],
  ]
  const bank = beside(river, riverHalf + 34)
  const cell = (bottom: Line, top: Line, left: Line, right: Line): Ring => [
    ...between(bottom, left, right),
    ...between(right, bottom, top),
    ...between(top, left, right).reverse(),
    ...between(left, bottom, top).reverse(),
  ]
  const district = (
    id: string,
    [kk, ru, en]: readonly [string, string, string],
    ring: Ring,
    rest: Omit<DistrictPlan, 'id' | 'name' | 'ring'>,
  ): DistrictPlan => ({ id, name: { kk, ru, en }, ring, ...rest })

  return {
    width,
    height,
    river: {
      name: { kk: 'Тынық өзені', ru: 'р. Тихая', en: 'Tikhaya River' },
      line: river,
      halfWidth: riverHalf,
      ring: [...swollen(river, riverHalf, 1), ...swollen(river, riverHalf, -1).reverse()],
    },
    rail: {
      name: { kk: 'Теміржол', ru: 'Железная дорога', en: 'Railway' },
      line: rail,
      halfWidth: 14,
    },
    avenues: [
      {
        name: { kk: 'Достық даңғылы', ru: 'пр. Достык', en: 'Dostyk Avenue' },
        line: west,
        halfWidth: 12,
      },
      {
        name: { kk: 'Абай даңғылы', ru: 'пр. Абая', en: 'Abai Avenue' },
        line: east,
        halfWidth: 12,
      },
      {
        name: { kk: 'Бейбітшілік даңғылы', ru: 'пр. Мира', en: 'Mira Avenue' },
        line: drawn(CENTRAL),
        halfWidth: 12,
      },
      {
        name: { kk: 'Жағалау көшесі', ru: 'ул. Набережная', en: 'Naberezhnaya Street' },
        line: bank,
        halfWidth: 9,
      },
      {
        name: { kk: 'Алатау көшесі', ru: 'ул. Алатау', en: 'Alatau Street' },
        line: drawn(SOUTHERN),
        halfWidth: 10,
      },
      {
        name: { kk: 'Вокзал көшесі', ru: 'ул. Вокзальная', en: 'Vokzalnaya Street' },
        line: beside(rail, 62),
        halfWidth: 9,
      },
    ],
    districts: [
      district(
        'vokzalny',
        ['Вокзал', 'Вокзальный', 'Vokzalny'],
        cell(rail, north, leftEdge, west),
        { fabric: 'brick', degrees: -5, theme: 'rail', propensity: 0.78 },
      ),
      district(
        'vostochny',
        ['Шығыс', 'Восточный', 'Vostochny'],
        cell(rail, north, west, rightEdge),
        { fabric: 'panel', degrees: 8, theme: 'plain', propensity: 1.12 },
      ),
      district(
        'stary',
        ['Ескі қала', 'Старый город', 'Old Town'],
        cell(river, rail, leftEdge, west),
        { fabric: 'perimeter', degrees: -8, theme: 'old', propensity: 1.2 },
      ),
      district(
        'pribrezhny',
        ['Жағалау', 'Прибрежный', 'Pribrezhny'],
        cell(river, rail, west, east),
        { fabric: 'modern', degrees: -13, theme: 'river', propensity: 1.3 },
      ),
      district('samal', ['Самал', 'Самал', 'Samal'], cell(river, rail, east, rightEdge), {
        fabric: 'panel',
        degrees: -18,
        theme: 'steppe',
        propensity: 1.05,
      }),
      district('sadovy', ['Бақ', 'Садовый', 'Sadovy'], cell(south, river, leftEdge, west), {
        fabric: 'garden',
        degrees: 3,
        theme: 'garden',
        propensity: 0.85,
      }),
      district(
        'zarechye',
        ['Өзен арғы беті', 'Заречье', 'Zarechye'],
        cell(south, river, west, east),
        { fabric: 'panel', degrees: 14, theme: 'river', propensity: 0.4 },
      ),
      district('yuzhny', ['Оңтүстік', 'Южный', 'Yuzhny'], cell(south, river, east, rightEdge), {
        fabric: 'modern',
        degrees: -6,
        theme: 'steppe',
        propensity: 0.95,
      }),
    ],
    plant: plantAt(at([0.925, 0.915]), Math.min(1.4, Math.max(0.5, scale))),
  }
}

/** Straight on at both ends, so that nothing stops at the edge of a screen. */
function prolonged(line: Line, metres: number): Point[] {
  const end = (from: Point | undefined, to: Point | undefined): Point[] => {
    if (!from || !to) return []
    const length = distance(from, to) || 1
    return [
      [
        to[0] + ((to[0] - from[0]) / length) * metres,
        to[1] + ((to[1] - from[1]) / length) * metres,
      ],
    ]
  }
  return [...end(line[1], line[0]), ...line, ...end(line.at(-2), line.at(-1))]
}

/** The bank swells and narrows a little, so that the river does not look drawn with a ruler. */
function swollen(line: Line, halfWidth: number, side: 1 | -1): Point[] {
  return line.map((point, i) => {
    const phase = ((i * 3 + (side > 0 ? 0 : 40)) % 100) / 100
    const swell = 1 + 0.1 * (phase < 0.5 ? 4 * phase - 1 : 3 - 4 * phase) * 0.25
    return beside(
      [line[i - 1] ?? point, point, line[i + 1] ?? point],
      side * halfWidth * swell,
    )[1] as Point
  })
}

/** The part of `line` between its crossings with `from` and `to`. */
function between(line: Line, from: Line, to: Line): Point[] {
  const start = meeting(line, from)
  const end = meeting(line, to)
  const inner = line.slice(Math.ceil(start.at), Math.floor(end.at) + 1)
  return [start.point, ...inner, end.point]
}

function meeting(line: Line, other: Line): { at: number; point: Point } {
  for (let i = 1; i < line.length; i++)
    for (let j = 1; j < other.length; j++) {
      const [a, b, c, d] = [line[i - 1], line[i], other[j - 1], other[j]] as [
        Point,
        Point,
        Point,
        Point,
      ]
      const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
      const cross = rx * sy - ry * sx
      if (cross === 0) continue
      const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
      const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
      if (t < 0 || t > 1 || u < 0 || u > 1) continue
      return { at: i - 1 + t, point: [a[0] + t * rx, a[1] + t * ry] }
    }
  throw new Error(
    'two lines of the plan that bound a district do not meet; check the control points in plan.ts',
  )
}

function plantAt([x, y]: Point, size: number): Plan['plant'] {
  const rect = (left: number, bottom: number, w: number, h: number): Ring => [
    [x + left * size, y + bottom * size],
    [x + (left + w) * size, y + bottom * size],
    [x + (left + w) * size, y + (bottom + h) * size],
    [x + left * size, y + (bottom + h) * size],
  ]
  const tower = (cx: number, cy: number, r: number): Ring =>
    CIRCLE.map(([c, s]) => [x + (cx + c * r) * size, y + (cy + s * r) * size])
  return {
    name: { kk: 'ЖЭО-2', ru: 'ТЭЦ-2', en: 'CHP-2' },
    rings: [rect(-95, -35, 90, 62), rect(-60, 32, 40, 14), tower(32, 12, 24), tower(86, 12, 24)],
    label: [x, y - 62 * size],
    ground: rect(-120, -95, 260, 165),
  }
}

const CIRCLE: readonly Point[] = Array.from({ length: 20 }, (_, i) => [
  cos(radians(i * 18)),
  sin(radians(i * 18)),
])

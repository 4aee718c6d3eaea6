import { cos, radians, sin } from '../exact.ts'

/** Metres from the centre of the city: x to the east, y to the north. */
export type Point = readonly [x: number, y: number]
export type Line = readonly Point[]
/** Closed by implication: the last point is not the first again. */
export type Ring = readonly Point[]

export const distance = (a: Point, b: Point) => {
  const x = a[0] - b[0]
  const y = a[1] - b[1]
  return Math.sqrt(x * x + y * y)
}

/** A smooth line through the points (Catmull-Rom), with a point about every `step` metres. */
export function smooth(points: Line, step: number): Point[] {
  const line: Point[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const p1 = points[i] as Point
    const p2 = points[i + 1] as Point
    const p0 = points[i - 1] ?? p1
    const p3 = points[i + 2] ?? p2
    const parts = Math.max(1, Math.ceil(distance(p1, p2) / step))
    for (let part = 0; part < parts; part++) {
      const t = part / parts
      line.push([spline(p0[0], p1[0], p2[0], p3[0], t), spline(p0[1], p1[1], p2[1], p3[1], t)])
    }
  }
  const last = points.at(-1)
  if (last) line.push(last)
  return line
}

const spline = (a: number, b: number, c: number, d: number, t: number) =>
  0.5 *
  (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)

/** The line moved sideways, positive to the left of its direction. */
export function beside(line: Line, metres: number): Point[] {
  return line.map((point, i) => {
    const before = line[i - 1] ?? point
    const after = line[i + 1] ?? point
    const length = distance(before, after) || 1
    return [
      point[0] - ((after[1] - before[1]) / length) * metres,
      point[1] + ((after[0] - before[0]) / length) * metres,
    ]
  })
}

export interface Frame {
  origin: Point
  degrees: number
}

/** From a frame's own axes to the city's. */
export function placed(frame: Frame): (point: Point) => Point {
  const c = cos(radians(frame.degrees))
  const s = sin(radians(frame.degrees))
  return ([x, y]) => [frame.origin[0] + x * c - y * s, frame.origin[1] + x * s + y * c]
}

export function inside([x, y]: Point, ring: Ring): boolean {
  let within = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Point
    const b = ring[j] as Point
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
      within = !within
  }
  return within
}

export function areaOf(ring: Ring): number {
  let twice = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Point
    const b = ring[j] as Point
    twice += b[0] * a[1] - a[0] * b[1]
  }
  return Math.abs(twice) / 2
}

export function centreOf(ring: Ring): Point {
  let x = 0
  let y = 0
  for (const point of ring) {
    x += point[0]
    y += point[1]
  }
  return [x / ring.length, y / ring.length]
}

export function boxOf(ring: Line): { from: Point; to: Point } {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    bottom = Math.min(bottom, y)
    top = Math.max(top, y)
  }
  return { from: [left, bottom], to: [right, top] }
}

/** Points along a ring's edges, corners included, no further apart than `step`. */
export function along(ring: Ring, step: number): Point[] {
  const points: Point[] = []
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Point
    const parts = Math.max(1, Math.ceil(distance(a, b) / step))
    for (let part = 0; part < parts; part++)
      points.push([a[0] + ((b[0] - a[0]) * part) / parts, a[1] + ((b[1] - a[1]) * part) / parts])
  })
  return points
}

export function distanceToSegment([x, y]: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const square = dx * dx + dy * dy
  const t =
    square === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / square))
  return distance([x, y], [a[0] + t * dx, a[1] + t * dy])
}

export const distanceToLine = (point: Point, line: Line): number => {
  let nearest = Infinity
  for (let i = 1; i < line.length; i++)
    nearest = Math.min(nearest, distanceToSegment(point, line[i - 1] as Point, line[i] as Point))
  return nearest
}

export function crosses(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point) =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return side(a, b, c) > 0 !== side(a, b, d) > 0 && side(c, d, a) > 0 !== side(c, d, b) > 0
}

export function overlap(one: Ring, other: Ring): boolean {
  for (let i = 0; i < one.length; i++)
    for (let j = 0; j < other.length; j++)
      if (
        crosses(
          one[i] as Point,
          one[(i + 1) % one.length] as Point,
          other[j] as Point,
          other[(j + 1) % other.length] as Point,
        )
      )
        return true
  return inside(one[0] as Point, other) || inside(other[0] as Point, one)
}

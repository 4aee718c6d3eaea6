import type { Point, Ring } from './geometry.ts'

export type Shape = 'slab' | 'tower' | 'corner' | 'court' | 'closed' | 'house'

/** A building on its block: rings in the block's own axes, first ring outer. */
export interface Footprint {
  rings: readonly Ring[]
  shape: Shape
  /** Metres along the long side of the outline, for entrances. */
  frontage: number
}

export const box = (x: number, y: number, w: number, h: number): Ring => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
]

/** A straight building; its long side may run either way. */
export const slab = (x: number, y: number, width: number, height: number): Footprint => ({
  rings: [box(x, y, width, height)],
  shape: 'slab',
  frontage: Math.max(width, height),
})
export const tower = (x: number, y: number, side: number): Footprint => ({
  rings: [box(x, y, side, side)],
  shape: 'tower',
  frontage: side,
})

/** An L whose wings meet left or right, at the bottom or at the top. */
export function corner(
  x: number,
  y: number,
  w: number,
  h: number,
  d: number,
  right: boolean,
  top: boolean,
): Footprint {
  const wings: Ring = [
    [0, 0],
    [w, 0],
    [w, d],
    [d, d],
    [d, h],
    [0, h],
  ]
  const ring = wings.map(([px, py]): Point => [x + (right ? w - px : px), y + (top ? h - py : py)])
  return { rings: [ring], shape: 'corner', frontage: w + h - d }
}

/** A U around a courtyard that opens to one side. */
export function court(
  x: number,
  y: number,
  w: number,
  h: number,
  d: number,
  open: 'left' | 'right' | 'top' | 'bottom',
): Footprint {
  const rings: Record<typeof open, Ring> = {
    top: [
      [0, 0],
      [w, 0],
      [w, h],
      [w - d, h],
      [w - d, d],
      [d, d],
      [d, h],
      [0, h],
    ],
    bottom: [
      [0, 0],
      [d, 0],
      [d, h - d],
      [w - d, h - d],
      [w - d, 0],
      [w, 0],
      [w, h],
      [0, h],
    ],
    right: [
      [0, 0],
      [w, 0],
      [w, d],
      [d, d],
      [d, h - d],
      [w, h - d],
      [w, h],
      [0, h],
    ],
    left: [
      [0, 0],
      [w, 0],
      [w, h],
      [0, h],
      [0, h - d],
      [w - d, h - d],
      [w - d, d],
      [0, d],
    ],
  }
  const ring = rings[open].map(([px, py]): Point => [x + px, y + py])
  const wings = open === 'top' || open === 'bottom' ? w + 2 * (h - d) : h + 2 * (w - d)
  return { rings: [ring], shape: 'court', frontage: wings }
}

export const closed = (x: number, y: number, w: number, h: number, d: number): Footprint => ({
  rings: [box(x, y, w, h), box(x + d, y + d, w - 2 * d, h - 2 * d)],
  shape: 'closed',
  frontage: 2 * (w + h - 2 * d),
})

export const moved = (footprint: Footprint, dx: number, dy: number): Footprint => ({
  ...footprint,
  rings: footprint.rings.map((ring) => ring.map(([x, y]): Point => [x + dx, y + dy])),
})

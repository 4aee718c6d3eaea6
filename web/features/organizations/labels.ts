/** A label wanted at a point, in px of the plot. */
export interface Wanted {
  id: string
  x: number
  y: number
  width: number
  height: number
}
export interface Placed {
  id: string
  /** Left and middle of the text. */
  x: number
  y: number
  align: 'left' | 'right'
}
export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const GAP = 12
/** How far a label may be pushed up and down, in px, nearest first. */
const SHIFTS = [0, -12, 12, -20, 20, -28, 28, -40, 40, -54, 54, -70, 70]

const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))

/**
 * Places every label beside its point where it covers the least of other labels and points; none is dropped. The first
 * wanted have the first choice.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  points: readonly { x: number; y: number; r: number }[],
  plot: { width: number; height: number },
  occupied: readonly Box[] = [],
): Placed[] {
  const taken: Box[] = [...occupied]
  const dots = points.map(({ x, y, r }) => ({
    left: x - r,
    right: x + r,
    top: y - r,
    bottom: y + r,
  }))
  return wanted.map(({ id, x, y, width, height }) => {
    let best: { cost: number; placed: Placed; box: Box } | null = null
    for (const shift of SHIFTS)
      for (const align of ['left', 'right'] as const) {
        const left = align === 'left' ? x + GAP : x - GAP - width
        const box = {
          left,
          right: left + width,
          top: y + shift - height / 2,
          bottom: y + shift + height / 2,
        }
        const outside =
          Math.max(0, -box.left) +
          Math.max(0, box.right - plot.width) +
          Math.max(0, -box.top) +
          Math.max(0, box.bottom - plot.height)
        const covered =
          4 * taken.reduce((sum, other) => sum + overlap(box, other), 0) +
          dots.reduce((sum, dot) => sum + overlap(box, dot), 0)
        const cost = covered + 200 * outside + 3 * Math.abs(shift) + (align === 'right' ? 2 : 0)
        if (best && best.cost <= cost) continue
        best = {
          cost,
          box,
          placed: { id, x: align === 'left' ? box.left : box.right, y: y + shift, align },
        }
      }
    if (!best) return { id, x, y, align: 'left' as const }
    taken.push(best.box)
    return best.placed
  })
}

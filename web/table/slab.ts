/** Browsers stop laying out at about 17 million px, so a longer list is scrolled through a slab of this height. */
const SLAB_PX = 8_000_000

/** A slab holds `count` of `total` rows, from row `base` on. */
export interface Slab {
  total: number
  count: number
  /** Rows that fit the view; may be a fraction. */
  visible: number
}

export const slabRows = (total: number, rowHeight: number) =>
  Math.min(total, Math.floor(SLAB_PX / rowHeight))

/**
 * Where the slab lies and how far it is scrolled so that `row` is the first in sight: the scroll bar stands at the same
 * share of its way as the row of all rows. Both ends of the list are ends of the slab.
 */
export function placeOf(row: number, { total, count, visible }: Slab) {
  const last = Math.max(0, total - visible)
  const first = Math.min(Math.max(0, row), last)
  const way = Math.max(0, count - visible)
  const base = Math.max(0, Math.round(first - (last === 0 ? 0 : (first / last) * way)))
  return { base, scrolled: first - base }
}

/** The row that a place of the scroll bar stands for, after a jump. */
export function rowOf(scrolled: number, { total, count, visible }: Slab): number {
  const way = count - visible
  if (way <= 0) return 0
  return Math.min(1, Math.max(0, scrolled / way)) * (total - visible)
}

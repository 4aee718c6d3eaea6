/** Room for the names of the rows, in every language. */
export const LABELS_WIDTH = 84
const GAP = 1

export interface Piece {
  x: number
  width: number
  overdue: number
}

/** Pieces of the bar over the whole width, and the middles of the equal columns below it. Nobody overdue is drawn thinner than 1 px. */
export function backlogView(
  ages: readonly { open: number; overdue: number }[],
  width: number,
): { pieces: Piece[]; columns: number[] } {
  const total = ages.reduce((sum, { open }) => sum + open, 0)
  const shown = ages.filter(({ open }) => open > 0).length
  const room = Math.max(0, width - GAP * Math.max(0, shown - 1))
  let x = 0
  const pieces = ages.map(({ open, overdue }): Piece => {
    if (open === 0) return { x, width: 0, overdue: 0 }
    const own = (room * open) / total
    const piece = {
      x,
      width: own,
      overdue: overdue === 0 ? 0 : Math.max(Math.min(1, own), (own * overdue) / open),
    }
    x += own + GAP
    return piece
  })
  const column = Math.max(0, width - LABELS_WIDTH) / (ages.length || 1)
  return { pieces, columns: ages.map((_, age) => LABELS_WIDTH + column * (age + 0.5)) }
}

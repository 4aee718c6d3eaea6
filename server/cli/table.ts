type Cell = string | number
const number = new Intl.NumberFormat('en')

/** Rows as aligned columns: numbers to the right, with a line of names above. */
export function tableOf<R extends { [C in keyof R]: Cell }>(
  rows: readonly R[],
  columns: readonly (keyof R & string)[],
): string[] {
  const cells = [[...columns], ...rows.map((row) => columns.map((column) => text(row[column])))]
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((line) => line[index]?.length ?? 0)),
  )
  return cells.map((line) =>
    line
      .map((cell, index) => {
        const column = columns[index]
        const isNumber = column !== undefined && typeof rows[0]?.[column] === 'number'
        const width = widths[index] ?? 0
        return isNumber ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

const text = (cell: Cell) => (typeof cell === 'number' ? number.format(cell) : cell)

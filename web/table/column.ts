import type { ReactNode } from 'react'

/** A column as data: titles come translated, cells are pure. */
export interface Column<Row> {
  /** Also the word of the order in the address. */
  id: string
  title: string
  /** Second line of the header: a unit, a denominator. */
  note?: ReactNode
  /** Least width in px; with `grow` the column shares what is left. */
  width: number
  grow?: number
  align?: 'start' | 'end'
  /** The direction of the first click; without it the column cannot be ordered by. */
  order?: 'ascending' | 'descending'
  /** Stays when the others are chosen. */
  fixed?: boolean
  /** Not shown until chosen. */
  optional?: boolean
  cell(row: Row): ReactNode
}

/** What the table is ordered by. */
export interface Order {
  id: string
  descending: boolean
}

/** Rows that may still be on their way; `at` answers undefined for those. */
export interface RowSource<Row> {
  /** undefined while it is not known. */
  total: number | undefined
  at(index: number): Row | undefined
  /** The rows in sight, both ends included. */
  onWindow?(first: number, last: number): void
}

/** The columns to show: those chosen, else those not optional. */
export const shownColumns = <Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
): Record<string, boolean> =>
  Object.fromEntries(
    columns.map(({ id, fixed, optional }) => [
      id,
      fixed === true || (chosen ? chosen.includes(id) : !optional),
    ]),
  )

/** Tracks of the grid of a table, and the width under which it scrolls sideways. */
export function tracksOf<Row>(columns: readonly Column<Row>[]): { tracks: string; width: number } {
  const tracks = columns.map(({ width, grow }) =>
    grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`,
  )
  return { tracks: tracks.join(' '), width: columns.reduce((sum, { width }) => sum + width, 0) }
}

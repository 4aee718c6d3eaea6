import type { Column } from '#server/contract/words/shape.ts'

interface ColumnOf<Type extends string, Row, Value> {
  /** Its title is the word of the same name, the same as on the page. */
  id: Column
  type: Type
  /** Width in characters, for sheets. */
  width?: number
  value(row: Row): Value | null
}

/**
 * A column of an exported table. `text` is never read as a formula or a number; `number` is never dressed as text;
 * `instant` is UTC epoch milliseconds, written in the city's zone; `day` is days since 1970-01-01.
 */
export type ExportColumn<Row> =
  | ColumnOf<'text', Row, string>
  | ColumnOf<'number', Row, number>
  | ColumnOf<'instant', Row, number>
  | ColumnOf<'day', Row, number>

/** A table on its way out: rows are pulled in portions, so its size is bounded by the reader's pace, not by memory. */
export interface ExportTable<Row> {
  /** What the rows are, in the chosen language. */
  title: string
  columns: readonly ExportColumn<Row>[]
  rows: AsyncIterable<readonly Row[]>
  /** What its file is called after its title: the time it is of; where absent, the instant of the answer. */
  of?: string
  /** How many rows will come. */
  count: number
  /** What it is, line by line: the filter in words, measures and their versions. */
  about: readonly (readonly [label: string, value: string])[]
}

import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import type { Language } from '#server/contract/vocabulary.ts'
import { dayText, instantText } from './city-text.ts'
import type { ExportColumn, ExportTable } from './columns.ts'

/** Characters a spreadsheet starts a formula with, full-width ones included, also behind spaces and quotes. */
const FORMULA = /^["'\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/u

/** A text that a spreadsheet would run is given the apostrophe by which it is kept as text. */
export const inert = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** Rows turned into text at a time; between the portions other work has its turn. */
const PORTION = 500

export interface CsvOptions {
  language: Language
  zone: string
  /** Titles of the columns, in their order. */
  header: readonly string[]
  /** For machines: the header is the first line and bears the columns' ids, commas, no guard, nothing before and after. */
  raw?: boolean
}

/**
 * RFC 4180 in UTF-8. For people: a byte order mark, the separator that spreadsheets of the language expect, a block that
 * says what it is, an empty line, the header.
 */
export async function* csvText<Row>(
  table: ExportTable<Row>,
  { language, zone, header, raw = false }: CsvOptions,
): AsyncGenerator<string> {
  const delimiter = raw || language === 'en' ? ',' : ';'
  const lines = (rows: readonly (readonly (string | number | null)[])[]) =>
    stringify(rows as (string | number | null)[][], {
      delimiter,
      record_delimiter: '\r\n',
      quoted_string: !raw,
    })
  const guard = raw ? (text: string) => text : inert
  if (raw) yield lines([table.columns.map((column) => column.id)])
  else yield `\ufeff${lines(table.about.map((line) => line.map(guard)))}\r\n${lines([header])}`

  const read = table.columns.map((column) => reader(column, zone, guard))
  for await (const rows of table.rows)
    for (let start = 0; start < rows.length; start += PORTION) {
      yield lines(rows.slice(start, start + PORTION).map((row) => read.map((cell) => cell(row))))
      await setImmediate()
    }
}

function reader<Row>(
  column: ExportColumn<Row>,
  zone: string,
  guard: (text: string) => string,
): (row: Row) => string | number | null {
  const at = instantText(zone)
  switch (column.type) {
    case 'text':
      return (row) => {
        const text = column.value(row)
        return text === null ? null : guard(text)
      }
    case 'number':
      return (row) => column.value(row)
    case 'instant':
      return (row) => {
        const instant = column.value(row)
        return instant === null ? null : at(instant)
      }
    case 'day':
      return (row) => {
        const day = column.value(row)
        return day === null ? null : dayText(day)
      }
  }
}

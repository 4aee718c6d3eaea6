import { setImmediate } from 'node:timers/promises'
import { type ColumnDef, writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET } from 'hucre/xlsx'
import { zoneOffset } from '#server/domain/local-time.ts'
import { dayText, instantText } from './city-text.ts'
import type { ExportColumn, ExportTable } from './columns.ts'

type CellValue = string | number | Date | null
const DAY = 86_400_000
/** A cell holds no more; a longer text is cut rather than making a file that does not open. */
const LONGEST_TEXT = 32_767
/** Sheets know no earlier date (and their calendar is wrong before March 1900): such an instant is written as text. */
const FIRST_DATE = Date.UTC(1900, 2, 2)
const NAME_LENGTH = 31
const PORTION = 500

export interface XlsxOptions {
  zone: string
  header: readonly string[]
  /** Rows of one sheet, its head included; the rest goes to the next sheet under a head of its own. */
  rowsPerSheet?: number
}

/** A workbook as bytes while rows are pulled. Each sheet begins with a block that says what it is, an empty row and the header. */
export function xlsxBytes<Row>(
  table: ExportTable<Row>,
  { zone, header, rowsPerSheet = XLSX_MAX_ROWS_PER_SHEET }: XlsxOptions,
): ReadableStream<Uint8Array> {
  const columns: ColumnDef[] = table.columns.map((column) => ({
    width: column.width ?? WIDTH[column.type],
    ...(FORMAT[column.type] ? { numFmt: FORMAT[column.type] } : {}),
  }))
  return writeXlsxStream(sheetRows(table, { zone, header, rowsPerSheet }), {
    name: sheetName(table.title),
    columns,
    freezePane: { rows: table.about.length + 2 },
    maxRowsPerSheet: rowsPerSheet,
    repeatHeaders: false,
  })
}

const WIDTH = { text: 24, number: 12, instant: 19, day: 12 }
const FORMAT: Record<string, string> = { instant: 'yyyy-mm-dd hh:mm:ss', day: 'yyyy-mm-dd' }

async function* sheetRows<Row>(
  table: ExportTable<Row>,
  { zone, header, rowsPerSheet }: Required<XlsxOptions>,
): AsyncGenerator<CellValue[]> {
  const read = table.columns.map((column) => reader(column, zone))
  const head = [...table.about.map((line) => line.map(clean)), [], [...header]]
  let written = 0
  yield* head
  for await (const rows of table.rows)
    for (const [index, row] of rows.entries()) {
      if (index % PORTION === 0) await setImmediate()
      if (written > 0 && written % (rowsPerSheet - head.length) === 0) yield* head
      yield read.map((cell) => cell(row))
      written++
    }
}

function reader<Row>(column: ExportColumn<Row>, zone: string): (row: Row) => CellValue {
  const offsetAt = zoneOffset(zone)
  const iso = instantText(zone)
  switch (column.type) {
    case 'text':
      return (row) => {
        const text = column.value(row)
        return text === null ? null : clean(text)
      }
    case 'number':
      return (row) => column.value(row)
    case 'instant':
      // A sheet's date has no zone: the cell holds the wall clock of the city, the header names the zone.
      return (row) => {
        const instant = column.value(row)
        if (instant === null) return null
        return instant < FIRST_DATE ? iso(instant) : new Date(instant + offsetAt(instant))
      }
    case 'day':
      return (row) => {
        const day = column.value(row)
        if (day === null) return null
        return day * DAY < FIRST_DATE ? dayText(day) : new Date(day * DAY)
      }
  }
}

const clean = (text: string) =>
  text
    // What looks like a sheet's own escape would be read back as the character it names.
    .replaceAll(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .slice(0, LONGEST_TEXT)

const sheetName = (title: string) =>
  title
    .replaceAll(/[[\]:*?/\\']/g, ' ')
    .trim()
    .slice(0, NAME_LENGTH)

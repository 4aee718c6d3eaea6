import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import { stringify } from 'csv-stringify/sync'
import { type CellValue, streamXlsxRows } from 'hucre/xlsx'
import { directoryOf, type Entry } from './xlsx-directory.ts'

/**
 * Reads the first sheet of an XLSX file into CSV: `xlsx-child.ts FILE.xlsx FILE.csv MEGABYTES`. It is run in a process of its own with little
 * memory and may be killed at any moment; what it tells on standard error is for people.
 */
const [file = '', target = '', mostMb = ''] = process.argv.slice(2)
const LOCAL_SIZE = 30
const MB = 1024 * 1024
/** Signs written at once. */
const PORTION = MB
const MOST_COLUMNS = 2000

/** What an entry says of its size is the only bound the reader knows: each is unpacked once to nothing, and may not grow beyond it. */
async function honest(bytes: Buffer, { at, packed, unpacked, method, name }: Entry) {
  const start = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const raw = bytes.subarray(start, start + packed)
  if (method === 0) return
  let size = 0
  const inflate = createInflateRaw()
  inflate.end(raw)
  for await (const chunk of inflate) {
    size += (chunk as Buffer).length
    if (size > unpacked) throw new Error(`${name} is larger than the file says; it may be a bomb`)
  }
}

function textOf(cell: CellValue): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    // Sheets have no zones: the wall clock is kept in the fields of UTC.
    const text = cell.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
  }
  // A sheet keeps fifteen digits, so a longer number is not the one that was typed: it is written as one that was rounded.
  if (typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) >= 1e15)
    return cell.toExponential()
  // A line of the file is a row of the sheet.
  return String(cell).replaceAll(/[\r\n]+/g, ' ')
}

try {
  const bytes = readFileSync(file)
  for (const entry of await directoryOf(file)) await honest(bytes, entry)
  const out = openSync(target, 'w')
  let width = 0
  let next = 0
  let lines: string[] = []
  let waiting = 0
  let written = 0
  const put = (line: string) => {
    waiting += line.length
    lines.push(line)
    if (waiting >= PORTION) write()
  }
  const write = () => {
    written += writeSync(out, lines.join(''))
    // One long text, held once in the workbook, may stand in a million cells.
    if (written > Number(mostMb) * MB)
      throw new Error('its cells repeat more text than a table has; it may be a bomb')
    lines = []
    waiting = 0
  }
  for await (const { index, values } of streamXlsxRows(bytes)) {
    if (values.length > MOST_COLUMNS) throw new Error(`row ${index + 1} has too many columns`)
    width ||= values.length
    // Empty rows at the end of a sheet are often many thousand; those between keep their numbers.
    if (values.every((cell) => cell === null || cell === '')) continue
    for (; next < index && index - next < 100_000; next++) put('\n')
    next = index + 1
    const cells = values.map(textOf)
    while (cells.length < width) cells.push('')
    put(stringify([cells]))
  }
  write()
  closeSync(out)
} catch (cause) {
  process.stderr.write(cause instanceof Error ? cause.message : String(cause))
  process.exit(2)
}

import { parse } from 'csv-parse'
import { parse as parseWhole } from 'csv-parse/sync'
import { type Probe, utf8Of } from './bytes.ts'
import { ImportRefusal } from './refusal.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** A row of the file: its cells, and the line on which it begins (the header's is usually 1). */
export interface Line {
  line: number
  cells: string[]
}
export interface Header {
  columns: string[]
  delimiter: Delimiter
}

/** A longer row is an unclosed quote or no CSV at all. Characters. */
const LONGEST_ROW = 1 << 20
const MOST_COLUMNS = 2_000
const LF = 10
const CR = 13

/** How rows are told apart: an export from before 2001 may have only carriage returns. */
const lineEnds = (sample: string) => (sample.includes('\n') ? ['\r\n', '\n'] : ['\r'])
const isSeparatorHint = (cells: readonly string[]) => /^sep=.?$/i.test(cells[0]?.trim() ?? '')
/**
 * A quote inside an unquoted value, or text after a closing quote, is kept as it is written: managing companies are
 * called ООО "Дом", and not every program doubles their quotes. `withoutSwallowing` guards the rest.
 */
const HABITS = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: LONGEST_ROW,
}

/**
 * The header, read with the delimiter that finds most of the columns that are needed. Throws ImportRefusal, naming the
 * columns that are missing and those that are there, and `fields` of a mapping as those that it needs.
 */
export function headerOf(
  sample: string,
  needed: readonly string[],
  forced: Delimiter | undefined,
  fields: readonly string[],
): Header {
  let best: { header: Header; missing: string[] } | undefined
  for (const delimiter of forced ? [forced] : DELIMITERS) {
    const columns = firstRow(sample, delimiter)
    const missing = needed.filter((column) => !columns.includes(column))
    const better =
      !best ||
      missing.length < best.missing.length ||
      (missing.length === best.missing.length && columns.length > best.header.columns.length)
    if (better) best = { header: { columns, delimiter }, missing }
  }
  if (!best || best.header.columns.length === 0) throw new ImportRefusal('the file has no header')
  const { header, missing } = best
  if (header.columns.length > MOST_COLUMNS)
    throw new ImportRefusal(
      `the header (line 1) has ${header.columns.length} columns; at most ${MOST_COLUMNS} are read`,
    )
  if (missing.length > 0)
    throw new ImportRefusal(
      `the header (line 1) has no ${list(missing)}; its columns are ${list(header.columns.slice(0, 40))}. ` +
        `Check the mapping: only ${fields.join(', ')} are needed, any other field may be deleted from it; or force --delimiter or --encoding`,
    )
  const twice = needed.filter((column) => header.columns.filter((it) => it === column).length > 1)
  if (twice.length > 0)
    throw new ImportRefusal(`the header (line 1) has ${list(twice)} more than once; rename one`)
  return header
}

const list = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

function firstRow(sample: string, delimiter: Delimiter): string[] {
  try {
    const rows = parseWhole(sample.replace(/^\uFEFF/, ''), {
      ...HABITS,
      delimiter,
      record_delimiter: lineEnds(sample),
      to: 2,
    }) as string[][]
    const row = rows.find((cells) => !isSeparatorHint(cells)) ?? []
    return row.map((cell) => cell.replace(/\s+/g, ' ').trim())
  } catch {
    return []
  }
}

interface Reading extends Pick<Probe, 'gzip' | 'encoding' | 'sample'> {
  file: string
  delimiter: Delimiter
  onRead?: (raw: Buffer) => void
}

/**
 * The rows of the file without its header, in portions of what one piece of the file held. Throws ImportRefusal, naming
 * the line, for what makes the rest of the file unreadable: a quote that is never closed, a row longer than a megabyte.
 */
export async function* rowsOf(reading: Reading): AsyncGenerator<Line[]> {
  const { file, delimiter, sample } = reading
  const ends = lineEnds(sample)
  const newline = ends.includes('\n') ? LF : CR
  let ready: Line[] = []
  let header = true
  /** Bytes since the end of the last row, and where they begin: offset in the text, line. */
  let held: Buffer = Buffer.alloc(0)
  let from = 0
  let done = 0
  let line = 1

  const parser = parse({
    ...HABITS,
    delimiter,
    record_delimiter: ends,
    on_record: (cells: string[], { bytes }: { bytes: number }) => {
      const end = bytes - from
      const start = beginning()
      const row = { line, cells }
      withoutSwallowing(row, () => held.subarray(start, end), delimiter, ends)
      countLines(start, end)
      done = end
      if (header) header = isSeparatorHint(cells)
      else ready.push(row)
      return null
    },
  })
  // The fault reaches the writer below; a stream without a listener would end the process.
  parser.on('error', () => {})
  parser.resume()

  /** Where the row that begins after `done` begins, past empty lines. */
  function beginning(): number {
    let at = done
    while (held[at] === LF || held[at] === CR) {
      if (held[at] === newline) line++
      at++
    }
    return at
  }
  function countLines(start: number, end: number) {
    for (
      let at = held.indexOf(newline, start);
      at >= 0 && at < end;
      at = held.indexOf(newline, at + 1)
    )
      line++
  }
  const write = (chunk: Buffer | null) =>
    new Promise<void>((resolve, reject) => {
      const told = (cause?: Error | null) => (cause ? reject(cause) : resolve())
      if (chunk) parser.write(chunk, told)
      else {
        parser.once('end', () => resolve())
        parser.once('error', reject)
        parser.end()
      }
    })
  const take = () => {
    held = held.subarray(done)
    from += done
    done = 0
    const taken = ready
    ready = []
    return taken
  }

  try {
    for await (const chunk of utf8Of(file, reading, reading.onRead ?? (() => {}))) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      await write(chunk)
      yield take()
    }
    await write(null)
    yield take()
  } catch (cause) {
    if (cause instanceof ImportRefusal) throw cause
    beginning()
    throw new ImportRefusal(faultOf(cause, line), { cause })
  }
}

function faultOf(cause: unknown, line: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : ''
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `the row that begins on line ${line} is longer than ${LONGEST_ROW} characters; most often a quote is opened there and not closed`
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `a quote is opened in the row that begins on line ${line} and never closed`
  return `the row that begins on line ${line} cannot be read: ${(cause as Error).message}`
}

/**
 * A value that begins with a quote and goes over several lines is suspect: an unclosed quote may have swallowed rows up
 * to the next one. Such a row must be right by the strict rules too, or the file is refused.
 */
function withoutSwallowing(
  { line, cells }: Line,
  raw: () => Buffer,
  delimiter: Delimiter,
  ends: string[],
) {
  if (!cells.some((cell) => cell.startsWith('"') && /[\r\n]/.test(cell))) return
  try {
    const options = { bom: true, delimiter, record_delimiter: ends, relax_column_count: true }
    if ((parseWhole(raw(), options) as string[][]).length === 1) return
  } catch {
    // refused below, with the line
  }
  throw new ImportRefusal(
    `in the row that begins on line ${line} a quote is opened and not closed, and following lines would be taken for its text; double the quotes inside the value`,
  )
}

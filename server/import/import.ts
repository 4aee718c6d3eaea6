import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { City } from '#server/config.ts'
import type { Imports, QuarantinedRow } from '#server/log/imports.ts'
import type { Log } from '#server/log/log.ts'
import { dateOfFile } from './as-of.ts'
import { type Encoding, isZip, type Probe, probe } from './bytes.ts'
import { type Fault, faultOfShape, fieldReaders, type Row } from './fields.ts'
import type { FileKind } from './file-kind.ts'
import { columnsOf, type Mapping, neededFields, readMapping } from './mapping.ts'
import { importOutlines, OUTLINES } from './outlines.ts'
import { type Place, placeOf, settleCity } from './place.ts'
import { presetOf } from './presets.ts'
import { type Delimiter, type Header, headerOf, rowsOf } from './records.ts'
import { ImportRefusal } from './refusal.ts'
import { registerFile } from './register-file.ts'
import { createRowsFile, createTally, type ImportReport } from './report.ts'
import { requestsFile } from './requests-file.ts'
import { createSink, type Difference, type Fate, type Told } from './sink.ts'
import { unpackXlsx } from './xlsx.ts'

export interface ImportOptions {
  /** CSV, plain or gzip, or the first sheet of an XLSX workbook. */
  file: string
  /** Name of a preset, or path of a mapping (see mapping.ts); exactly one of the two. */
  preset?: string
  mapping?: string
  encoding?: Encoding
  delimiter?: Delimiter
  /** Local date of the file, YYYY-MM-DD; else the one in its name. */
  asOf?: string
  /** What a register covers; else the name of the file without its date. */
  region?: string
  dataDir: string
  log: Log
  imports: Imports
  /** UTC epoch milliseconds. */
  now: () => number
  /** Only so many rows are read, for a look at what would become of them. */
  first?: number
  /** What a file sent by a browser may be at most: unpacked bytes, and rows, which are held in memory while they are previewed. */
  most?: { bytes: number; rows: number }
  /** Bytes checked and stored: `total` is twice the size of the file. */
  progress?: (done: number, total: number) => void
  /** Of outlines: the city they lie in, the property with the register's id, and whether an unknown one becomes a building. */
  outlines?: {
    city: City | undefined
    idProperty?: string
    newBuildings?: boolean
    anyUse?: boolean
    attribution?: string
  }
}

/**
 * Imports a CSV file, or outlines, into the log, and city.json into a data folder that has none. Throws ImportRefusal, in plain words.
 *
 * Three readings: what the bytes are (bytes.ts); then every row is split and mapped and nothing is stored, so that a
 * broken archive, an unclosed quote or a wrong header is found before the first event, and that what the rows speak of
 * (names, buildings, the newest date) is known, which must stand in the log before them; then rows are stored in batches,
 * each whole or not at all. Every event id is made from the row alone, so a run that was cut off is finished by running it
 * again. On Boston (93,963 rows) the checking takes 2.4 s of 8.4 s of processor time; staging the events in a file or a
 * table instead would write each of them twice.
 */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  if (options.preset === OUTLINES)
    return importOutlines({ ...options, city: undefined, ...options.outlines })
  if (!(await isZip(options.file))) return importText(options)
  const unpacked = await unpackXlsx(options.file, options.dataDir)
  try {
    const { file } = unpacked
    const read = await importText({ ...options, file, encoding: 'utf-8', delimiter: ',' })
    return { ...read, file: options.file }
  } finally {
    unpacked.remove()
  }
}

async function importText(options: ImportOptions): Promise<ImportReport> {
  const mapping = mappingOf(options)
  const probed = await probe(
    options.file,
    options.encoding ?? mapping.encoding,
    options.most?.bytes,
  )
  const delimiter = options.delimiter ?? mapping.delimiter
  const header = headerOf(probed.sample, columnsOf(mapping), delimiter, neededFields(mapping.kind))
  const place = placeOf(options.file, options.region, mapping)
  const kind = kindOf(options, mapping, header, place)
  // One kind is chosen above; from here on nobody needs to know which.
  return run({ options, mapping, probed, header, place, kind: kind as FileKind<unknown> })
}

interface Job<Draft> {
  options: ImportOptions
  mapping: Mapping
  probed: Probe
  header: Header
  place: Place
  kind: FileKind<Draft>
}

async function run<Draft>(job: Job<Draft>): Promise<ImportReport> {
  const { options, probed, header, kind } = job
  const { file, log, imports, dataDir } = options
  const rows = await survey(job)
  const plan = kind.plan(log, rows)
  const { source } = kind
  const { sourceName } = job.mapping
  const called = sourceName && { [source]: sourceName }
  const warnings = [...settleCity(dataDir, job.place, plan.centre, called), ...plan.warnings]
  const entry = imports.begin({
    source,
    file: basename(file),
    sha256: probed.sha256,
    at: options.now(),
  })
  const rowsFile = createRowsFile(dataDir, file, probed.sha256)
  const quarantine = createTally()
  const notes = createTally()
  const counts = { read: 0, stored: 0, known: 0, quarantined: 0 }
  let waiting: QuarantinedRow[] = []

  function reject(line: number, faults: readonly Fault[]) {
    counts.quarantined++
    for (const fault of faults) {
      quarantine.add(line, fault)
      rowsFile.add(line, false, fault)
      const { column: field, reason, value } = fault
      waiting.push({ row: line, field, reason, value: value.slice(0, 300).toWellFormed() })
    }
    if (waiting.length >= 1_000) tellQuarantine()
  }
  function tellQuarantine() {
    imports.quarantine(entry, waiting)
    waiting = []
  }
  const settle = ({ line, events }: Told, fate: Fate) => {
    if (line === 0) {
      if (fate.is === 'differs')
        warnings.push(`${events[0]?.id} is in the log already and says something else there`)
    } else if (fate.is === 'differs') reject(line, fate.differences.map(differs(kind.columnOf)))
    else counts[fate.is]++
  }
  const sink = createSink(log, settle)

  try {
    for (const event of plan.first) if (sink.add({ line: 0, events: [event] })) await sink.flush()
    const seen = createHash('sha256')
    for await (const rows of rowsWithFaults(job, 1, (raw) => seen.update(raw)))
      for (const row of rows) {
        counts.read++
        const draft = row.faults.length === 0 ? kind.read(row) : undefined
        for (const note of row.notes)
          if (rowsFile.wants(note, notes.add(row.line, note))) rowsFile.add(row.line, true, note)
        if (draft === undefined) reject(row.line, row.faults)
        else if (sink.add({ line: row.line, ...plan.events(draft) })) await sink.flush()
      }
    for (const event of plan.last) if (sink.add({ line: 0, events: [event] })) await sink.flush()
    await sink.flush()
    tellQuarantine()
    if (options.first === undefined && seen.digest('hex') !== probed.sha256)
      throw new ImportRefusal(`${basename(file)} changed while it was read; import it again`)
    imports.finish(entry, counts)
  } catch (cause) {
    rowsFile.abandon()
    throw cause
  }
  return {
    file,
    source,
    sha256: probed.sha256,
    encoding: probed.encoding,
    delimiter: header.delimiter,
    zone: kind.zone,
    asOf: plan.origin.asOf.date,
    rowsRead: counts.read,
    stored: counts.stored,
    known: counts.known,
    quarantined: counts.quarantined,
    eventsStored: sink.stored(),
    removed: plan.last.length,
    quarantine: quarantine.groups(),
    notes: notes.groups(),
    warnings,
    rowsFile: rowsFile.finish(),
  }
}

/** The first pass. Refuses a file of which no row can be read: that is a wrong mapping, not a dirty file. */
async function survey<Draft>(job: Job<Draft>): Promise<{ read: number; faulty: number }> {
  const mostRows = job.options.most?.rows ?? Number.POSITIVE_INFINITY
  let read = 0
  let faulty = 0
  let first: Row | undefined
  for await (const rows of rowsWithFaults(job, 0))
    for (const row of rows) {
      read++
      if (read > mostRows)
        throw new ImportRefusal(
          `the file has more than ${mostRows} rows; split it, or use \`domovoi import\``,
        )
      const draft = row.faults.length === 0 ? job.kind.read(row) : undefined
      if (draft !== undefined) job.kind.survey(draft)
      else {
        faulty++
        first ??= row
      }
    }
  const [fault] = first?.faults ?? []
  if (first && fault && faulty === read)
    throw new ImportRefusal(
      `none of the ${read} rows can be read; line ${first.line}: ${fault.column} ${fault.reason}${fault.value && ` (${JSON.stringify(fault.value.slice(0, 80))})`}. Check the mapping`,
    )
  return { read, faulty }
}

async function* rowsWithFaults<Draft>(
  { options, probed, header }: Job<Draft>,
  pass: number,
  heard?: (raw: Buffer) => void,
): AsyncGenerator<Row[]> {
  let read = pass * probed.size
  const onRead = (raw: Buffer) => {
    read += raw.length
    heard?.(raw)
  }
  const reading = { ...probed, file: options.file, delimiter: header.delimiter, onRead }
  let left = options.first ?? Number.POSITIVE_INFINITY
  for await (const all of rowsOf(reading)) {
    const lines = all.slice(0, left)
    left -= lines.length
    yield lines.map(({ line, cells }) => {
      const fault = faultOfShape(cells, header.columns, probed.damaged)
      return { line, cells, faults: fault ? [fault] : [], notes: [] }
    })
    options.progress?.(read, probed.size * 2)
    if (left === 0) return
  }
}

function mappingOf({ preset, mapping }: ImportOptions): Mapping {
  if (preset !== undefined && mapping === undefined) return presetOf(preset)
  if (mapping !== undefined && preset === undefined) return readMapping(mapping)
  throw new ImportRefusal('say how to read the file: either --preset NAME or --mapping FILE.json')
}

function kindOf(options: ImportOptions, mapping: Mapping, header: Header, place: Place) {
  const { file, asOf, now } = options
  const { region, zone } = place
  const fields = fieldReaders(mapping, header.columns, zone)
  if (mapping.kind === 'requests') return requestsFile({ file, mapping, fields, asOf, now: now() })
  const date = dateOfFile(file, asOf, zone, 'beginning')
  if (!date)
    throw new ImportRefusal(
      'a register needs the date on which it was so: name the file like moscow_2016-03-08.csv, or give --as-of 2016-03-08',
    )
  return registerFile({ mapping, fields, region, zone, asOf: date })
}

const DIFFERS = 'differs from what is in the log, which stands'
const differs =
  (columnOf: (field: string) => string) =>
  ({ field, says, stands }: Difference): Fault => ({
    column: columnOf(field) || field,
    reason: DIFFERS,
    value: `${inText(field, says)} (log: ${inText(field, stands)})`,
  })
const inText = (field: string, value: unknown) => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number' && field.endsWith('At')) return new Date(value).toISOString()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

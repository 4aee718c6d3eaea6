import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { type Fault, ONLY_COUNTED } from './fields.ts'

/** Rows with one reason in one column. */
export interface Group {
  column: string
  reason: string
  rows: number
  /** The first of them: its line, and what it had there. */
  line: number
  value: string
}

/** What became of a file. `rowsRead` = `stored` + `known` + `quarantined`, always. */
export interface ImportReport {
  file: string
  source: string
  sha256: string
  encoding: string
  delimiter: string
  zone: string
  /** Local date by which the file knows what it says. */
  asOf: string
  rowsRead: number
  /** Rows of which at least one event is new. */
  stored: number
  /** Rows that say nothing new. */
  known: number
  /** Rows of which something could not be stored. */
  quarantined: number
  /** Events that are new, those of districts, organizations, categories and buildings included. */
  eventsStored: number
  /** Buildings of an earlier snapshot that this one has no more. */
  removed: number
  quarantine: Group[]
  /** What was kept, and done with it. */
  notes: Group[]
  warnings: string[]
  /** CSV with every quarantined row and the rows with notes; null where there are none. */
  rowsFile: string | null
  /** What the numbers of rows count, where the file has no lines. */
  numbered?: 'feature'
}

const MOST_GROUPS = 1_000
/** Of rows that were kept; quarantined rows are listed all. */
const MOST_NOTES_LISTED = 10_000
const HEADER = ['line', 'kept', 'column', 'reason', 'value']

/** Counts by column and reason, in order of first appearance. */
export function createTally() {
  const groups = new Map<string, Group>()
  return {
    add(line: number, { column, reason, value }: Fault): number {
      const key = `${column}\n${reason}`
      const group = groups.get(key)
      if (group) return ++group.rows
      if (groups.size < MOST_GROUPS) groups.set(key, { column, reason, rows: 1, line, value })
      return 1
    },
    groups: () => [...groups.values()],
  }
}

/** The CSV of rows, written beside its final name and put there when it is complete. Values cannot become formulas. */
export function createRowsFile(folder: string, file: string, sha256: string) {
  const path = join(folder, 'imports', `${basename(file).slice(0, 80)}.${sha256.slice(0, 12)}.csv`)
  const draft = `${path}.part`
  let handle: number | undefined
  let lines: (string | number)[][] = []

  function write() {
    if (lines.length === 0) return
    if (handle === undefined) {
      mkdirSync(join(folder, 'imports'), { recursive: true })
      handle = openSync(draft, 'w')
      writeSync(handle, `\uFEFF${stringify([HEADER])}`)
    }
    writeSync(handle, stringify(lines, { escape_formulas: true }))
    lines = []
  }
  return {
    add(line: number, kept: boolean, { column, reason, value }: Fault) {
      lines.push([line, kept ? 'yes' : 'no', column, reason, value.slice(0, 300).toWellFormed()])
      if (lines.length >= 1_000) write()
    },
    /** Whether the note, the n-th of its kind, belongs in the list. */
    wants: ({ reason }: Fault, rows: number) =>
      rows <= MOST_NOTES_LISTED && !ONLY_COUNTED.has(reason),
    /** Path of the file; null where there was nothing to write. */
    finish(): string | null {
      write()
      if (handle === undefined) return null
      closeSync(handle)
      handle = undefined
      renameSync(draft, path)
      return path
    },
    abandon() {
      if (handle !== undefined) closeSync(handle)
      handle = undefined
      rmSync(draft, { force: true })
    },
  }
}

const count = new Intl.NumberFormat('en')
const many = (rows: number, noun: string) => `${count.format(rows)} ${noun}${rows === 1 ? '' : 's'}`

/** The report for the terminal. */
export function summaryOf(report: ImportReport): string[] {
  const { rowsRead, stored, known, quarantined, eventsStored, removed, numbered } = report
  const at = numbered ?? 'line'
  const groups = (title: string, found: readonly Group[]) =>
    found.length === 0
      ? []
      : [
          title,
          ...[...found]
            .sort((a, b) => b.rows - a.rows)
            .slice(0, 12)
            .map(
              ({ column, reason, rows, line, value }) =>
                `  ${many(rows, 'row')}: ${column && `${column} `}${reason} (${at} ${line}${value && `: ${value.slice(0, 60)}`})`,
            ),
          ...(found.length > 12 ? [`  … and ${found.length - 12} more reasons`] : []),
        ]
  return [
    `${many(rowsRead, 'row')} read = ${count.format(stored)} stored + ${count.format(known)} already known + ${count.format(quarantined)} quarantined`,
    `${many(eventsStored, 'event')} stored${removed > 0 ? `, ${many(removed, 'building')} gone from the register` : ''}; as of ${report.asOf}, ${report.zone}`,
    ...report.warnings.map((warning) => `Note: ${warning}`),
    ...groups('Quarantined:', report.quarantine),
    ...groups('Kept, with a note:', report.notes),
    ...(report.rowsFile ? [`These rows are listed in ${report.rowsFile}`] : []),
  ]
}

import { createHash } from 'node:crypto'
import { withoutFlat } from '#server/domain/address/flat.ts'
import { dateReader, wallClock } from './dates.ts'
import type { Mapping, NumberField, TextField, TimeField, WordField } from './mapping.ts'
import { aroundOf, houseOf, withoutHyphenFlat } from './street-address.ts'

/** Why a row, or a part of it, cannot become what it should. */
export interface Fault {
  column: string
  reason: string
  value: string
}
/** A row on its way: `faults` keep it out, `notes` only say what was done with it. */
export interface Row {
  line: number
  cells: readonly string[]
  faults: Fault[]
  notes: Fault[]
}
export interface Time {
  /** UTC epoch milliseconds; of a date without a time the beginning of its day. */
  at: number
  /** Where the text is a date without a time: the beginning of the next day. */
  dayEnd: number | null
  /** As the file writes it. */
  text: string
}
export type Position = readonly [lon: number, lat: number]

export const NOTES = {
  gap: 'is a time that no clock showed (they were put forward); taken as that much later',
  twice: 'is a time that clocks showed twice (they were put back); the earlier is taken',
  nowhere: 'is the position that the source gives when it knows none; left out',
  outside: 'is a position outside the city; left out',
  position: 'is not a position; left out',
  number: 'is not a plausible number; left out',
  date: 'is not a plausible date; left out',
  word: 'is not among the values of the mapping; taken as unknown',
  place: 'does not name one house; kept as the place of the request',
  early: 'is before the registration; kept, with the mark closed_before_registered',
  untimed: 'is said without a time; stored as known by the date of the file',
  day: 'is a day without a time; taken as its beginning',
  reopened: 'says open beside a closing time; taken as closed',
} as const

/** Counted in the report and not listed row by row: they are how the file is, and not faults of its rows. */
export const ONLY_COUNTED: ReadonlySet<string> = new Set([NOTES.untimed, NOTES.day])

const DIRT = /[\p{Cc}\s]+/gu
const DIRTY = /\p{Cc}|[^\S ]| {2}|^ | $/u
const DAY = 86_400_000

/** One line without control characters and doubled spaces. */
export const clean = (text: string) => (DIRTY.test(text) ? text.replace(DIRT, ' ').trim() : text)
export const cut = (text: string, length: number) =>
  text.length <= length ? text : text.slice(0, length).toWellFormed().trim()

/** An id of at most 128 signs; a longer text keeps its beginning and a hash of the whole. */
export function idOf(text: string, length = 128): string {
  if (text.length <= length) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${text.slice(0, length - 17).toWellFormed()}#${hash}`
}

/** Readers of fields for one file: what the mapping says, bound to the places of its columns. */
export function fieldReaders(mapping: Mapping, columns: readonly string[], zone: string) {
  const empty = new Set(mapping.empty)
  const dates = dateReader(mapping.dates)
  const placed = wallClock(zone)
  const around = aroundOf(Object.values(mapping.city?.name ?? {}).concat(mapping.around))
  const place = (column: string) => columns.indexOf(column)
  const cell = (row: Row, index: number) => {
    const value = clean(row.cells[index] ?? '')
    return value === '' || empty.has(value) ? undefined : value
  }

  function text(field: TextField): (row: Row) => string | undefined {
    const index = place(field.column)
    const { values, as } = field
    return (row) => {
      const value = cell(row, index)
      if (value === undefined) return undefined
      const called = values && Object.hasOwn(values, value) ? values[value] : value
      if (called === undefined || as === 'text') return called
      if (as === 'whole number') return called.replace(/^(-?\d+)[.,]0+$/, '$1')
      return houseOf(withoutFlat(called), around)
    }
  }

  /** An address for the eyes: without a flat. */
  function address(field: TextField, russian: boolean): (row: Row) => string | undefined {
    const read = text({ ...field, as: 'text' })
    return (row) => {
      const value = read(row)
      return value && (russian ? withoutHyphenFlat(value) : withoutFlat(value))
    }
  }

  /** A text that is no date is a fault of the row where `needed`, else left out with a note. */
  function time(field: TimeField, needed = true): (row: Row) => Time | undefined {
    const index = place(field.column)
    const own = field.dates ? dateReader(field.dates) : dates
    const { column } = field
    return (row) => {
      const value = cell(row, index)
      if (value === undefined) return undefined
      const written = own(value)
      if (!written) {
        const formats = (field.dates ?? mapping.dates).join(', ')
        if (needed) row.faults.push({ column, reason: `is no date of the form ${formats}`, value })
        else row.notes.push({ column, reason: NOTES.date, value })
        return undefined
      }
      const { wall, offset, dateOnly } = written
      if (offset !== null) return { at: wall - offset, dayEnd: null, text: value }
      const { instant, quirk } = placed(wall)
      if (quirk && !dateOnly) row.notes.push({ column, reason: NOTES[quirk], value })
      const dayEnd = dateOnly ? placed(wall + DAY).instant : null
      return { at: instant, dayEnd, text: value }
    }
  }

  function number(
    field: NumberField,
    { from, to, whole = false }: { from: number; to: number; whole?: boolean },
  ): (row: Row) => number | undefined {
    const index = place(field.column)
    return (row) => {
      const value = cell(row, index)
      if (value === undefined) return undefined
      const found = parseNumber(value)
      if (found >= from && found <= to && (!whole || Number.isInteger(found))) return found
      row.notes.push({ column: field.column, reason: NOTES.number, value })
      return undefined
    }
  }

  function position(
    lonField: NumberField | undefined,
    latField: NumberField | undefined,
  ): (row: Row) => Position | undefined {
    if (!lonField || !latField) return () => undefined
    const lonAt = place(lonField.column)
    const latAt = place(latField.column)
    const nowhere = new Set([[0, 0], ...mapping.nowhere].map(String))
    const [west, south, east, north] = mapping.bounds ?? [-180, -90, 180, 90]
    return (row) => {
      const lonText = cell(row, lonAt)
      const latText = cell(row, latAt)
      if (lonText === undefined || latText === undefined) return undefined
      const lon = parseNumber(lonText)
      const lat = parseNumber(latText)
      let reason: string | undefined
      if (Number.isNaN(lon) || Number.isNaN(lat)) reason = NOTES.position
      else if (nowhere.has(`${lon},${lat}`)) reason = NOTES.nowhere
      else if (!(lon >= west && lon <= east && lat >= south && lat <= north)) reason = NOTES.outside
      if (reason === undefined) return [lon, lat]
      row.notes.push({ column: lonField.column, reason, value: `${lonText} ${latText}` })
      return undefined
    }
  }

  function word<W extends string>(field: WordField<W> | undefined): (row: Row) => W | undefined {
    if (!field) return () => undefined
    if ('always' in field) return () => field.always
    const { column, values } = field
    const index = place(column)
    return (row) => {
      const value = cell(row, index)
      if (value === undefined) return undefined
      if (Object.hasOwn(values, value)) return values[value]
      row.notes.push({ column, reason: NOTES.word, value })
      return undefined
    }
  }

  return { text, address, time, number, position, word, around }
}
export type FieldReaders = ReturnType<typeof fieldReaders>

/** A decimal point or comma, spaces between thousands; NaN for anything else. */
export function parseNumber(text: string): number {
  const plain = text.replace(/(?<=\d)[\s'](?=\d{3}(?!\d))/g, '').replace(',', '.')
  return /^[+-]?\d{1,15}(?:\.\d{1,20})?$/.test(plain) ? Number(plain) : Number.NaN
}

/** Faults of a row as a whole, before any of its fields is looked at. */
export function faultOfShape(
  cells: readonly string[],
  columns: readonly string[],
  damaged: boolean,
): Fault | undefined {
  if (
    cells.length !== columns.length &&
    (cells.length < columns.length || cells.slice(columns.length).some((cell) => cell.trim()))
  )
    return {
      column: '',
      reason: `has ${cells.length} cells, the header has ${columns.length}`,
      value: '',
    }
  const zero = cells.findIndex((cell) => cell.includes('\0'))
  const index = zero < 0 && damaged ? cells.findIndex((cell) => cell.includes('\uFFFD')) : zero
  if (index < 0) return undefined
  return {
    column: columns[index] ?? '',
    reason: zero < 0 ? 'holds bytes that are not of the encoding' : 'holds a zero byte',
    value: clean(cells[index] ?? ''),
  }
}

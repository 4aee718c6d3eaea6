import type { IntegerColumns, NumberColumns } from './engine.ts'

/** Its text groups by `day`, that of the registration, too. */
export interface DailyQuestion {
  readonly name: string
  readonly sql: string
  readonly columns: readonly string[]
}
export type Numbers = Uint8Array | Uint16Array | Int32Array
/** Whole numbers in as little room as they need, in the order of the question's columns. */
export type Rows = readonly Numbers[]
/** Rows of a month in the order in which they came. */
export interface Days {
  rows: Rows
  /** Of each row its day, the first of the month is 0. */
  days: Uint8Array
}

const DAY_MS = 86_400_000
const NONE = new Int32Array(0)

export const firstDay = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

export function rowsWithin({ rows, days }: Days, { from, to }: { from: number; to: number }): Rows {
  const places = new Int32Array(days.length)
  let count = 0
  for (let row = 0; row < days.length; row++) {
    const day = days[row] ?? 0
    if (day >= from && day < to) places[count++] = row
  }
  return rows.map((column) => {
    const some = column.slice(0, count)
    for (let i = 0; i < count; i++) some[i] = column[places[i] ?? 0] ?? 0
    return some
  })
}

/** A month of which the days from `day` on were read again. */
export function continued(known: Days, day: number, read: Days): Days {
  const kept = rowsWithin(known, { from: 0, to: day })
  const before = known.days.filter((of) => of < day)
  const days = new Uint8Array(before.length + read.days.length)
  days.set(before)
  days.set(read.days, before.length)
  return { rows: read.rows.map((column, i) => both(kept[i] ?? NONE, column)), days }
}

function both(first: Numbers, second: Numbers): Numbers {
  const wide = first.BYTES_PER_ELEMENT > second.BYTES_PER_ELEMENT ? first : second
  const all = emptyAs(wide, first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

function emptyAs(like: Numbers, length: number): Numbers {
  if (like instanceof Int32Array) return new Int32Array(length)
  return like instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length)
}

/** The columns of a question. */
export const narrowed = (
  { columns }: DailyQuestion,
  answer: NumberColumns | IntegerColumns,
): Rows =>
  columns.map((name) => {
    const column = answer[name] ?? NONE
    const narrow = numbersFor(column)(column.length)
    narrow.set(column)
    return narrow
  })

function numbersFor(column: Float64Array | Int32Array): (length: number) => Numbers {
  let [least, most] = [0, 0]
  for (const value of column) {
    if (value < least) least = value
    if (value > most) most = value
  }
  if (least < 0 || most > 0xffff) return (length) => new Int32Array(length)
  return most > 0xff ? (length) => new Uint16Array(length) : (length) => new Uint8Array(length)
}

/** Of each month its own rows, in the order in which they came. */
export function* parted(
  { columns }: DailyQuestion,
  answer: IntegerColumns,
  { from, last }: { from: number; last: number },
): Generator<[month: number, read: Days]> {
  const begin = firstDay(from)
  const monthsOf = new Uint8Array(firstDay(last + 1) - begin)
  for (let month = from; month <= last; month++)
    monthsOf.fill(month - from, firstDay(month) - begin, firstDay(month + 1) - begin)
  const days = answer.day ?? NONE
  const counts = new Int32Array(last - from + 1)
  for (const day of days) {
    const month = monthsOf[day - begin] ?? 0
    counts[month] = (counts[month] ?? 0) + 1
  }
  const split = (column: Int32Array, emptyOf: (length: number) => Numbers): Numbers[] => {
    const parts = Array.from(counts, emptyOf)
    const filled = new Int32Array(counts.length)
    for (let row = 0; row < days.length; row++) {
      const month = monthsOf[(days[row] ?? 0) - begin] ?? 0
      const at = filled[month] ?? 0
      const part = parts[month]
      if (part) part[at] = column[row] ?? 0
      filled[month] = at + 1
    }
    return parts
  }
  const all = columns.map((name) => {
    const column = answer[name] ?? NONE
    return split(column, numbersFor(column))
  })
  const ofMonth = split(days, (length) => new Int32Array(length))
  for (let month = from; month <= last; month++) {
    const first = firstDay(month)
    yield [
      month,
      {
        rows: all.map((parts) => parts[month - from] ?? NONE),
        days: Uint8Array.from(ofMonth[month - from] ?? NONE, (day) => day - first),
      },
    ]
  }
}

export function joined({ columns: names }: DailyQuestion, parts: readonly Rows[]): NumberColumns {
  const count = parts.reduce((sum, [column]) => sum + (column?.length ?? 0), 0)
  return Object.fromEntries(
    names.map((name, index) => {
      const all = new Float64Array(count)
      let at = 0
      for (const part of parts) {
        const column = part[index]
        if (column) all.set(column, at)
        at += column?.length ?? 0
      }
      return [name, all]
    }),
  )
}

export const bytesOf = (rows: Rows) => rows.reduce((sum, { byteLength }) => sum + byteLength, 0)

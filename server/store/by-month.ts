import type { Engine, IntegerColumns, NumberColumns, Params } from './engine.ts'

/** Its text groups by `day`, that of the registration, too. */
interface DailyQuestion {
  readonly name: string
  readonly sql: string
  readonly columns: readonly string[]
}
/** A question whose rows of several days add up. */
interface SummedQuestion extends DailyQuestion {
  /** Of rows of several days one for each of its other keys. */
  readonly byMonth: (rows: NumberColumns) => NumberColumns
}
export type Numbers = Uint8Array | Uint16Array | Int32Array
/** Whole numbers in as little room as they need, in the order of the question's columns. */
export type Rows = readonly Numbers[]
interface Stretch {
  revision: number
  rows: Rows
}
/** Rows in the order in which they came. */
interface Month extends Stretch {
  /** Of each row its day, the first of the month is 0. */
  days: Uint8Array
  /** Of all its days one row for each of the other keys, once somebody has asked for it. */
  sum?: Rows
}
interface Held {
  months: Map<number, Month>
  /** Sums over months that follow one another, by the first and the one after the last. */
  sums: Map<string, Stretch>
}

/** Held of all questions together. */
const MOST_BYTES = 44_000_000
/** Read in one question: of a large city a year of rows and all that is made of them is as large as all that is held. */
const MONTHS_AT_ONCE = 4
/** Sums of one question. */
const MOST_SUMS = 3
/** A period of more months is not divided. */
const MOST_MONTHS = 240
const DAY_MS = 86_400_000

/** The day by which the text of such a question groups. */
export const DAY = 'registered_on AS day'

const engines = new WeakMap<Engine, Map<string, Held>>()

const firstDay = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS
function monthOf(day: number): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/**
 * The rows of the days in [from, to). Months are held by their days while none of their requests changes, so that a period
 * never asked for before reads nothing that another has read.
 */
export async function columnsByMonth(
  engine: Engine,
  question: SummedQuestion,
  params: Params,
): Promise<NumberColumns> {
  const period = await periodOf(engine, question, params)
  if (!period) return engine.columns(question.sql, params)
  const whole = period.first < period.end ? [sumOf(engine, question, period)] : []
  forget(engine)
  return joined(question, [...beside(period), ...whole])
}

/** The same in parts that are not added up: for rows so many that joining them costs more than reading them one part after the other. */
export async function partsByMonth(
  engine: Engine,
  question: DailyQuestion,
  params: Params,
): Promise<readonly Rows[]> {
  const period = await periodOf(engine, question, params)
  if (!period) return [narrowed(question, await engine.integers(question.sql, params))]
  const { first, end, months } = period
  const whole = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  return [...beside(period), ...whole.map((month) => months.get(month)?.rows ?? [])]
}

/** Days in [from, to), the whole months among them in [first, end), and the rows of every month they touch. */
interface Period {
  held: Held
  from: number
  to: number
  first: number
  end: number
  months: ReadonlyMap<number, Month>
}

/** Undefined where the period is not divided, or was read while it changed. */
async function periodOf(
  engine: Engine,
  question: DailyQuestion,
  params: Params,
): Promise<Period | undefined> {
  const { from, to, ...others } = params
  if (typeof from !== 'number' || typeof to !== 'number')
    throw new Error(`question ${question.name}: its period is not given in days`)
  const [first, end] = [monthOf(from - 1) + 1, monthOf(to)]
  if (from >= to || end - first > MOST_MONTHS) return undefined
  const revision = engine.revision()
  const held = heldOf(
    engine,
    `${question.name}\u0000${question.sql}\u0000${JSON.stringify(others)}`,
  )
  const touched = { least: monthOf(from), most: monthOf(to - 1) }
  const months = await monthsIn(engine, question, { held, others, ...touched })
  forget(engine)
  // Of two snapshots there would be an answer that never was true.
  return engine.standing(revision, to) ? { held, from, to, first, end, months } : undefined
}

/** Rows of the days before and after the whole months. */
function beside({ from, to, first, end, months }: Period): Rows[] {
  const days =
    first <= end
      ? [
          { from, to: firstDay(first) },
          { from: firstDay(end), to },
        ]
      : [{ from, to }]
  return days.flatMap((days) => {
    const month = monthOf(days.from)
    const of = days.from < days.to ? months.get(month) : undefined
    const first = firstDay(month)
    return of ? [rowsWithin(of, { from: days.from - first, to: days.to - first })] : []
  })
}

function rowsWithin({ rows, days }: Month, { from, to }: { from: number; to: number }): Rows {
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

/** Of the whole months a row for each of the other keys. */
function sumOf(
  engine: Engine,
  question: SummedQuestion,
  { held, first, end, months }: Period,
): Rows {
  const name = `${first} ${end}`
  const known = held.sums.get(name)
  const stands = known && engine.standing(known.revision, firstDay(end))
  const summed = (parts: readonly Rows[]) =>
    narrowed(question, question.byMonth(joined(question, parts)))
  const parts: Rows[] = []
  for (let month = first; !stands && month < end; month++) {
    const of = months.get(month)
    if (!of) continue
    of.sum ??= summed([of.rows])
    parts.push(of.sum)
  }
  const rows = stands ? known.rows : summed(parts)
  const revision = stands ? known.revision : engine.revision()
  held.sums.delete(name)
  held.sums.set(name, { revision, rows })
  for (const oldest of held.sums.keys()) if (held.sums.size > MOST_SUMS) held.sums.delete(oldest)
  return rows
}

/** The rows of each month from the first to the last: those that stand as they are held, the others read. */
async function monthsIn(
  engine: Engine,
  question: DailyQuestion,
  { held, others, least, most }: { held: Held; others: Params; least: number; most: number },
): Promise<ReadonlyMap<number, Month>> {
  const revision = engine.revision()
  const all = Array.from({ length: most - least + 1 }, (_, i) => least + i)
  const found = new Map<number, Month>()
  for (const month of all) {
    const one = held.months.get(month)
    if (one && engine.standing(one.revision, firstDay(month + 1))) found.set(month, one)
  }
  const missing = all.filter((month) => !found.has(month))
  for (let next = missing[0]; next !== undefined; ) {
    const from = next
    const last = missing.findLast((month) => month < from + MONTHS_AT_ONCE) ?? from
    const days = { from: firstDay(from), to: firstDay(last + 1) }
    const answer = await engine.integers(question.sql, { ...others, ...days })
    for (const [month, part] of parted(question, answer, { from, last })) {
      const one = { revision, ...part }
      found.set(month, one)
      held.months.set(month, one)
    }
    next = missing.find((month) => month > last)
  }
  return found
}

/** The columns of a question. */
const narrowed = ({ columns }: DailyQuestion, answer: NumberColumns | IntegerColumns): Rows =>
  columns.map((name) => {
    const column = answer[name] ?? NONE
    const narrow = numbersFor(column)(column.length)
    narrow.set(column)
    return narrow
  })
const NONE = new Int32Array(0)

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
function* parted(
  { columns }: DailyQuestion,
  answer: IntegerColumns,
  { from, last }: { from: number; last: number },
): Generator<[month: number, part: Pick<Month, 'rows' | 'days'>]> {
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

function joined({ columns: names }: DailyQuestion, parts: readonly Rows[]): NumberColumns {
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

/** The months of one question; what was asked last is forgotten last. */
function heldOf(engine: Engine, key: string): Held {
  const questions = engines.get(engine) ?? new Map<string, Held>()
  engines.set(engine, questions)
  const held = questions.get(key) ?? { months: new Map(), sums: new Map() }
  questions.delete(key)
  questions.set(key, held)
  return held
}

const bytesOf = (rows: Rows) => rows.reduce((sum, { byteLength }) => sum + byteLength, 0)

function forget(engine: Engine) {
  const questions = engines.get(engine) ?? new Map<string, Held>()
  const heldBy = ({ months, sums }: Held) =>
    [...months.values()].reduce(
      (all, { rows, days, sum = [] }) => all + bytesOf([...rows, days, ...sum]),
      0,
    ) + [...sums.values()].reduce((all, { rows }) => all + bytesOf(rows), 0)
  let bytes = Array.from(questions.values()).reduce((all, held) => all + heldBy(held), 0)
  for (const [key, held] of questions) {
    if (bytes <= MOST_BYTES) return
    bytes -= heldBy(held)
    questions.delete(key)
  }
}

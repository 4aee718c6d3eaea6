import type { Engine, NumberColumns, Params } from './engine.ts'
import {
  bytesOf,
  continued,
  type DailyQuestion,
  type Days,
  firstDay,
  joined,
  monthOf,
  narrowed,
  parted,
  type Rows,
  rowsWithin,
} from './month-rows.ts'

/** A question whose rows of several days add up. */
interface SummedQuestion extends DailyQuestion {
  /** Of rows of several days one for each of its other keys. */
  readonly byMonth: (rows: NumberColumns) => NumberColumns
}
interface Stretch {
  revision: number
  rows: Rows
}
interface Month extends Stretch, Days {
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

/** The day by which the text of such a question groups. */
export const DAY = 'registered_on AS day'

const engines = new WeakMap<Engine, Map<string, Held>>()

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
  return engine.changedFrom(revision) >= to ? { held, from, to, first, end, months } : undefined
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

/** Of the whole months a row for each of the other keys. */
function sumOf(
  engine: Engine,
  question: SummedQuestion,
  { held, first, end, months }: Period,
): Rows {
  const name = `${first} ${end}`
  const known = held.sums.get(name)
  const stands = known && engine.changedFrom(known.revision) >= firstDay(end)
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

/** The rows of each month from the first to the last: what stands as it is held, the days after it read. */
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
    if (one && engine.changedFrom(one.revision) >= firstDay(month + 1)) found.set(month, one)
  }
  const missing = all.filter((month) => !found.has(month))
  for (let next = missing[0]; next !== undefined; ) {
    const from = next
    const last = missing.findLast((month) => month < from + MONTHS_AT_ONCE) ?? from
    const known = held.months.get(from)
    const since = Math.max(known ? engine.changedFrom(known.revision) : 0, firstDay(from))
    const days = { from: since, to: firstDay(last + 1) }
    const answer = await engine.integers(question.sql, { ...others, ...days })
    for (const [month, read] of parted(question, answer, { from, last })) {
      const before = month === from ? since - firstDay(from) : 0
      const one = { revision, ...(known && before > 0 ? continued(known, before, read) : read) }
      found.set(month, one)
      held.months.set(month, one)
    }
    next = missing.find((month) => month > last)
  }
  return found
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

import type { Engine, NumberColumns, Params } from './engine.ts'

/** Its text groups by `month`, that of the registration, too. */
interface PartedQuestion {
  readonly name: string
  readonly sql: string
  readonly columns: readonly string[]
}
/** A question whose rows of several months add up. */
interface MonthlyQuestion extends PartedQuestion {
  /** Of rows of several months one for each of its other keys. */
  readonly byMonth: (rows: NumberColumns) => NumberColumns
}
/** Whole numbers in half the room of the engine's, in the order of the question's columns. */
export type Rows = readonly Int32Array[]
interface Stretch {
  revision: number
  rows: Rows
}
interface Held {
  months: Map<number, Stretch>
  /** Sums over months that follow one another, by the first and the one after the last. */
  sums: Map<string, Stretch>
}

/** Rows held of all questions together: some forty megabytes. */
const MOST_ROWS = 2_200_000
/** Read in one question: of a large city a year of rows and all that is made of them is as large as all that is held. */
const MONTHS_AT_ONCE = 5
/** Sums of one question. */
const MOST_SUMS = 3
/** A period of more months is not divided. */
const MOST_MONTHS = 240
const DAY = 86_400_000

const engines = new WeakMap<Engine, Map<string, Held>>()

const firstDay = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY
function monthOf(day: number): number {
  const date = new Date(day * DAY)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/**
 * The rows of the days in [from, to). Whole months are held while none of their requests changes, so that a period never asked
 * for before reads only the days beside them.
 */
export async function columnsByMonth(
  engine: Engine,
  question: MonthlyQuestion,
  params: Params,
): Promise<NumberColumns> {
  const parts = await inParts(engine, question, params, async (months) => [
    await sumOf(engine, question, months),
  ])
  return parts ? joined(question, parts) : engine.columns(question.sql, params)
}

/** The same in parts that are not added up: for rows so many that joining them costs more than reading them one part after the other. */
export async function partsByMonth(
  engine: Engine,
  question: PartedQuestion,
  params: Params,
): Promise<readonly Rows[]> {
  const parts = await inParts(engine, question, params, async (months) => {
    const found = await monthsOf(engine, question, months)
    forget(engine)
    return found
  })
  return parts ?? [wholeNumbers(question, await engine.columns(question.sql, params))]
}

/** The months that are held, and the days beside; undefined where the period is not divided, or was read while it changed. */
async function inParts(
  engine: Engine,
  question: PartedQuestion,
  params: Params,
  whole: (months: Months) => Promise<readonly Rows[]>,
): Promise<readonly Rows[] | undefined> {
  const { from, to, ...others } = params
  if (typeof from !== 'number' || typeof to !== 'number')
    throw new Error(`question ${question.name}: its period is not given in days`)
  const [first, end] = [monthOf(from - 1) + 1, monthOf(to)]
  const read = (days: { from: number; to: number }) =>
    days.from < days.to ? engine.columns(question.sql, { ...others, ...days }) : undefined
  if (first >= end || end - first > MOST_MONTHS) return undefined
  const held = heldOf(
    engine,
    `${question.name}\u0000${question.sql}\u0000${JSON.stringify(others)}`,
  )
  const revision = engine.revision()
  const beside = [read({ from, to: firstDay(first) }), read({ from: firstDay(end), to })]
  const [months, ...days] = await Promise.all([whole({ held, first, end, others }), ...beside])
  // Of two snapshots there would be an answer that never was true.
  if (!engine.standing(revision, to)) return undefined
  return [...months, ...days.flatMap((answer) => (answer ? [wholeNumbers(question, answer)] : []))]
}

/** Those in [first, end) of what is held of a question. */
interface Months {
  held: Held
  first: number
  end: number
  others: Params
}

/** Of the months in [first, end), a row for each of the other keys. */
async function sumOf(engine: Engine, question: MonthlyQuestion, months: Months): Promise<Rows> {
  const { held, first, end } = months
  const name = `${first} ${end}`
  const known = held.sums.get(name)
  if (known && engine.standing(known.revision, firstDay(end))) return known.rows
  const revision = engine.revision()
  const parts = await monthsOf(engine, question, months)
  const rows = wholeNumbers(question, question.byMonth(joined(question, parts)))
  held.sums.delete(name)
  held.sums.set(name, { revision, rows })
  for (const oldest of held.sums.keys()) if (held.sums.size > MOST_SUMS) held.sums.delete(oldest)
  forget(engine)
  return rows
}

/** The rows of each month in [first, end): those that stand as they are held, the others read. */
async function monthsOf(
  engine: Engine,
  question: PartedQuestion,
  { held, first, end, others }: Months,
): Promise<Rows[]> {
  const revision = engine.revision()
  const all = Array.from({ length: end - first }, (_, i) => first + i)
  const found = new Map<number, Rows>()
  for (const month of all) {
    const one = held.months.get(month)
    if (one && engine.standing(one.revision, firstDay(month + 1))) found.set(month, one.rows)
  }
  const missing = all.filter((month) => !found.has(month))
  for (let next = missing[0]; next !== undefined; ) {
    const least = next
    const most = missing.findLast((month) => month < least + MONTHS_AT_ONCE) ?? least
    const days = { from: firstDay(least), to: firstDay(most + 1) }
    const answer = await engine.columns(question.sql, { ...others, ...days })
    for (const [month, rows] of parted(question, answer, { least, most })) {
      found.set(month, rows)
      held.months.set(month, { revision, rows })
    }
    next = missing.find((month) => month > most)
  }
  return all.map((month) => found.get(month) ?? [])
}

/** The columns of a question. */
const wholeNumbers = ({ columns }: PartedQuestion, answer: NumberColumns): Rows =>
  columns.map((name) => Int32Array.from(answer[name] ?? NONE))
const NONE = new Float64Array(0)

/** Of each month its own rows, in the order in which they came. */
function* parted(
  { columns }: PartedQuestion,
  answer: NumberColumns,
  { least, most }: { least: number; most: number },
): Generator<[month: number, rows: Rows]> {
  const months = answer.month ?? NONE
  const counts = new Int32Array(most - least + 1)
  for (const month of months) counts[month - least] = (counts[month - least] ?? 0) + 1
  const parts = Array.from(counts, (count) => columns.map(() => new Int32Array(count)))
  for (const [which, name] of columns.entries()) {
    const column = answer[name] ?? NONE
    const filled = new Int32Array(counts.length)
    for (let row = 0; row < months.length; row++) {
      const month = (months[row] ?? 0) - least
      const at = filled[month] ?? 0
      const own = parts[month]?.[which]
      if (own) own[at] = column[row] ?? 0
      filled[month] = at + 1
    }
  }
  for (const [at, rows] of parts.entries()) yield [least + at, rows]
}

function joined({ columns: names }: PartedQuestion, parts: readonly Rows[]): NumberColumns {
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

function forget(engine: Engine) {
  const questions = engines.get(engine) ?? new Map<string, Held>()
  const rowsOf = ({ months, sums }: Held) =>
    [...months.values(), ...sums.values()].reduce(
      (all, { rows }) => all + (rows[0]?.length ?? 0),
      0,
    )
  let rows = Array.from(questions.values()).reduce((all, held) => all + rowsOf(held), 0)
  for (const [key, held] of questions) {
    if (rows <= MOST_ROWS) return
    rows -= rowsOf(held)
    questions.delete(key)
  }
}

import type { z } from 'zod'
import { columnsByMonth, partsByMonth } from './by-month.ts'
import type { Engine, Params, Row } from './engine.ts'
import type { Numbers } from './month-rows.ts'

/** It reads only rows of `request` that WITHIN_FILTER lets through: while none of those changes, its answer stands. */
type Within = 'filter'

/** A question is a value: a name, one portable SQL text, and the shape of its rows. */
export interface Question<T> {
  readonly name: string
  readonly sql: string
  readonly row: z.ZodType<T>
  readonly within?: Within
}

const ANSWERS = 500
/** Answers about past days outlive revisions. Those by columns may be megabytes of cells: few are kept, those asked last. */
const STANDING = { rows: 60, columns: 6 }
type Form = keyof typeof STANDING

interface Kept {
  revision: number
  answer: Promise<unknown>
}
interface Memory {
  revision: number
  answers: Map<string, Promise<unknown>>
  /** Answers about past days, kept over revisions. */
  past: Record<Form, Map<string, Kept>>
}
const memories = new WeakMap<Engine, Memory>()

/** A question whose answer is many thousand numbers, and what is read from them; kept is only what was read. */
export interface ColumnQuestion<C extends string, T> {
  readonly name: string
  readonly sql: string
  readonly columns: readonly C[]
  readonly within?: Within
  /**
   * Its text groups by `day` too, this makes one row of those of several days, and it reads only what WITHIN_FILTER lets
   * through: months that stand are not read again. `read` sees keys more than once.
   */
  readonly byMonth?: (rows: Readonly<Record<C, Float64Array>>) => Readonly<Record<C, Float64Array>>
  readonly read: (columns: Readonly<Record<C, Float64Array>>) => T
}

/**
 * Asks once per question, parameters and revision: a second asker shares the running query or its answer, so that a
 * hundred screens cost one query. Throws when a row does not have the question's shape.
 */
export const ask = <T>(engine: Engine, question: Question<T>, params: Params = {}): Promise<T[]> =>
  once(engine, 'rows', question, params, async () =>
    parse(question, await engine.query(question.sql, params)),
  )

/** The same for a question by columns. */
export const askColumns = <C extends string, T>(
  engine: Engine,
  question: ColumnQuestion<C, T>,
  params: Params = {},
): Promise<T> =>
  once(engine, 'columns', question, params, async () => {
    const { byMonth } = question
    const columns = byMonth
      ? await columnsByMonth(
          engine,
          // The columns of its text are those that it names.
          { ...question, byMonth: (rows) => byMonth(rows as Readonly<Record<C, Float64Array>>) },
          params,
        )
      : await engine.columns(question.sql, params)
    for (const name of question.columns)
      if (!columns[name]) throw new Error(`question ${question.name}: no column ${name}`)
    return question.read(columns as Readonly<Record<C, Float64Array>>)
  })

/** A question by columns whose text groups by `day` too, read in parts: those of months that stand are not read again. */
export interface PartsQuestion<C extends string, T>
  extends Pick<ColumnQuestion<C, T>, 'name' | 'sql' | 'columns'> {
  readonly within: Within
  /** What `read` knows besides its parts: with it the answer is another. */
  readonly by?: string
  readonly read: (parts: readonly Readonly<Record<C, Numbers>>[]) => T
}

/** The same for a question by parts; its numbers are whole. */
export const askParts = <C extends string, T>(
  engine: Engine,
  question: PartsQuestion<C, T>,
  params: Params = {},
): Promise<T> =>
  once(engine, 'columns', question, params, async () => {
    const parts = await partsByMonth(engine, question, params)
    return question.read(
      parts
        .filter((part) => part.length > 0)
        // The columns come in the order of their names.
        .map(
          (part) =>
            Object.fromEntries(question.columns.map((name, i) => [name, part[i]])) as Record<
              C,
              Numbers
            >,
        ),
    )
  })

function once<A>(
  engine: Engine,
  form: Form,
  { name, sql, within, by = '' }: { name: string; sql: string; within?: Within; by?: string },
  params: Params,
  run: () => Promise<A>,
): Promise<A> {
  const revision = engine.revision()
  const memory = memoryOf(engine, revision)
  const key = `${name}\u0000${sql}\u0000${by}\u0000${JSON.stringify(params)}`
  const known = memory.answers.get(key)
  if (known) return known as Promise<A>
  const past = within === 'filter' && typeof params.to === 'number' ? params.to : undefined
  const kept = past === undefined ? undefined : memory.past[form].get(key)
  const stands = kept && past !== undefined && engine.changedFrom(kept.revision) >= past
  // The key holds the question's text, and with it the type of its answer.
  const answer = stands ? (kept.answer as Promise<A>) : run()
  remember(memory.answers, key, answer, ANSWERS)
  if (past !== undefined) remember(memory.past[form], key, { revision, answer }, STANDING[form])
  if (!stands)
    answer.catch(() => {
      memory.answers.delete(key)
      memory.past[form].delete(key)
    })
  return answer
}

function memoryOf(engine: Engine, revision: number): Memory {
  let memory = memories.get(engine)
  if (memory?.revision !== revision) {
    memory = {
      revision,
      answers: new Map(),
      past: memory?.past ?? { rows: new Map(), columns: new Map() },
    }
    memories.set(engine, memory)
  }
  return memory
}

/** The newest last; the oldest is forgotten. */
function remember<V>(all: Map<string, V>, key: string, value: V, most: number) {
  all.delete(key)
  all.set(key, value)
  for (const oldest of all.keys()) {
    if (all.size <= most) return
    all.delete(oldest)
  }
}

function parse<T>(question: Question<T>, rows: Row[]): T[] {
  return rows.map((row, index) => {
    const parsed = question.row.safeParse(row)
    if (parsed.success) return parsed.data
    throw new Error(
      `question ${question.name}: row ${index} is not of its shape: ${parsed.error.message}`,
    )
  })
}

import type { z } from 'zod'
import type { Engine, Params, Row } from './engine.ts'

/** A question is a value: a name, one portable SQL text, and the shape of its rows. */
export interface Question<T> {
  readonly name: string
  readonly sql: string
  readonly row: z.ZodType<T>
}

const ANSWERS = 500

interface Memory {
  revision: number
  answers: Map<string, Promise<unknown>>
}
const memories = new WeakMap<Engine, Memory>()

/** A question whose answer is many thousand numbers, and what is read from them; kept is only what was read. */
export interface ColumnQuestion<C extends string, T> {
  readonly name: string
  readonly sql: string
  readonly columns: readonly C[]
  readonly read: (columns: Readonly<Record<C, Float64Array>>) => T
}

/**
 * Asks once per question, parameters and revision: a second asker shares the running query or its answer, so that a
 * hundred screens cost one query. Throws when a row does not have the question's shape.
 */
export const ask = <T>(engine: Engine, question: Question<T>, params: Params = {}): Promise<T[]> =>
  once(engine, question, params, async () =>
    parse(question, await engine.query(question.sql, params)),
  )

/** The same for a question by columns. */
export const askColumns = <C extends string, T>(
  engine: Engine,
  question: ColumnQuestion<C, T>,
  params: Params = {},
): Promise<T> =>
  once(engine, question, params, async () => {
    const columns = await engine.columns(question.sql, params)
    for (const name of question.columns)
      if (!columns[name]) throw new Error(`question ${question.name}: no column ${name}`)
    return question.read(columns as Readonly<Record<C, Float64Array>>)
  })

function once<A>(
  engine: Engine,
  { name, sql }: { name: string; sql: string },
  params: Params,
  run: () => Promise<A>,
): Promise<A> {
  const revision = engine.revision()
  let memory = memories.get(engine)
  if (!memory || memory.revision !== revision) {
    memory = { revision, answers: new Map() }
    memories.set(engine, memory)
  }
  const key = `${name}\u0000${sql}\u0000${JSON.stringify(params)}`
  const known = memory.answers.get(key)
  if (known) return known as Promise<A>
  const { answers } = memory
  const answer = run()
  answers.set(key, answer)
  answer.catch(() => answers.delete(key))
  if (answers.size > ANSWERS)
    for (const oldest of answers.keys()) {
      answers.delete(oldest)
      break
    }
  return answer
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

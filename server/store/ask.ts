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

/**
 * Asks once per question, parameters and revision: a second asker shares the running query or its answer, so that a
 * hundred screens cost one query. Throws when a row does not have the question's shape.
 */
export async function ask<T>(
  engine: Engine,
  question: Question<T>,
  params: Params = {},
): Promise<T[]> {
  const revision = engine.revision()
  let memory = memories.get(engine)
  if (!memory || memory.revision !== revision) {
    memory = { revision, answers: new Map() }
    memories.set(engine, memory)
  }
  const key = `${question.name}\u0000${question.sql}\u0000${JSON.stringify(params)}`
  const known = memory.answers.get(key)
  if (known) return known as Promise<T[]>
  const { answers } = memory
  const answer = engine.query(question.sql, params).then((rows) => parse(question, rows))
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

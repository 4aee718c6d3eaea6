import { expect, test } from 'vitest'
import { z } from 'zod'
import { ask, askColumns } from './ask.ts'
import { createChanges } from './changes.ts'
import type { Engine, Params, Row } from './engine.ts'

const COUNT = { name: 'count', sql: 'SELECT n', row: z.object({ n: z.number() }) }

/** An engine that answers when told, with how often it was asked; its revision is set by the test. */
function standingEngine() {
  const asked: Params[] = []
  let revision = 1
  const changes = createChanges()
  let answer: () => Promise<Row[]> = async () => [{ n: asked.length }]
  const engine: Engine = {
    query(_sql, params = {}) {
      asked.push(params)
      return answer()
    },
    columns: async () => ({ n: Float64Array.of(asked.push({})) }),
    integers: async () => ({ n: Int32Array.of(asked.push({})) }),
    async *stream() {},
    revision: () => revision,
    changedFrom: changes.changedFrom,
  }
  return {
    engine,
    asked,
    /** `from`: the first day of registration whose requests change. */
    commit: (from = Number.NEGATIVE_INFINITY) => changes.note(++revision, from),
    answering(next: () => Promise<Row[]>) {
      answer = next
    },
  }
}

test('a hundred screens cost one query, while it runs and afterwards', async () => {
  const { engine, asked } = standingEngine()
  const answers = await Promise.all(Array.from({ length: 99 }, () => ask(engine, COUNT, { a: 1 })))
  answers.push(await ask(engine, COUNT, { a: 1 }))
  expect(asked).toEqual([{ a: 1 }])
  expect(new Set(answers.map(([row]) => row?.n))).toEqual(new Set([1]))
})

test('other parameters are another question', async () => {
  const { engine, asked } = standingEngine()
  await Promise.all([ask(engine, COUNT, { a: 1 }), ask(engine, COUNT, { a: 2 })])
  expect(asked).toEqual([{ a: 1 }, { a: 2 }])
})

test('after a commit the question is asked anew', async () => {
  const { engine, commit } = standingEngine()
  expect(await ask(engine, COUNT)).toEqual([{ n: 1 }])
  commit()
  expect(await ask(engine, COUNT)).toEqual([{ n: 2 }])
})

test('an answer about past days stands until a request of those days changes', async () => {
  const { engine, commit } = standingEngine()
  const past = { ...COUNT, within: 'filter' as const }
  const before = (to: number) => ask(engine, past, { to })
  expect(await before(100)).toEqual([{ n: 1 }])
  commit(100)
  expect(await before(100)).toEqual([{ n: 1 }])
  expect(await ask(engine, COUNT, { to: 101 })).toEqual([{ n: 2 }])
  commit(99)
  expect(await before(100)).toEqual([{ n: 3 }])
})

test('a failure is told to everybody who waits and is not remembered', async () => {
  const { engine, answering } = standingEngine()
  answering(async () => {
    throw new Error('the engine is gone')
  })
  const waiting = [ask(engine, COUNT), ask(engine, COUNT)]
  for (const answer of waiting) await expect(answer).rejects.toThrow('the engine is gone')
  answering(async () => [{ n: 7 }])
  expect(await ask(engine, COUNT)).toEqual([{ n: 7 }])
})

test('a row of another shape is a fault that names the question and the row', async () => {
  const { engine, answering } = standingEngine()
  answering(async () => [{ n: 1 }, { n: 'many' }])
  await expect(ask(engine, COUNT)).rejects.toThrow(/question count: row 1 is not of its shape/)
})

test('what was read from columns is shared like any answer; a missing column is named', async () => {
  const { engine, asked } = standingEngine()
  const question = {
    ...{ name: 'sum', sql: 'SELECT n', columns: ['n'] as const },
    read: ({ n }: { n: Float64Array }) => n.reduce((sum, value) => sum + value, 0),
  }
  expect([await askColumns(engine, question), await askColumns(engine, question)]).toEqual([1, 1])
  expect(asked).toHaveLength(1)
  const wrong = { ...question, columns: ['m'] as const, read: () => 0 }
  await expect(askColumns(engine, { ...wrong, name: 'wrong' })).rejects.toThrow(
    'question wrong: no column m',
  )
})

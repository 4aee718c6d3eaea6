import { z } from 'zod'
import type { DifferenceSearch, Side, SideName } from '#server/contract/measures/comparison.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import type { MeasureId } from '#server/contract/measures/shape.ts'
import { tokenOf, versionOf } from '#server/contract/measures/versions.ts'
import { type Language, OUTCOMES, STATES, type Words } from '#server/contract/vocabulary.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { type BoundSide, bindSide, inWords } from './sides.ts'

const count = z.number().int()

function bindBoth(context: Context, { a, b }: { a: Side; b: Side }): Record<SideName, BoundSide> {
  for (const { measure, part } of [a, b])
    if (part === 'among' && COUNTED[measure].among === null)
      throw new Refusal(
        'BAD_REQUEST',
        `${measure} is a count and has no denominator; ask for its rows`,
      )
  return { a: bindSide(context, 'a', a), b: bindSide(context, 'b', b) }
}

export interface Compared {
  a: { measure: MeasureId; version: number; token: string; count: number }
  b: { measure: MeasureId; version: number; token: string; count: number }
  both: number
  onlyA: number
  onlyB: number
  /** The minute of which all this holds. */
  now: number
}

/** How many requests two numbers count, together and apart. */
export async function compare(context: Context, sides: { a: Side; b: Side }): Promise<Compared> {
  const { a, b } = bindBoth(context, sides)
  const question = {
    name: 'metrics.compare',
    row: z.object({ a: count, b: count, both: count }),
    sql: `
    SELECT count(CASE WHEN ${a.sql} THEN 1 END) AS a, count(CASE WHEN ${b.sql} THEN 1 END) AS b,
      count(CASE WHEN ${a.sql} AND ${b.sql} THEN 1 END) AS both
    FROM request`,
  }
  const [row] = await ask(context.engine, question, { ...a.params, ...b.params })
  if (!row) throw new Error('a count without a row')
  const named = ({ measure }: Side, count: number) => ({
    ...{ measure, version: versionOf(measure), token: tokenOf(measure) },
    count,
  })
  return {
    a: named(sides.a, row.a),
    b: named(sides.b, row.b),
    both: row.both,
    onlyA: row.a - row.both,
    onlyB: row.b - row.both,
    now: minuteOf(context.now()),
  }
}

const Difference = z.looseObject({
  number: z.string(),
  registered_at: z.number(),
  due_at: z.number().nullable(),
  closed_at: z.number().nullable(),
  building: count,
  place: z.string().nullable(),
  organization: count,
  category: count,
  state: count,
  outcome: count,
})

/** A request that one number counts and the other does not. */
export interface DifferenceLine {
  number: string
  registeredAt: number
  dueAt: number | null
  closedAt: number | null
  address: Words | null
  organization: string | null
  category: Words | null
  state: (typeof STATES)[number]
  outcome: (typeof OUTCOMES)[number]
  /** Conditions of the other number that it does not meet, in words. */
  fails: string[]
}

export interface DifferenceInput extends DifferenceSearch {
  language: Language
  offset: number
  limit: number
}

/** A page of the requests that only one of two numbers counts, the latest first, each with why the other does not count it. */
export async function differences(
  context: Context,
  { language, offset, limit, side, ...sides }: DifferenceInput,
): Promise<DifferenceLine[]> {
  const bound = bindBoth(context, sides)
  const [mine, other] = side === 'a' ? [bound.a, bound.b] : [bound.b, bound.a]
  const question = {
    name: 'metrics.differences',
    row: Difference,
    sql: `
    SELECT number, registered_at, due_at, closed_at, building, place, organization, category, state, outcome,
      ${other.conditions.map(({ sql }, index) => `(${sql}) AS meets_${index}`).join(', ')}
    FROM request
    WHERE ${mine.sql} AND NOT ${other.sql}
    ORDER BY registered_at DESC, request DESC
    LIMIT $limit OFFSET $offset`,
  }
  const { registry } = context
  const params = { ...bound.a.params, ...bound.b.params, limit, offset }
  const rows = await ask(context.engine, question, params)
  return rows.map((row) => ({
    number: row.number,
    registeredAt: row.registered_at,
    dueAt: row.due_at,
    closedAt: row.closed_at,
    address: registry.building(row.building)?.address ?? (row.place ? { ru: row.place } : null),
    organization: registry.organization(row.organization)?.name ?? null,
    category: registry.category(row.category)?.name ?? null,
    state: STATES[row.state] ?? 'registered',
    outcome: OUTCOMES[row.outcome] ?? 'open',
    fails: other.conditions
      .filter((_, index) => row[`meets_${index}`] === false)
      .map((condition) => inWords(condition, context, language)),
  }))
}

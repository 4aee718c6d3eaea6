import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import { type RequestOrder, sortOf } from '#server/contract/requests.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { METRICS } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import type { Params } from '#server/store/engine.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { factsOf, lineOf, type RequestLine } from './lines.ts'
import { isNamed, keysInOrder, PAST, ranksOf } from './order.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now'>

const count = z.number().int()

/** How many requests a filter lets through, and how many of them are open and overdue. */
const SUMMARY = {
  name: 'requests.summary',
  row: z.object({
    requests: count,
    incidents: count,
    open: count,
    overdue: count,
    marked: count,
  }),
  sql: `
    SELECT count(*) AS requests, count(DISTINCT incident) AS incidents, ${METRICS.open.numerator} AS open,
      ${METRICS.overdue.numerator} AS overdue, count(CASE WHEN marks <> 0 THEN 1 END) AS marked
    FROM request
    WHERE ${WITHIN_FILTER}`,
}

export interface Summary {
  requests: number
  /** Mass events counted once: of how many incidents they are. */
  incidents: number
  open: number
  overdue: number
  marked: number
}

export async function summaryOf(context: Asked, filter: Filter): Promise<Summary> {
  const params = bindFilter(filter, context.registry, context.now())
  const [row] = await ask(context.engine, SUMMARY, params)
  if (!row) throw new Error('a count without a row')
  return row
}

/** Requests by local day of registration: leads to a far page without ordering everything before it. */
const DAYS = {
  name: 'requests.days',
  row: z.object({ day: count, requests: count }),
  sql: `
    SELECT registered_on AS day, count(*) AS requests
    FROM request
    WHERE ${WITHIN_FILTER} AND ${PAST}
    GROUP BY registered_on
    ORDER BY registered_on`,
}

export interface PageInput {
  filter: Filter
  order: RequestOrder
  language: Language
  offset: number
  limit: number
}

const Key = z.object({ request: count })
/** From here on counting days first is cheaper than ordering all rows before the page. */
const FAR = 20_000

/** One page of requests in an order that never leaves two rows tied. */
export async function pageOf(context: Asked, input: PageInput): Promise<RequestLine[]> {
  const keys = await keysOf(context, input)
  const rows = await factsOf(context.engine, keys)
  return rows.map((row) => lineOf(row, context.registry))
}

async function keysOf(context: Asked, input: PageInput): Promise<number[]> {
  const { sort, descending } = sortOf(input.order)
  const { engine, registry } = context
  let params = bindFilter(input.filter, registry, context.now())
  let { offset } = input
  if (sort === 'registeredAt' && offset >= FAR) {
    const found = daysOf(await ask(engine, DAYS, params), descending, offset, input.limit)
    if (!found) return keysAhead(context, input, 0)
    params = { ...params, from: found.from, to: found.to }
    offset = found.offset
  }
  const question = {
    name: `requests.page.${input.order}`,
    row: Key,
    sql: `${keysInOrder(sort, descending)}
    LIMIT $limit OFFSET $offset`,
  }
  const all: Params = {
    ...params,
    ...ranksOf(sort, registry, input.language),
    limit: input.limit,
    offset,
  }
  // A page ordered by names carries the whole order of names: too much to keep as the key of an answer.
  const rows = isNamed(sort)
    ? z.array(Key).parse(await engine.query(question.sql, all))
    : await ask(engine, question, all)
  const keys = rows.map((row) => row.request)
  return sort === 'registeredAt' && keys.length < input.limit
    ? [...keys, ...(await keysAhead(context, input, keys.length))]
    : keys
}

/** The end of the order by registration: what is registered ahead of now, after the `taken` rows of the page before it. */
async function keysAhead(context: Asked, input: PageInput, taken: number): Promise<number[]> {
  const { sort, descending } = sortOf(input.order)
  const params = bindFilter(input.filter, context.registry, context.now())
  const days = taken > 0 ? [] : await ask(context.engine, DAYS, params)
  const before = days.reduce((sum, { requests }) => sum + requests, 0)
  const question = {
    name: `requests.ahead.${input.order}`,
    row: Key,
    sql: `${keysInOrder(sort, descending, 'ahead')}
    LIMIT $limit OFFSET $offset`,
  }
  const rows = await ask(context.engine, question, {
    ...params,
    limit: input.limit - taken,
    offset: taken > 0 ? 0 : Math.max(0, input.offset - before),
  })
  return rows.map((row) => row.request)
}

/** The days that hold the rows from `offset` on, and where among them the page begins. */
export function daysOf(
  days: readonly { day: number; requests: number }[],
  descending: boolean,
  offset: number,
  limit: number,
): { from: number; to: number; offset: number } | undefined {
  const ordered = descending ? days.toReversed() : days
  let before = 0
  let first: { day: number; before: number } | undefined
  let last = 0
  for (const { day, requests } of ordered) {
    if (!first && before + requests > offset) first = { day, before }
    last = day
    before += requests
    if (first && before >= offset + limit) break
  }
  if (!first) return undefined
  return {
    from: Math.min(first.day, last),
    to: Math.max(first.day, last) + 1,
    offset: offset - first.before,
  }
}

/** Keys of every request a filter lets through, in order, read in portions; the engine is held only while they are read. */
export async function allKeysOf(context: Asked, input: Omit<PageInput, 'offset' | 'limit'>) {
  const { sort, descending } = sortOf(input.order)
  const params = {
    ...bindFilter(input.filter, context.registry, context.now()),
    ...ranksOf(sort, context.registry, input.language),
  }
  const portions: Int32Array[] = []
  const parts = sort === 'registeredAt' ? (['past', 'ahead'] as const) : (['past'] as const)
  for (const part of parts)
    for await (const rows of context.engine.stream(keysInOrder(sort, descending, part), params))
      portions.push(Int32Array.from(rows, (row) => Key.parse(row).request))
  return portions
}

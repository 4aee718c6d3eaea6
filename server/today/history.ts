import { z } from 'zod'
import { SOUND } from '#server/metrics.ts'
import { ask, askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import type { Engine } from '#server/store/engine.ts'
import { HISTORY_DAYS } from './alike.ts'

/** Keys of the facts; an empty list restricts nothing. */
export interface Scope {
  district: readonly number[]
  category: readonly number[]
}
export const WHOLE: Scope = { district: [], category: [] }
export const IN_SCOPE = `test = false AND (len($district) = 0 OR list_contains($district, district))
  AND (len($category) = 0 OR list_contains($category, category))`

const HOURS = 24

/** Requests by hour of each day before today; a day without any is not there. */
export type Days = ReadonlyMap<number, readonly number[]>

type Columns = 'day' | 'hour' | 'requests'
const HISTORY = {
  name: 'todayHistory',
  sql: `
    SELECT registered_on AS day, registered_hour AS hour, CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE registered_on >= $from AND registered_on < $today AND ${IN_SCOPE}
    GROUP BY registered_on, registered_hour`,
  columns: ['day', 'hour', 'requests'],
  read({ day, hour, requests }) {
    const days = new Map<number, number[]>()
    day.forEach((key, i) => {
      let hours = days.get(key)
      if (!hours) {
        hours = noHours()
        days.set(key, hours)
      }
      hours[hour[i] ?? 0] = requests[i] ?? 0
    })
    return days
  },
} as const satisfies ColumnQuestion<Columns, Days>

/** What came on a day by its hours, and how much of it with a time that can be. */
const DAY_HOURS = {
  name: 'todayHours',
  row: z.object({
    hour: z.number().int(),
    requests: z.number().int(),
    sound: z.number().int(),
  }),
  sql: `
    SELECT registered_hour AS hour, count(*) AS requests, count(CASE WHEN ${SOUND} THEN 1 END) AS sound
    FROM request WHERE registered_on = $today AND ${IN_SCOPE}
    GROUP BY registered_hour ORDER BY hour`,
}

export const noHours = () => Array.from<number>({ length: HOURS }).fill(0)

/** What is usual does not change with every event: where the past has changed, it is asked anew after so long, or so many changes. */
const KEPT_MS = 600_000
const KEPT_REVISIONS = 2000
const SCOPES = 60

interface Kept<T> {
  at: number
  revision: number
  answer: Promise<T>
}
export interface Asker {
  engine: Engine
  /** Minute, UTC ms. */
  now: number
  today: number
}

/**
 * Answers about the days before today, kept for each scope until midnight or until they may be wrong: at once where no
 * request of those days changed, else for ten minutes. An answer that says the same as the one before is that one, so that what
 * follows from it can be kept by it.
 */
export function keptPast<T, A extends Asker = Asker>(
  compute: (asker: A, scope: Scope) => Promise<T>,
  isSame: (before: T, now: T) => boolean = () => false,
) {
  const memory = new WeakMap<Engine, Map<string, Kept<T>>>()
  return (asker: A, scope: Scope): Promise<T> => {
    const { engine, now, today } = asker
    const all = memory.get(engine) ?? new Map<string, Kept<T>>()
    memory.set(engine, all)
    const key = `${today} ${scope.district.join()} ${scope.category.join()}`
    const known = all.get(key)
    const revision = engine.revision()
    if (
      known &&
      (engine.changedFrom(known.revision) >= today ||
        (now - known.at < KEPT_MS && revision - known.revision < KEPT_REVISIONS))
    )
      return known.answer
    const answer = compute(asker, scope).then(async (found) => {
      const before = await known?.answer.catch(() => undefined)
      return before !== undefined && isSame(before, found) ? before : found
    })
    all.delete(key)
    all.set(key, { at: now, revision, answer })
    answer.catch(() => {
      if (all.get(key)?.answer === answer) all.delete(key)
    })
    for (const oldest of all.keys()) {
      if (all.size <= SCOPES) break
      all.delete(oldest)
    }
    return answer
  }
}

const isSameDays = (before: Days, now: Days) =>
  before.size === now.size &&
  [...now].every(([day, hours]) => {
    const known = before.get(day)
    return known !== undefined && hours.every((requests, hour) => requests === known[hour])
  })

/** Of two years and a season. */
export const daysBefore = keptPast<Days>(
  ({ engine, today }, scope) =>
    askColumns(engine, HISTORY, { ...scope, today, from: today - HISTORY_DAYS }),
  isSameDays,
)

interface Span {
  first: number
  last: number
}

/** First and last local day before today on which anything was registered. */
const SPAN = {
  name: 'todaySpan',
  within: 'filter' as const,
  row: z.object({ first: z.number().int().nullable(), last: z.number().int().nullable() }),
  sql: `
    SELECT min(registered_on) AS first, max(registered_on) AS last
    FROM request WHERE ${SOUND} AND registered_on < $to AND ${IN_SCOPE}`,
}

/** Days between which the record of a scope lies; null where it holds nothing. */
export async function spanOf({ engine, today }: Asker, scope: Scope): Promise<Span | null> {
  const [[before], hours] = await Promise.all([
    ask(engine, SPAN, { ...scope, to: today }),
    ask(engine, DAY_HOURS, { ...scope, today }),
  ])
  const { first = null, last = null } = before ?? {}
  if (hours.some(({ sound }) => sound > 0)) return { first: first ?? today, last: today }
  return first === null || last === null ? null : { first, last }
}

/** Nothing was registered for so many days: today is not compared with a city that was still reporting. */
const QUIET_DAYS = 2
export const hasEnded = (span: { last: number } | null, today: number) =>
  span !== null && today - span.last >= QUIET_DAYS

/** What has come today. */
export async function hoursOf({ engine, today }: Asker, scope: Scope): Promise<number[]> {
  const hours = noHours()
  for (const { hour, requests } of await ask(engine, DAY_HOURS, { ...scope, today }))
    hours[hour] = requests
  return hours
}

import type { Words } from '#server/contract/vocabulary.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { dayNumbers, type Scoped, scopeOf, typicalDays } from '#server/today/day.ts'
import { type Asker, IN_SCOPE, keptPast, noHours } from '#server/today/history.ts'
import { restOf, soFarOf } from '#server/today/rest.ts'
import { quantile, sum, usualBand } from '#server/today/usual.ts'
import type { Context } from '#server/trpc.ts'

export const PARTS = ['category', 'district'] as const
export type Part = (typeof PARTS)[number]

type Hours = Map<number, Map<number, number[]>>
type Columns = 'part' | 'day' | 'hour' | 'requests'

const hoursBy = (part: Part, days: string) =>
  ({
    name: `todayParts-${part}`,
    sql: `
      SELECT ${part} AS part, registered_on AS day, registered_hour AS hour,
        CAST(count(*) AS INTEGER) AS requests
      FROM request WHERE ${days} AND ${IN_SCOPE}
      GROUP BY ${part}, registered_on, registered_hour`,
    columns: ['part', 'day', 'hour', 'requests'],
    read({ part: parts, day, hour, requests }) {
      const found: Hours = new Map()
      parts.forEach((key, i) => {
        const ofPart = found.get(key) ?? new Map<number, number[]>()
        found.set(key, ofPart)
        const hours = ofPart.get(day[i] ?? 0) ?? noHours()
        ofPart.set(day[i] ?? 0, hours)
        hours[hour[i] ?? 0] = requests[i] ?? 0
      })
      return found
    },
  }) as const satisfies ColumnQuestion<Columns, Hours>

const BEFORE = 'list_contains($days, registered_on)'
const TODAY = 'registered_on = $today'
const QUESTIONS: Record<
  Part,
  { before: ColumnQuestion<Columns, Hours>; today: ColumnQuestion<Columns, Hours> }
> = {
  category: { before: hoursBy('category', BEFORE), today: hoursBy('category', TODAY) },
  district: { before: hoursBy('district', BEFORE), today: hoursBy('district', TODAY) },
}

const pastOf = (part: Part) =>
  keptPast<Hours, Asker & { days: readonly number[] }>(({ engine, days }, scope) =>
    askColumns(engine, QUESTIONS[part].before, { ...scope, days }),
  )
const PAST = { category: pastOf('category'), district: pastOf('district') }

export interface PartRow {
  /** Of the source; null = unknown or none. */
  id: string | null
  name: Words | null
  came: number
  usual: { median: number; low: number; high: number } | null
  /** Of the whole day. */
  expected: number | null
}

/** Each category, or each district, so far today against the same part of comparable days; what is furthest from usual first. */
export async function parts(
  context: Context,
  { part, ...scoped }: Scoped & { part: Part },
): Promise<{ rows: PartRow[]; days: number }> {
  const { engine, registry } = context
  const { now, today, hour } = await dayNumbers(context, scoped)
  const scope = scopeOf(context, scoped)
  const { past: days } = await typicalDays(context, { engine, now, today }, scope)
  const [before, hours] = await Promise.all([
    PAST[part]({ engine, now, today, days }, scope),
    askColumns(engine, QUESTIONS[part].today, { ...scope, today }),
  ])
  const rows = [...new Set([...before.keys(), ...hours.keys()])].map((key) => {
    const known = part === 'category' ? registry.category(key) : registry.district(key)
    const soFar = hours.get(key)?.get(today) ?? noHours()
    const past = days.map((day) => before.get(key)?.get(day) ?? noHours())
    return {
      ...{ id: known?.id ?? null, name: known?.name ?? null },
      ...partRow(soFar, past, hour),
    }
  })
  return {
    rows: rows.sort((a, b) => oddness(b) - oddness(a) || b.came - a.came),
    days: days.length,
  }
}

function partRow(soFar: readonly number[], past: readonly (readonly number[])[], hour: number) {
  const came = sum(soFar)
  const values = past.map((day) => soFarOf(day, hour))
  const band = usualBand(values)
  const told = restOf(soFar, past, hour)
  return {
    came,
    usual: band && { median: quantile(values, 0.5), low: band[0], high: band[1] },
    expected: told && came + told.rest,
  }
}

/** Deviations of chance beyond the usual band; below 0 within it. */
function oddness({ came, usual }: PartRow): number {
  if (!usual) return Number.NEGATIVE_INFINITY
  const beyond = Math.max(came - usual.high, usual.low - came)
  return beyond / Math.sqrt(Math.max(1, usual.median))
}

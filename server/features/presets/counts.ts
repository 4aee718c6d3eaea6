import { z } from 'zod'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import type { CountedId } from '#server/contract/measures/shape.ts'
import { conditionsOf, SOUND } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, dayOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

/** Measures that presets may rest on. */
export const USED = ['withinNorm', 'reopened', 'confirmed', 'late', 'registered'] as const
type Used = (typeof USED)[number]

/** Who answers for a request; or whom a complaint is about, who never answers it. */
export type Whose = 'organization' | 'about'

const sqlOf = (measure: CountedId, whose: Whose) => {
  const { rows, among } = COUNTED[measure]
  const condition = (of: typeof rows) =>
    conditionsOf(of)
      .map(({ sql }) => sql)
      .join(' AND ') || 'true'
  return `
    SELECT ${whose} AS whose, CAST(count(*) AS INTEGER) AS n,
      CAST(count(CASE WHEN ${condition(rows)} THEN 1 END) AS INTEGER) AS events
    FROM request
    WHERE ${WITHIN_FILTER} AND ${whose} <> 0 AND ${condition(among ?? {})}
    GROUP BY whose
    ORDER BY whose`
}
const question = (measure: CountedId, whose: Whose) => ({
  name: `preset.${measure}.${whose}`,
  sql: sqlOf(measure, whose),
  within: 'filter' as const,
  row: z.object({ whose: z.number(), n: z.number(), events: z.number() }),
})
type Question = ReturnType<typeof question>
const each = (whose: Whose) =>
  Object.fromEntries(USED.map((measure) => [measure, question(measure, whose)])) as Record<
    Used,
    Question
  >
export const PRESET_COUNTS: Record<Whose, Record<Used, Question>> = {
  organization: each('organization'),
  about: each('about'),
}

export const isUsed = (measure: CountedId): measure is Used =>
  (USED as readonly CountedId[]).includes(measure)

export interface Narrowed {
  measure: CountedId
  priority: Filter['priority']
  kinds: Filter['kind']
}
export interface Span {
  from: string
  to: string
  cut: number
}

/** What a filter opens the rows of: those judged, and those of them that count. */
export function rowsOf({ measure, priority, kinds }: Narrowed, { from, to, cut }: Span) {
  const { rows, among } = COUNTED[measure]
  const base: Filter = {
    ...EVERYTHING,
    ...{ from, to, cut: new Date(cut).toISOString(), priority, kind: kinds },
  }
  const of = (one: typeof rows): Filter => ({ ...base, ...one, priority: one.priority ?? priority })
  const merged = {
    ...among,
    ...rows,
    is: [...new Set([...(among?.is ?? []), ...(rows.is ?? [])])],
  }
  return { among: of(among ?? {}), events: of(merged) }
}

/** By the key of the organization: how many were counted among how many. */
export async function countsOf(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  narrowed: Narrowed,
  span: Span,
  { whose = 'organization', ...more }: Partial<Filter> & { whose?: Whose } = {},
): Promise<Map<number, { n: number; events: number }>> {
  const { measure, priority, kinds } = narrowed
  if (!isUsed(measure)) throw new Error(`no preset may count "${measure}"; add it to USED`)
  const filter: Filter = {
    ...EVERYTHING,
    ...{ from: span.from, to: span.to, cut: new Date(span.cut).toISOString() },
    ...{ priority, kind: kinds, ...more },
  }
  const rows = await ask(engine, PRESET_COUNTS[whose][measure], bindFilter(filter, registry, now()))
  return new Map(rows.map(({ whose, n, events }) => [whose, { n, events }]))
}

/** Before it there is less than a thousandth of all requests: a few wrong dates are no history. */
export const FIRST_DAY = {
  name: 'preset.firstDay',
  sql: `
    SELECT quantile_disc(registered_on, 0.001) AS first
    FROM request
    WHERE ${WITHIN_FILTER} AND ${SOUND}`,
  within: 'filter' as const,
  row: z.object({ first: z.number().nullable() }),
}
/** A city that began within the first week of a span is known for all of it. */
const GRACE_DAYS = 7

/** Whether the data reach back to the beginning of a span: else "nothing before" only says that nobody wrote it down. */
export async function coveredBy({
  engine,
  registry,
  now,
}: Pick<Context, 'engine' | 'registry' | 'now'>): Promise<(span: Pick<Span, 'from'>) => boolean> {
  const [row] = await ask(engine, FIRST_DAY, bindFilter(EVERYTHING, registry, now()))
  const first = row?.first ?? null
  return ({ from }) => first !== null && first < dayOf(from) + GRACE_DAYS
}

import { z } from 'zod'
import { EVERYTHING } from '#server/contract/filter.ts'
import { SOUND } from '#server/metrics.ts'
import type { Question } from '#server/store/ask.ts'
import { bindFilter, dayOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { frozen, type Period } from './period.ts'
import type { Policy } from './policy.ts'

const SourceShare = z.object({
  organization: z.number(),
  source: z.string(),
  n: z.number(),
  marked: z.number(),
})
/** Requests of each organization by source, and those whose times cannot be used. */
export const QUALITY_SOURCES: Question<z.output<typeof SourceShare>> = {
  name: 'evaluation.sources',
  sql: `
    SELECT organization, source, CAST(count(*) AS INTEGER) AS n,
      CAST(count(CASE WHEN NOT (${SOUND}) THEN 1 END) AS INTEGER) AS marked
    FROM request
    WHERE ${WITHIN_FILTER} AND organization <> 0
    GROUP BY organization, source
    ORDER BY organization, source`,
  row: SourceShare,
}

const SourceDays = z.object({
  source: z.string(),
  n: z.number(),
  days: z.number(),
  first: z.number(),
})
/** Days on which each source told of a registration. */
export const QUALITY_DAYS: Question<z.output<typeof SourceDays>> = {
  name: 'evaluation.days',
  sql: `
    SELECT source, CAST(count(*) AS INTEGER) AS n, CAST(count(DISTINCT registered_on) AS INTEGER) AS days,
      min(registered_on) AS first
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY source
    ORDER BY source`,
  row: SourceDays,
}

/** How far the data of one organization can be relied on. */
export interface Quality {
  n: number
  /** Share of its requests with impossible or unknown times. */
  marked: number
  /** Share of days on which the sources of its requests were silent, weighted by what each of them tells. */
  silent: number
  /** Good enough for a level. */
  passes: boolean
}

/** Of each organization, by key. A source that was connected within the period is silent only after its first day. */
export async function qualityOf(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  period: Period,
  { quality }: Policy,
): Promise<ReadonlyMap<number, Quality>> {
  const params = bindFilter(frozen(EVERYTHING, period), registry, now())
  const days = (await engine.query(QUALITY_DAYS.sql, params)).map((row) => SourceDays.parse(row))
  const end = dayOf(period.to)
  const silence = new Map(
    days.map(({ source, n, days, first }) => {
      const expected = end - first
      const told = n / Math.max(1, expected) >= quality.dailyForSilence
      return [source, told ? 1 - days / expected : 0]
    }),
  )
  const found = new Map<number, { n: number; marked: number; silent: number }>()
  for (const row of await engine.query(QUALITY_SOURCES.sql, params)) {
    const { organization, source, n, marked } = SourceShare.parse(row)
    const sum = found.get(organization) ?? { n: 0, marked: 0, silent: 0 }
    found.set(organization, {
      n: sum.n + n,
      marked: sum.marked + marked,
      silent: sum.silent + n * (silence.get(source) ?? 0),
    })
  }
  return new Map(
    Array.from(found, ([organization, sum]) => {
      const marked = sum.marked / sum.n
      const silent = sum.silent / sum.n
      const passes = marked <= quality.maxMarkedShare && silent <= quality.maxSilentShare
      return [organization, { n: sum.n, marked, silent, passes }]
    }),
  )
}

import { z } from 'zod'
import type { ScopeOf } from '#server/contract/notices.ts'
import { localClock } from '#server/domain/local-time.ts'
import { comparableWeeks, type Stood, standings } from '#server/features/overview/backlog.ts'
import { WEEKS } from '#server/features/overview/queries.ts'
import { ask } from '#server/store/ask.ts'
import { hasEnded, spanOf, WHOLE } from '#server/today/history.ts'
import { usualBand } from '#server/today/usual.ts'
import type { Context } from '#server/trpc.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** What is usual is asked anew with every ten minutes, as the overview does. */
const KEPT_MS = 600_000
const count = z.number().int()

const weeksBefore = (instant: string) =>
  `CAST(least(floor(($now - ${instant}) / ${WEEK}.0), ${WEEKS + 1}) AS INTEGER)`
const KEY: Record<ScopeOf, string> = {
  city: '0',
  district: 'district',
  organization: 'organization',
}

/** Spells by the weeks in which they began, ended and passed their due time: what the overview compares with, for each part. */
const stoodBy = (of: ScopeOf) => ({
  name: `noticesStood-${of}`,
  row: z.object({ part: count, started: count, ended: count, passed: count, spells: count }),
  sql: `
    SELECT part, started, ended, passed, count(*) AS spells
    FROM (
      SELECT ${KEY[of]} AS part, ${weeksBefore('start_at')} AS started,
        CASE WHEN end_at IS NULL OR end_at > $now THEN -1 ELSE ${weeksBefore('end_at')} END AS ended,
        CASE WHEN due_at < coalesce(end_at, $now) AND due_at < $now
          THEN ${weeksBefore('greatest(start_at, due_at + 1)')} ELSE -1 END AS passed
      FROM spell
      WHERE test = false AND start_at <= $weekAgo AND (end_at IS NULL OR end_at > $since)
    ) AS stood
    WHERE started > ended
    GROUP BY part, started, ended, passed
    ORDER BY part, started, ended, passed`,
})

const overdueBy = (of: ScopeOf) => ({
  name: `noticesOverdueAt-${of}`,
  row: z.object({ part: count, overdue: count }),
  sql: `
    SELECT ${KEY[of]} AS part, count(*) AS overdue
    FROM spell
    WHERE test = false AND start_at <= $now AND (end_at IS NULL OR end_at > $now) AND due_at < $now
    GROUP BY part ORDER BY part`,
})
const STOOD = {
  city: stoodBy('city'),
  district: stoodBy('district'),
  organization: stoodBy('organization'),
}
const OVERDUE = {
  city: overdueBy('city'),
  district: overdueBy('district'),
  organization: overdueBy('organization'),
}

export interface Usual {
  /** Highest usual number of open requests at this time of such a day, by part; null = too little history. */
  open: (part: number) => number | null
  /** Highest usual growth of overdue requests within a day, and what was overdue a day ago. */
  growth: (part: number) => { dayAgo: number; high: number | null }
}

type World = Pick<Context, 'engine' | 'city'>

const kept = new WeakMap<Context['engine'], Map<string, Promise<Usual>>>()
const PARTS = 3

/** The same, asked once in ten minutes whatever happens meanwhile: the past does not change with every event. */
export function keptUsual(world: World, of: ScopeOf, now: number): Promise<Usual> {
  const known = kept.get(world.engine) ?? new Map<string, Promise<Usual>>()
  kept.set(world.engine, known)
  const key = `${of} ${Math.floor(now / KEPT_MS)}`
  const found = known.get(key)
  if (found) return found
  const asked = usualOf(world, of, now)
  asked.catch(() => known.delete(key))
  known.set(key, asked)
  for (const oldest of known.keys()) {
    if (known.size <= PARTS) break
    known.delete(oldest)
  }
  return asked
}

/** Upper ends of what is usual (eight in ten of the same weekdays and times of day of 26 weeks), as the overview shows them. */
async function usualOf({ engine, city }: World, of: ScopeOf, now: number): Promise<Usual> {
  const at = Math.floor(now / KEPT_MS) * KEPT_MS
  const today = localClock(city.zone)(now).day
  const stoodAt = (instant: number) =>
    ask(engine, STOOD[of], {
      now: instant,
      weekAgo: instant - WEEK,
      since: instant - (WEEKS + 1) * WEEK,
    })
  const [here, yesterday, overdue, span] = await Promise.all([
    stoodAt(at),
    stoodAt(at - DAY),
    ask(engine, OVERDUE[of], { now: at - DAY }),
    spanOf({ engine, today, now }, WHOLE),
  ])
  const weeks = span && !hasEnded(span, today) ? comparableWeeks(span, today) : []
  const byPart = (rows: typeof here) => Map.groupBy(rows, ({ part }) => part)
  const [now0, day0] = [byPart(here), byPart(yesterday)]
  const rowsOf = (all: typeof now0, part: number): Stood[] =>
    (all.get(part) ?? []).map((row) => ({ ...row, emergency: false }))
  const before = new Map(overdue.map((row) => [row.part, row.overdue]))
  return {
    open: (part) => usualBand(standings(rowsOf(now0, part), 'open', weeks))?.[1] ?? null,
    growth(part) {
      const then = standings(rowsOf(now0, part), 'overdue', weeks)
      const dayBefore = standings(rowsOf(day0, part), 'overdue', weeks)
      const growths = then.map((value, week) => value - (dayBefore[week] ?? 0))
      return { dayAgo: before.get(part) ?? 0, high: usualBand(growths)?.[1] ?? null }
    },
  }
}

import { z } from 'zod'
import type { RuleDraft, ScopeOf } from '#server/contract/notices.ts'
import { localClock } from '#server/domain/local-time.ts'
import { comparableWeeks } from '#server/features/overview/backlog.ts'
import { WEEKS } from '#server/features/overview/queries.ts'
import { ask } from '#server/store/ask.ts'
import { spanOf, WHOLE } from '#server/today/history.ts'
import { usualBand } from '#server/today/usual.ts'
import type { World } from './observe.ts'
import { partsOf } from './parts.ts'
import type { Course, Point } from './replay.ts'

const HOUR = 3_600_000
const DAY_HOURS = 24
const WEEK_HOURS = 7 * DAY_HOURS
const count = z.number().int()
const KEY: Record<ScopeOf, string> = {
  city: '0',
  district: 'district',
  organization: 'organization',
}

/**
 * By how many the open and the overdue change from one whole hour to the next. A spell is open at an hour where start <= hour < end, and
 * overdue where its due time is before the hour as well.
 */
const changesBy = (of: ScopeOf) => ({
  name: `noticesHourly-${of}`,
  row: z.object({ part: count, mark: count, open: count, overdue: count }),
  sql: `
    WITH hours AS (
      SELECT ${KEY[of]} AS part,
        CAST(greatest(ceil(start_at / ${HOUR}.0), $from) AS INTEGER) AS first,
        CAST(coalesce(ceil(end_at / ${HOUR}.0), $to + 1) AS INTEGER) AS stop,
        CAST(greatest(ceil(start_at / ${HOUR}.0), floor(due_at / ${HOUR}.0) + 1, $from) AS INTEGER) AS passed,
        due_at IS NOT NULL AS limited
      FROM spell
      WHERE test = false AND start_at <= $now AND (end_at IS NULL OR end_at > $since)
    )
    SELECT part, mark, CAST(sum(open) AS INTEGER) AS open, CAST(sum(overdue) AS INTEGER) AS overdue
    FROM (
      SELECT part, first AS mark, 1 AS open, 0 AS overdue FROM hours WHERE first < stop
      UNION ALL SELECT part, stop, -1, 0 FROM hours WHERE first < stop
      UNION ALL SELECT part, passed, 0, 1 FROM hours WHERE limited AND passed < stop
      UNION ALL SELECT part, stop, 0, -1 FROM hours WHERE limited AND passed < stop
    ) AS changes
    WHERE mark <= $to
    GROUP BY part, mark
    ORDER BY part, mark`,
})

/** What a rule of comparison would have seen at each whole hour, compared as the overview compares: same weekday and hour of 26 weeks. */
export async function hourlyValues(
  { engine, registry, city }: World,
  draft: RuleDraft,
  from: number,
  now: number,
): Promise<Course[]> {
  const to = Math.floor(now / HOUR)
  const begins = Math.ceil(from / HOUR)
  const earliest = begins - WEEKS * WEEK_HOURS - DAY_HOURS
  const local = localClock(city.zone)
  const [rows, span] = await Promise.all([
    ask(engine, changesBy(draft.scope.of), {
      ...{ from: earliest, to, now: to * HOUR, since: earliest * HOUR },
    }),
    spanOf({ engine, today: local(now).day, now }, WHOLE),
  ])
  const byPart = Map.groupBy(rows, ({ part }) => part)
  const weeksAt = Array.from({ length: to - begins + 1 }, (_, i) =>
    span ? comparableWeeks(span, local((begins + i) * HOUR).day) : [],
  )
  return partsOf(draft, registry).map(({ key, named }) => {
    const series = {
      open: new Int32Array(to - earliest + 1),
      overdue: new Int32Array(to - earliest + 1),
    }
    for (const row of byPart.get(key) ?? []) {
      series.open[row.mark - earliest] = row.open
      series.overdue[row.mark - earliest] = row.overdue
    }
    for (const sums of [series.open, series.overdue])
      for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (sums[i - 1] ?? 0)
    const points: Point[] = []
    for (let hour = begins; hour <= to; hour++) {
      const weeks = weeksAt[hour - begins] ?? []
      points.push({ at: hour * HOUR, value: valueAt(draft.kind, series, hour - earliest, weeks) })
    }
    return { points, evidence: named }
  })
}

function valueAt(
  kind: RuleDraft['kind'],
  { open, overdue }: Record<'open' | 'overdue', Int32Array>,
  at: number,
  weeks: readonly number[],
): number | null {
  const of = (sums: Int32Array, hour: number) => sums[hour] ?? 0
  if (kind === 'openAboveUsual') {
    const high = usualBand(weeks.map((k) => of(open, at - k * WEEK_HOURS)))?.[1]
    if (high === undefined || high <= 0) return null
    return Math.max(0, Math.floor((of(open, at) / high - 1) * 100))
  }
  const grown = (hour: number) => of(overdue, hour) - of(overdue, hour - DAY_HOURS)
  const high = usualBand(weeks.map((k) => grown(at - k * WEEK_HOURS)))?.[1]
  return high === undefined ? null : Math.max(0, Math.round(grown(at) - high))
}

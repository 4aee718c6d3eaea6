import { z } from 'zod'
import { localClock } from '#server/domain/local-time.ts'
import { ask } from '#server/store/ask.ts'
import type { Context } from '#server/trpc.ts'

const HOUR = 3_600_000
const WEEKS = 8
/** A silence is too long where it usually brings at least this many: by chance alone (Poisson) once in a thousand times. */
const EXPECTED = 7
/** Where nothing usual is known, a day without a word is too long. */
const UNKNOWN_LIMIT = 24 * HOUR

export interface Freshness {
  source: string
  /** Newest event of the source by its own clock, never later than we learned of it; UTC ms. */
  newestAt: number
  silentTooLong: boolean
  /** Requests that usually come in such a silence; null where no history is known. */
  expected: number | null
}

/** How many requests each source registered in each hour of the week, over whole weeks before today. */
export const SOURCE_HOURS = {
  name: 'sourceHours',
  row: z.object({
    source: z.string(),
    weekday: z.number(),
    hour: z.number(),
    requests: z.number(),
  }),
  sql: `
    SELECT source, registered_on - week AS weekday, registered_hour AS hour, count(*) AS requests
    FROM request
    WHERE registered_on >= $from AND registered_on < $to AND test = false AND source IS NOT NULL
    GROUP BY source, registered_on - week, registered_hour
    ORDER BY source, weekday, hour`,
}

/**
 * Each source's age, and whether it is silent longer than it ever is. The silence is compared with what the source
 * usually brings in just those hours of the week, so that a night or a weekend alarms nobody.
 */
export async function freshness(ctx: Context): Promise<Freshness[]> {
  const now = ctx.now()
  const clock = localClock(ctx.city.zone)
  const today = clock(now).day
  const rows = await ask(ctx.engine, SOURCE_HOURS, { from: today - 7 * WEEKS, to: today })
  const usual = new Map<string, number[]>()
  for (const { source, weekday, hour, requests } of rows) {
    const week = usual.get(source) ?? Array.from<number>({ length: 168 }).fill(0)
    week[weekday * 24 + hour] = requests / WEEKS
    usual.set(source, week)
  }
  return [...ctx.board.sources()]
    .map(([source, last]) => {
      const newestAt = Math.min(last.occurredAt, last.recordedAt, now)
      const week = usual.get(source)
      const expected = week ? expectedBetween(week, newestAt, now, clock) : null
      const silentTooLong =
        expected === null ? now - newestAt > UNKNOWN_LIMIT : expected >= EXPECTED
      return { source, newestAt, silentTooLong, expected }
    })
    .sort((a, b) => b.newestAt - a.newestAt || (a.source < b.source ? -1 : 1))
}

/** Sum of a week's hourly rates over an interval of at most a week. */
export function expectedBetween(
  week: readonly number[],
  from: number,
  to: number,
  clock: ReturnType<typeof localClock>,
): number {
  let sum = 0
  let at = Math.max(from, to - 168 * HOUR)
  while (at < to) {
    const next = Math.min(to, (Math.floor(at / HOUR) + 1) * HOUR)
    const { day, week: monday, hour } = clock(at)
    sum += ((week[(day - monday) * 24 + hour] ?? 0) * (next - at)) / HOUR
    at = next
  }
  return sum
}

import { z } from 'zod'
import { mondayOf } from '#server/domain/local-time.ts'
import type { IntakeCounts } from '#server/log/intake.ts'
import { usualArrivals } from '#server/sources/known.ts'
import { isSilentDay } from '#server/sources/usual.ts'
import { ask } from '#server/store/ask.ts'
import type { Context } from '#server/trpc.ts'

const DAY = 86_400_000

/** What a source sent on one local day, by the clock of this machine. */
export interface SourceDay {
  source: string
  /** Days since 1970-01-01 in the city's zone. */
  day: number
  events: IntakeCounts
  /** Rows of its files and records of its peer; the events they became are among `events`. */
  rows: IntakeCounts
  /** Requests that were registered on that day by the source's own clock, whenever they came. */
  registered: number
  /** Of these, those that measures leave out as tests. */
  test: number
  /** A whole day without a word, which chance does not explain. */
  silent: boolean
}

/** Requests of each source by the local day of their registration. */
const REGISTERED = {
  name: 'registeredBySourceAndDay',
  row: z.object({ source: z.string(), day: z.number(), requests: z.number(), test: z.number() }),
  sql: `
    SELECT source, registered_on AS day, count(*) AS requests, count(*) FILTER (WHERE test) AS test
    FROM request
    WHERE registered_on >= $from AND registered_on < $to AND source IS NOT NULL
    GROUP BY source, registered_on
    ORDER BY source, day`,
}

export const NOTHING: IntakeCounts = {
  arrived: 0,
  stored: 0,
  known: 0,
  quarantined: 0,
  refused: 0,
  batches: 0,
}

/** Completeness of every source on the days [from, to): a row for each day on which there is something to say. */
export async function sourceDays(ctx: Context, from: number, to: number): Promise<SourceDay[]> {
  const { log, sources, engine } = ctx
  const { arrivals, clock, today } = usualArrivals(ctx)
  const days = new Map<string, SourceDay>()
  const of = (source: string, day: number) => {
    const key = `${day} ${source}`
    const known = days.get(key)
    if (known) return known
    const fresh: SourceDay = {
      ...{ source, day, events: { ...NOTHING }, rows: { ...NOTHING } },
      ...{ registered: 0, test: 0, silent: false },
    }
    days.set(key, fresh)
    return fresh
  }
  // The day begins at most 14 hours before the same day of UTC.
  for (const { slot, source, unit, ...counts } of log.intake.rows((from - 1) * DAY)) {
    const { day } = clock(slot)
    if (day < from || day >= to) continue
    add(unit === 'row' ? of(source, day).rows : of(source, day).events, counts)
  }
  for (const { name, days: told } of sources.peers())
    for (const [text, { in: arrived, ...counts }] of Object.entries(told)) {
      const day = Number(text)
      if (day >= from && day < to) add(of(name, day).rows, { ...NOTHING, ...counts, arrived })
    }
  for (const { source, day, requests, test } of await ask(engine, REGISTERED, { from, to })) {
    const row = of(source, day)
    row.registered = requests
    row.test = test
  }
  for (const [source, usual] of arrivals.usual)
    for (let day = Math.max(from, today - 7 * usual.weeks); day < Math.min(to, today); day++)
      if (isSilentDay(usual, day, mondayOf(day))) {
        const known = days.get(`${day} ${source}`)
        if ((known?.events.arrived ?? 0) === 0) of(source, day).silent = true
      }
  return [...days.values()].sort(
    (a, b) => b.day - a.day || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0),
  )
}

export function add(to: IntakeCounts, more: IntakeCounts) {
  for (const name of Object.keys(NOTHING) as (keyof IntakeCounts)[]) to[name] += more[name]
}

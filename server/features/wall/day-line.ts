import { localClock, zoneOffset } from '#server/domain/local-time.ts'
import { quantile } from '#server/stats/overdispersion.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import type { Context } from '#server/trpc.ts'
import { keysOf, type Place } from './place.ts'

const HOUR = 3_600_000
const QUARTER = 900_000
const QUARTERS = 96
/** As the overview has it. */
const WEEKS = 26
/** Fewer days than this say nothing about what is usual. */
const MIN_DAYS = 8

export interface DayLine {
  today: number[]
  usual: { low: number[]; high: number[] } | null
}

type Columns = 'day' | 'quarter' | 'requests'
type Days = Map<number, Float64Array>

/** Registrations by quarter of an hour of one weekday and of the day before it, which its first hour looks back into. */
export const QUARTERS_OF_DAYS: ColumnQuestion<Columns, Days> = {
  name: 'wallQuarters',
  sql: `
    SELECT registered_on AS day,
      CAST(registered_hour * 4 + floor(((registered_at + $shift) % ${HOUR}) / ${QUARTER}.0) AS INTEGER) AS quarter,
      CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE registered_on >= $from AND registered_on <= $today AND registered_at <= $now
      AND (registered_on - week = $weekday OR registered_on - week = $before) AND test = false
      AND (len($district) = 0 OR list_contains($district, district))
    GROUP BY registered_on, registered_hour, floor(((registered_at + $shift) % ${HOUR}) / ${QUARTER}.0)
    ORDER BY day, quarter`,
  columns: ['day', 'quarter', 'requests'],
  read({ day, quarter, requests }) {
    const days: Days = new Map()
    day.forEach((key, i) => {
      const counts = days.get(key) ?? new Float64Array(QUARTERS)
      counts[quarter[i] ?? 0] = requests[i] ?? 0
      days.set(key, counts)
    })
    return days
  },
}

/** Today's requests of the last hour at each quarter, and eight in ten of the same weekdays around them. */
export async function dayLine(
  { engine, city }: Pick<Context, 'engine' | 'city'>,
  now: number,
  place: Place = null,
): Promise<DayLine> {
  const { day: today, week } = localClock(city.zone)(now)
  const weekday = today - week
  const days = await askColumns(engine, QUARTERS_OF_DAYS, {
    today,
    now,
    district: keysOf(place),
    from: today - 7 * WEEKS - 1,
    weekday,
    before: (weekday + 6) % 7,
    // Quarters are of the wall clock; some zones are half an hour off.
    shift: ((zoneOffset(city.zone)(now) % HOUR) + HOUR) % HOUR,
  })
  return lineOf(days, today, quarterOf(now, city.zone))
}

/** Quarters of the local day that have passed. */
export function quarterOf(now: number, zone: string): number {
  const { hour } = localClock(zone)(now)
  const local = now + zoneOffset(zone)(now)
  return hour * 4 + Math.floor((((local % HOUR) + HOUR) % HOUR) / QUARTER)
}

export function lineOf(days: Days, today: number, passed: number): DayLine {
  // Days before the record begins, or after a record that has ended, are not days without requests.
  const known = [...days.keys()].filter((day) => day < today)
  const [first, last] = [Math.min(...known), Math.max(...known)]
  const past = Array.from({ length: WEEKS }, (_, i) => today - 7 * (i + 1)).filter(
    (day) => day >= first && day <= last,
  )
  const lines = past.map((day) => lastHours(days, day))
  const band = (share: number) =>
    Array.from({ length: QUARTERS + 1 }, (_, quarter) => quantile(around(lines, quarter), share))
  return {
    today: lastHours(days, today).slice(0, passed + 1),
    usual: past.length < MIN_DAYS ? null : { low: band(0.1), high: band(0.9) },
  }
}

/** What usual days show within half an hour: a band of twenty-six days alone would have teeth. */
const around = (lines: readonly number[][], quarter: number) =>
  lines.flatMap((line) => line.slice(Math.max(0, quarter - 2), quarter + 3))

/** Requests of the hour before each of the 97 quarters of a day. */
function lastHours(days: Days, day: number): number[] {
  const at = (quarter: number) =>
    (quarter < 0 ? days.get(day - 1)?.[QUARTERS + quarter] : days.get(day)?.[quarter]) ?? 0
  return Array.from(
    { length: QUARTERS + 1 },
    (_, quarter) => at(quarter - 1) + at(quarter - 2) + at(quarter - 3) + at(quarter - 4),
  )
}

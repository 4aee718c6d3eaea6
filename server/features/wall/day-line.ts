import { localClock, zoneOffset } from '#server/domain/local-time.ts'
import { quantile } from '#server/stats/overdispersion.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { typicalDays } from '#server/today/day.ts'
import { MIN_HISTORY } from '#server/today/usual.ts'
import type { Context } from '#server/trpc.ts'
import { keysOf, type Place } from './place.ts'

const HOUR = 3_600_000
const QUARTER = 900_000
const QUARTERS = 96

export interface DayLine {
  today: number[]
  usual: { low: number[]; high: number[] } | null
}

type Columns = 'day' | 'quarter' | 'requests'
type Days = Map<number, Float64Array>

/** Registrations by quarter of an hour of some days. */
export const QUARTERS_OF_DAYS: ColumnQuestion<Columns, Days> = {
  name: 'wallQuarters',
  sql: `
    SELECT registered_on AS day,
      CAST(registered_hour * 4 + floor(((registered_at + $shift) % ${HOUR}) / ${QUARTER}.0) AS INTEGER) AS quarter,
      CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE list_contains($days, registered_on) AND registered_at <= $now AND test = false
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

/** Today's requests of the last hour at each quarter, and eight in ten of comparable days around them. */
export async function dayLine(
  context: Pick<Context, 'engine' | 'city' | 'norms'>,
  now: number,
  place: Place = null,
): Promise<DayLine> {
  const { engine, city } = context
  const { day: today } = localClock(city.zone)(now)
  const district = keysOf(place)
  const { past } = await typicalDays(context, { engine, now, today }, { district, category: [] })
  const days = await askColumns(engine, QUARTERS_OF_DAYS, {
    ...{ now, district },
    // The first hour of a day looks back into the day before it.
    days: [today, ...past].flatMap((day) => [day, day - 1]),
    // Quarters are of the wall clock; some zones are half an hour off.
    shift: ((zoneOffset(city.zone)(now) % HOUR) + HOUR) % HOUR,
  })
  return lineOf(days, { today, past, passed: quarterOf(now, city.zone) })
}

/** Quarters of the local day that have passed. */
export function quarterOf(now: number, zone: string): number {
  const { hour } = localClock(zone)(now)
  const local = now + zoneOffset(zone)(now)
  return hour * 4 + Math.floor((((local % HOUR) + HOUR) % HOUR) / QUARTER)
}

export function lineOf(
  days: Days,
  { today, past, passed }: { today: number; past: readonly number[]; passed: number },
): DayLine {
  const lines = past.map((day) => lastHours(days, day))
  const band = (share: number) =>
    Array.from({ length: QUARTERS + 1 }, (_, quarter) => quantile(around(lines, quarter), share))
  return {
    today: lastHours(days, today).slice(0, passed + 1),
    usual: past.length < MIN_HISTORY ? null : { low: band(0.1), high: band(0.9) },
  }
}

/** What usual days show within half an hour: a band of sixteen days alone would have teeth. */
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

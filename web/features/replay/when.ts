import type { ReplayClock } from '#server/contract/replay.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { startOfDay } from '#web/lib/wall-time.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

/** Of an address. */
export const instantIn = (address: string | undefined): number | null =>
  address === undefined ? null : Date.parse(address)

/** The instant of a frame that has not come yet, if there is one; `now` is the minute that runs, 0 before the server told it. */
export const aheadIn = (
  { at, by }: { at: number | null; by: number | null },
  now: number,
): number | null =>
  now === 0 || at === null
    ? null
    : ([at, by].find((one) => one !== null && one >= now + MINUTE) ?? null)

export const SCALES = ['day', 'week', 'month', 'all'] as const
export type TimeScale = (typeof SCALES)[number]

export interface TimeWindow {
  from: number
  to: number
}

/** What the slider spans: the local day, week or month of an instant, or everything. */
export function windowOf(
  scale: TimeScale,
  instant: number,
  span: { began: number; now: number },
  zone: string,
): TimeWindow {
  const { day, weekday, year, month } = cityTime(instant, zone)
  const first = (y: number, m: number) => startOfDay(Math.round(Date.UTC(y, m - 1, 1) / DAY), zone)
  switch (scale) {
    case 'day':
      return { from: startOfDay(day, zone), to: startOfDay(day + 1, zone) }
    case 'week':
      return { from: startOfDay(day - weekday, zone), to: startOfDay(day - weekday + 7, zone) }
    case 'month':
      return {
        from: first(year, month),
        to: first(month === 12 ? year + 1 : year, (month % 12) + 1),
      }
    case 'all':
      return { from: Math.min(span.began, span.now - DAY), to: span.now }
  }
}

/** Marks under the slider: where, and which kind of word says what. */
export function ticksOf(scale: TimeScale, { from, to }: TimeWindow, zone: string) {
  const at: number[] = []
  if (scale === 'day') for (let hour = 0; hour <= 24; hour += 3) at.push(from + hour * HOUR)
  else {
    const first = cityTime(from, zone).day
    const last = cityTime(to - 1, zone).day
    for (let day = first; day <= last; day++) {
      const { date } = cityTime(startOfDay(day, zone) + 12 * HOUR, zone)
      if (
        scale === 'week' ||
        (scale === 'month' && (date - 1) % 5 === 0 && date < 30) ||
        (scale === 'all' && date === 1)
      )
        at.push(startOfDay(day, zone))
    }
  }
  return at.filter((instant) => instant >= from && instant <= to)
}

/** When anything is known of, and when the log first heard of it; null = never. */
export interface Span {
  began: number | null
  heard: number | null
}
/** Nothing had happened yet, or nothing was known yet. */
export type Untold = 'noData' | 'noKnown'
interface Instant {
  at: number | null
  clock: ReplayClock
  by: number | null
}

/** Why there is nothing to count at an instant; `span` null = not told yet. */
export function nothingAt({ at, clock, by }: Instant, span: Span | null): Untold | null {
  if (at === null || !span || span.began === null) return null
  if (at < span.began) return 'noData'
  return clock === 'known' && span.heard !== null && (by ?? at) < span.heard ? 'noKnown' : null
}

/** By which clocks there is anything to count: before that, none is not a count. */
export const toldAt = (head: Instant, span: Span | null): Record<ReplayClock, boolean> => ({
  was: nothingAt({ ...head, clock: 'was' }, span) === null,
  known: nothingAt({ ...head, clock: 'known' }, span) === null,
})

import type { localClock } from '#server/domain/local-time.ts'
import { type IntakeRow, SLOT_MS } from '#server/log/intake.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEKS = 8
const HOURS = 168
/** With fewer whole weeks nothing is called usual. */
const FEWEST_WEEKS = 2
/** A silence that comes by chance less than once in a thousand times: -ln of it is the mean at which Poisson has so few zeros. */
const IMPROBABLE = -Math.log(0.001)
const SHORTEST_MS = 30 * 60_000
/** Where nothing usual is known, a day without a word is too long. */
const UNKNOWN_LIMIT_MS = DAY

/** What a source usually brings in each hour of the week, from its own last weeks. */
export interface Usual {
  weeks: number
  /** Mean of events in each hour of the week. */
  events: readonly number[]
  /**
   * Mean of arrivals in each hour of the week, of which a burst is one: from the share of quarters of an hour in which nothing
   * came, as `-ln(share)`, so that a source that delivers in parcels is not taken for one that streams.
   */
  arrivals: readonly number[]
}

export type LocalClock = ReturnType<typeof localClock>

/** Of whole weeks before `today`, a day number; null for a source that is younger. */
export function usualOf(
  rows: readonly IntakeRow[],
  { today, clock }: { today: number; clock: LocalClock },
): ReadonlyMap<string, Usual> {
  const first = new Map<string, number>()
  const events = new Map<string, number[]>()
  const busy = new Map<string, number[]>()
  for (const { slot, source, unit, arrived } of rows) {
    if (unit !== 'event' || arrived === 0) continue
    const { day, week, hour } = clock(slot)
    if (day >= today || day < today - 7 * WEEKS) continue
    if (!first.has(source)) first.set(source, day)
    const at = (day - week) * 24 + hour
    add(events, source, at, arrived)
    add(busy, source, at, 1)
  }
  const found = new Map<string, Usual>()
  for (const [source, since] of first) {
    const weeks = Math.floor((today - since) / 7)
    if (weeks < FEWEST_WEEKS) continue
    const quarters = weeks * 4
    const arrivals = (busy.get(source) ?? []).map((count) => {
      const share = Math.min(count, quarters - 0.5) / quarters
      return -4 * Math.log(1 - share)
    })
    const means = (events.get(source) ?? []).map((count) => count / weeks)
    found.set(source, { weeks, events: means, arrivals })
  }
  return found
}

export const historyFrom = (now: number) => now - (7 * WEEKS + 2) * DAY

function add(all: Map<string, number[]>, source: string, at: number, count: number) {
  const week = all.get(source) ?? Array.from<number>({ length: HOURS }).fill(0)
  week[at] = (week[at] ?? 0) + count
  all.set(source, week)
}

/** Sum of a week's hourly means over an interval; of a longer one its last five weeks. */
export function expectedBetween(
  week: readonly number[],
  from: number,
  to: number,
  clock: LocalClock,
): number {
  let sum = 0
  let at = Math.max(from, to - 5 * HOURS * HOUR)
  while (at < to) {
    const next = Math.min(to, (Math.floor(at / SLOT_MS) + 1) * SLOT_MS)
    const { day, week: monday, hour } = clock(at)
    sum += ((week[(day - monday) * 24 + hour] ?? 0) * (next - at)) / HOUR
    at = next
  }
  return sum
}

export interface Silence {
  tooLong: boolean
  /** Events that usually come in such a silence; null where nothing usual is known. */
  expected: number | null
}

/** Whether a source that was last heard at `since` is silent longer than chance explains at these hours, or than was set for it. */
export function silenceOf(
  { since, now, minutes }: { since: number; now: number; minutes: number | undefined },
  usual: Usual | undefined,
  clock: LocalClock,
): Silence {
  const lasts = now - since
  const expected = usual ? expectedBetween(usual.events, since, now, clock) : null
  if (minutes !== undefined) return { tooLong: lasts >= minutes * 60_000, expected }
  if (!usual) return { tooLong: lasts > UNKNOWN_LIMIT_MS, expected }
  const arrivals = expectedBetween(usual.arrivals, since, now, clock)
  return { tooLong: lasts >= SHORTEST_MS && arrivals >= IMPROBABLE, expected }
}

/** Whether a whole local day without a word is more than chance. */
export function isSilentDay(usual: Usual | undefined, day: number, monday: number): boolean {
  if (!usual) return false
  const hours = usual.arrivals.slice((day - monday) * 24, (day - monday) * 24 + 24)
  return hours.reduce((sum, mean) => sum + mean, 0) >= IMPROBABLE
}

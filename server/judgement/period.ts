import type { Filter } from '#server/contract/filter.ts'
import { localClock, zoneOffset } from '#server/domain/local-time.ts'
import { REOPEN_WINDOW_DAYS } from '#server/metrics.ts'

const DAY = 86_400_000
const MONTHS = 12

/** What is judged: requests registered on local days in [from, to), as they stood at `cut`. */
export interface Period {
  from: string
  to: string
  /** UTC epoch milliseconds. */
  cut: number
}

export const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)
export const firstDayOf = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY

/**
 * The period of a filter, or else the last twelve mature months: those that ended at least the reopening window before the
 * cut. The cut is the last local midnight, so that a figure stands still for a day and can be checked.
 */
export function periodOf(filter: Filter, now: number, zone: string): Period {
  const at = localClock(zone)
  const cut = filter.cut ? Date.parse(filter.cut) : midnightOf(at(now).day, zone)
  const today = at(cut)
  let end = today.month
  while (firstDayOf(end) + REOPEN_WINDOW_DAYS > today.day) end--
  return {
    from: filter.from ?? isoOf(firstDayOf(end - MONTHS)),
    to: filter.to ?? isoOf(firstDayOf(end)),
    cut,
  }
}

/** The instant at which a local day begins (where clocks jump over midnight, the nearest). */
export function midnightOf(day: number, zone: string): number {
  const offset = zoneOffset(zone)
  const guess = day * DAY - offset(day * DAY)
  return day * DAY - offset(guess)
}

/** The filter that opens the rows of a judged figure: the period and its cut written out. */
export const frozen = (filter: Filter, period: Period): Filter => ({
  ...filter,
  from: period.from,
  to: period.to,
  cut: new Date(period.cut).toISOString(),
})

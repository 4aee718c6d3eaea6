import { ordinary, upperFence } from './mass-events.ts'
import { forecastRest, MIN_HISTORY, mean, sum } from './usual.ts'

/** How far from the forecast of a day's rest the truth was on past days. */
export interface Reach {
  /** Half the width of the intervals, in deviations of the forecast. */
  times80: number
  times95: number
  /** Of past days, each told from its own past alone: how often the truth lay within what would have been shown; null = too few days. */
  measured: { days: number; within80: number; within95: number } | null
}

/** Until enough days are measured. */
export const BY_NORMAL: Reach = { times80: 1.2816, times95: 1.96, measured: null }

/** What of a day comes before an hour, the hour itself in proportion. */
export const soFarOf = (day: readonly number[], hour: number) =>
  sum(day.map((requests, h) => requests * Math.max(0, Math.min(1, hour - h))))

/** What the rest of a day is expected to be from its first hours and comparable days; null with too few of them. */
export function restOf(now: readonly number[], past: readonly (readonly number[])[], hour: number) {
  if (past.length < MIN_HISTORY) return null
  const days = past.map(ordinary(past))
  const totals = days.map(sum)
  const usual = mean(days.map((day) => soFarOf(day, hour)))
  // A mass event of this morning says nothing of the evening: an hour counts up to what is not extraordinary for it.
  const far = sum(
    now.map((requests, h) => {
      if (h >= hour) return 0
      // Not above the middle: no fence is lower.
      if (2 * days.filter((day) => (day[h] ?? 0) >= requests).length >= days.length) return requests
      const most = upperFence(days.map((day) => day[h] ?? 0))
      return Math.min(requests, Math.max(most, 1) * Math.min(1, hour - h))
    }),
  )
  return { days, ...forecastRest({ far, usual }, mean(totals) - usual, totals) }
}

import { insert } from '#server/stats/back-test.ts'
import { type Days, noHours } from './history.ts'
import { BY_NORMAL, type Reach, restOf } from './rest.ts'
import { sum } from './usual.ts'

/** Days whose truth is compared, and days that must have been measured before intervals rest on them. */
const MEASURED_DAYS = 182
const LEAST = 30

interface Past {
  days: Days
  /** The first day of the record, and the day that is not measured any more. */
  first: number
  today: number
  comparable: (day: number, first: number) => readonly number[]
}

/**
 * Every past day is told at this hour from the days before it. Its interval is as wide as past errors were: with m of them,
 * the ⌈(m+1)·level⌉-th smallest error in deviations (split conformal prediction, Lei et al. 2018), so that it holds as often as
 * it says whatever the distribution.
 */
export function reachAt({ days, first, today, comparable }: Past, hour: number): Reach {
  const errors: number[] = []
  const tally = { days: 0, within80: 0, within95: 0 }
  for (let day = first; day < today; day++) {
    const truth = days.get(day) ?? noHours()
    const past = comparable(day, first).map((other) => days.get(other) ?? noHours())
    const soFar = truth.map((requests, h) => (h < hour ? requests : 0))
    const told = restOf(soFar, past, hour)
    if (!told) continue
    const came = sum(truth) - sum(soFar)
    if (errors.length >= LEAST && day >= today - MEASURED_DAYS) {
      const { times80, times95 } = timesOf(errors)
      const within = (times: number) =>
        came >= Math.round(Math.max(0, told.rest - times * told.deviation)) &&
        came <= Math.round(told.rest + times * told.deviation)
      tally.days++
      if (within(times80)) tally.within80++
      if (within(times95)) tally.within95++
    }
    const error = Math.abs(came - told.rest) / Math.max(told.deviation, 1e-9)
    insert(errors, told.deviation > 0 ? error : 0)
  }
  if (errors.length < LEAST) return BY_NORMAL
  return { ...timesOf(errors), measured: tally.days > 0 ? tally : null }
}

const timesOf = (errors: readonly number[]) => ({
  times80: conformal(errors, 0.8),
  times95: conformal(errors, 0.95),
})

const conformal = (sorted: readonly number[], level: number) =>
  sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * level)) - 1] ?? 0

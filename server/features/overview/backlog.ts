import { AGE_HOURS, WEEKS } from './queries.ts'
import { type Band, usualBand } from './usual.ts'

export interface Standing {
  value: number
  /** Eight in ten of the same weekdays and times of day before; null where the history is too short. */
  usual: Band | null
}

interface StepRow {
  weeksAgo: number
  open: number
  overdue: number
  emergency: number
}
type Count = Exclude<keyof StepRow, 'weeksAgo'>

/** What stood k weeks ago for each of the given k, from the steps between. */
export function standings(
  steps: readonly StepRow[],
  count: Count,
  weeks: readonly number[],
): number[] {
  return weeks.map((k) =>
    steps.filter(({ weeksAgo }) => weeksAgo >= k).reduce((sum, step) => sum + step[count], 0),
  )
}

export const usualStanding = (steps: readonly StepRow[], count: Count, weeks: readonly number[]) =>
  usualBand(standings(steps, count, weeks))

/**
 * Weeks back at which the backlog can be compared: within the data, and two weeks after its beginning, because a record that
 * begins with nothing open is not a city with nothing open.
 */
export function comparableWeeks(span: { first: number; last: number }, today: number): number[] {
  const all = Array.from({ length: WEEKS }, (_, i) => i + 1)
  return all.filter((k) => today - 7 * k >= span.first + 14 && today - 7 * k <= span.last)
}

interface AgeRow {
  age: number
  open: number
  overdue: number
}

/** All age groups, empty ones too. */
export function byAge(rows: readonly AgeRow[]): { open: number; overdue: number }[] {
  return Array.from({ length: AGE_HOURS.length + 1 }, (_, group) => {
    const row = rows.find(({ age }) => age === group)
    return { open: row?.open ?? 0, overdue: row?.overdue ?? 0 }
  })
}

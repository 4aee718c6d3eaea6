import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { OpenRequest } from '#server/live/board.ts'
import { type Band, usualBand } from '#server/today/usual.ts'
import { WEEKS } from './queries.ts'

const HOUR = 3_600_000
const EMERGENCY = PRIORITIES.indexOf('emergency')

export interface Standing {
  value: number
  /** Eight in ten of the same weekdays and times of day before; null where the history is too short. */
  usual: Band | null
}

export interface Stood {
  started: number
  ended: number
  passed: number
  emergency: boolean
  spells: number
}
type Count = 'open' | 'overdue' | 'emergency'

/** What stood k weeks ago for each of the given k. */
export function standings(
  stood: readonly Stood[],
  count: Count,
  weeks: readonly number[],
): number[] {
  const is = ({ started, ended, passed, emergency }: Stood, k: number) =>
    ended < k &&
    k <= (count === 'overdue' ? passed : started) &&
    (count !== 'emergency' || emergency)
  return weeks.map((k) => stood.reduce((sum, row) => sum + (is(row, k) ? row.spells : 0), 0))
}

export const usualStanding = (stood: readonly Stood[], count: Count, weeks: readonly number[]) =>
  usualBand(standings(stood, count, weeks))

/**
 * Weeks back at which the backlog can be compared: within the data, and two weeks after its beginning, because a record that
 * begins with nothing open is not a city with nothing open.
 */
export function comparableWeeks(span: { first: number; last: number }, today: number): number[] {
  const all = Array.from({ length: WEEKS }, (_, i) => i + 1)
  return all.filter((k) => today - 7 * k >= span.first + 14 && today - 7 * k <= span.last)
}

/** Upper ends of the ages of open requests, in hours; the last group has none. */
const AGE_HOURS = [4, 24, 72, 168, 336, 720] as const

export interface OpenNow {
  open: number
  overdue: number
  /** With a due time at all. */
  due: number
  emergency: number
  emergencyOverdue: number
  ages: { open: number; overdue: number }[]
}

/** Open requests by age, from registration. `districts` empty = all. */
export function openNow(
  requests: Iterable<OpenRequest>,
  districts: readonly number[],
  now: number,
): OpenNow {
  const ages = Array.from({ length: AGE_HOURS.length + 1 }, () => ({ open: 0, overdue: 0 }))
  const total = { open: 0, overdue: 0, due: 0, emergency: 0, emergencyOverdue: 0 }
  for (const { district, registeredAt, dueAt, priority } of requests) {
    if (districts.length > 0 && !districts.includes(district)) continue
    const older = AGE_HOURS.findIndex((hours) => registeredAt > now - hours * HOUR)
    const age = ages[older === -1 ? AGE_HOURS.length : older]
    const overdue = dueAt !== null && dueAt < now ? 1 : 0
    const emergency = priority === EMERGENCY ? 1 : 0
    total.open++
    total.overdue += overdue
    total.due += dueAt === null ? 0 : 1
    total.emergency += emergency
    total.emergencyOverdue += emergency * overdue
    if (!age) continue
    age.open++
    age.overdue += overdue
  }
  return { ...total, ages }
}

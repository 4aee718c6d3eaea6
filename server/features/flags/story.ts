import { EVERYTHING } from '#server/contract/filter.ts'
import { localClock } from '#server/domain/local-time.ts'
import { workingTime } from '#server/domain/norm/working-time.ts'
import { firstDayOf, isoOf, midnightOf, type Period, periodOf } from '#server/judgement/period.ts'
import type { Policy } from '#server/judgement/policy.ts'
import { REOPEN_WINDOW_DAYS } from '#server/metrics.ts'
import type { Context } from '#server/trpc.ts'
import { isStanding, type Step, standingOf } from './course.ts'

const WEEKEND = [0, 6]

/** Number of a month `2026-10`, as the facts count them. */
export const monthNumber = (month: string) =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
export const monthName = (number: number) => isoOf(firstDayOf(number)).slice(0, 7)

/** The last month that can be judged at an instant. */
export function lastMonth(now: number, zone: string): number {
  const { to } = periodOf(EVERYTHING, now, zone)
  return monthNumber(to.slice(0, 7)) - 1
}

/** The monthly evaluation of a month: the year that ends with it, cut on the first midnight on which all of it is mature. */
export function monthlyPeriod(month: number, zone: string): Period {
  const cut = midnightOf(firstDayOf(month + 1) + REOPEN_WINDOW_DAYS, zone)
  return periodOf({ ...EVERYTHING, cut: new Date(cut).toISOString() }, cut, zone)
}

/** Days of the story of a flag that its dossier tells. */
export function storyOf(
  { city, norms }: Pick<Context, 'city' | 'norms'>,
  policy: Policy,
  { month, proposedAt, awaitsReply }: { month: number; proposedAt: number; awaitsReply: boolean },
): { proposedOn: string; replyUntil: string | null; nextOn: string } {
  const day = (instant: number) => isoOf(localClock(city.zone)(instant).day)
  const [calendar] = norms.calendars
  const { replyWorkingDays } = policy
  const until = calendar
    ? day(workingTime(calendar, city.zone).afterDays(proposedAt, replyWorkingDays))
    : afterWeekdays(day(proposedAt), replyWorkingDays)
  return {
    proposedOn: day(proposedAt),
    replyUntil: awaitsReply ? until : null,
    nextOn: day(monthlyPeriod(month + 1, city.zone).cut),
  }
}

/** Days of a flag that stands: since when, until when it may be replied to (null = no longer), when it is judged again. */
export function timesOf(
  context: Pick<Context, 'city' | 'norms' | 'now'>,
  policy: Policy,
  course: readonly Step[],
) {
  const said = standingOf(course)
  if (!said || !isStanding(course)) return null
  const proposed = course.findLast(({ kind }) => kind === 'proposed')
  const issued = course.find(
    ({ kind, seq }) => kind === 'issued' && (proposed === undefined || seq > proposed.seq),
  )
  const cutOf = (step: Step | undefined) => (step && 'cut' in step ? step.cut : undefined)
  const { zone } = context.city
  const issuedAt = said.kind === 'issued' ? cutOf(issued) : undefined
  return {
    ...storyOf(context, policy, {
      month: lastMonth(context.now(), zone),
      proposedAt: cutOf(proposed) ?? said.cut,
      awaitsReply: said.kind === 'proposed' && !said.afterwards,
    }),
    issuedOn: issuedAt === undefined ? null : isoOf(localClock(zone)(issuedAt).day),
  }
}

/** Without a calendar every Monday to Friday is a working day. */
function afterWeekdays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  for (let left = days; left > 0; ) {
    at.setUTCDate(at.getUTCDate() + 1)
    if (!WEEKEND.includes(at.getUTCDay())) left--
  }
  return at.toISOString().slice(0, 10)
}

import { localClock, zoneOffset } from '#server/domain/local-time.ts'
import { wilson } from '#server/stats/proportion.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf } from '#server/store/within.ts'
import { dayNumbers } from '#server/today/day.ts'
import type { Inflow } from '#server/today/inflow.ts'
import type { Context } from '#server/trpc.ts'
import { comparableWeeks, openNow, type Standing, type Stood, usualStanding } from './backlog.ts'
import { pastBacklog } from './past.ts'
import { ANY_RETURN, CHANGE_SINCE, FLOW_SINCE, SHARES } from './queries.ts'

const HOUR = 3_600_000
const DAY = 86_400_000
/** Days before today at which the cohorts of the shares begin and end. */
const CONFIRMED_DAYS = [42, 14] as const
const REOPENED_DAYS = [56, 28] as const
const YEAR_DAYS = 366

export interface Share {
  cases: number
  /** 0 = nothing of the cohort can be judged. */
  n: number
  /** Wilson, 95 %. */
  interval: [number, number]
  /** Days of registration, half-open. */
  from: number
  to: number
}

export interface OverviewState {
  /** The minute everything here is true at, UTC ms, and the city's local day of it. */
  now: number
  today: number
  /** Days with registrations; null where there are none. */
  span: { first: number; last: number } | null
  /** Nothing was registered for days: today is not compared with a city that was still reporting. */
  ended: boolean
  /** Same weekdays that the backlog is compared with. */
  weeks: number
  open: Standing & { sinceMidnight: number }
  /** null where no open request has a due time. */
  overdue: Standing | null
  emergency: Standing & { overdue: number; known: boolean }
  ages: { open: number; overdue: number }[]
  inflow: Inflow
  lastHour: { registered: number; closed: number }
  /** Of those whose answer is known; `closed` is how many of the cohort are closed at all. */
  confirmed: Share & { closed: number }
  /** `told` is false where the sources told of no return in a year: 0 of n then says nothing. */
  reopened: Share & { told: boolean }
}

/** Everything the overview counts, at one minute. */
export async function overviewState(
  ctx: Context,
  scope: { district: readonly string[] },
): Promise<OverviewState> {
  const { engine, registry, city } = ctx
  const now = minuteOf(ctx.now())
  const { day: today } = localClock(city.zone)(now)
  const midnight = startOfDay(today, city.zone)
  const district = scope.district.map((id) => registry.districtById(id)?.key ?? -1)
  const cohorts = {
    confirmedFrom: today - CONFIRMED_DAYS[0],
    confirmedTo: today - CONFIRMED_DAYS[1],
    reopenedFrom: today - REOPENED_DAYS[0],
    reopenedTo: today - REOPENED_DAYS[1],
  }
  const [stood, [change], day, [shares], [flow]] = await Promise.all([
    pastBacklog(ctx, district, now),
    ask(engine, CHANGE_SINCE, { district, now, since: midnight }),
    dayNumbers(ctx, scope),
    ask(engine, SHARES, {
      district,
      now,
      ...cohorts,
      from: cohorts.reopenedFrom,
      to: cohorts.confirmedTo,
    }),
    ask(engine, FLOW_SINCE, { district, since: now - HOUR }),
  ])

  const told = (shares?.returned ?? 0) > 0 || (await tellsReturns(ctx, now, today))
  const standing = openNow(ctx.board.open(), district, now)
  const { open } = standing
  const { span, ended, inflow } = day
  const weeks = span && !ended ? comparableWeeks(span, today) : []
  return {
    now,
    today,
    span,
    ended,
    weeks: weeks.length,
    open: {
      value: open,
      usual: usualStanding(stood, 'open', weeks),
      sinceMidnight: (change?.began ?? 0) - (change?.ended ?? 0),
    },
    overdue:
      standing.due > 0 || open === 0
        ? { value: standing.overdue, usual: usualStanding(stood, 'overdue', weeks) }
        : null,
    emergency: {
      value: standing.emergency,
      overdue: standing.emergencyOverdue,
      usual: usualStanding(stood, 'emergency', weeks),
      known: marksEmergencies(standing, stood),
    },
    ages: standing.ages,
    inflow,
    lastHour: { registered: flow?.registered ?? 0, closed: flow?.closed ?? 0 },
    confirmed: {
      ...share(shares?.confirmed, shares?.answered),
      closed: shares?.closed ?? 0,
      from: cohorts.confirmedFrom,
      to: cohorts.confirmedTo,
    },
    reopened: {
      ...share(shares?.returned, shares?.mature),
      told,
      from: cohorts.reopenedFrom,
      to: cohorts.reopenedTo,
    },
  }
}

async function tellsReturns({ engine }: Pick<Context, 'engine'>, now: number, today: number) {
  const [any] = await ask(engine, ANY_RETURN, { now, since: today - YEAR_DAYS })
  return any?.told ?? false
}

const marksEmergencies = (standing: { emergency: number }, stood: readonly Stood[]) =>
  standing.emergency > 0 || stood.some(({ emergency }) => emergency)

/** Whether the sources mark emergencies in a scope: an open one, or one of the weeks that the backlog is compared with. */
export async function emergenciesKnown(
  ctx: Context,
  scope: { district: readonly string[] },
): Promise<boolean> {
  const now = minuteOf(ctx.now())
  const district = scope.district.map((id) => ctx.registry.districtById(id)?.key ?? -1)
  const stood = await pastBacklog(ctx, district, now)
  return marksEmergencies(openNow(ctx.board.open(), district, now), stood)
}

const share = (cases = 0, n = 0) => ({ cases, n, interval: wilson(cases, n) })

/** The instant at which a local day begins. */
export function startOfDay(day: number, zone: string): number {
  const offsetAt = zoneOffset(zone)
  const guess = day * DAY - offsetAt(day * DAY)
  return day * DAY - offsetAt(guess)
}

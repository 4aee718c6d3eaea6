import type { Words } from '#server/contract/vocabulary.ts'
import { localClock } from '#server/domain/local-time.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { cityDays } from './alike.ts'
import {
  type Asker,
  type Days,
  daysBefore,
  hasEnded,
  hoursOf,
  noHours,
  type Scope,
  spanOf,
  WHOLE,
} from './history.ts'
import { type Inflow, inflowOf } from './inflow.ts'
import { reachAt } from './measured.ts'
import type { Reach } from './rest.ts'

export interface Today {
  /** The minute everything here is true at, UTC ms; the city's local day of it, and its hour with fraction. */
  now: number
  today: number
  hour: number
  /** Of a holiday. */
  holiday: Words | null
  /** Days with registrations in the scope; null where there are none. */
  span: { first: number; last: number } | null
  /** Nothing comes any more, in the whole city. */
  ended: boolean
  inflow: Inflow
}
export type DayContext = Pick<Context, 'engine' | 'registry' | 'city' | 'norms' | 'now'>
/** Ids of the sources; an empty list restricts nothing, an id that nobody knows holds nothing. */
export interface Scoped {
  district: readonly string[]
  category?: readonly string[]
}

export const scopeOf = (
  { registry }: Pick<Context, 'registry'>,
  { district, category = [] }: Scoped,
): Scope => ({
  district: district.map((id) => registry.districtById(id)?.key ?? -1),
  category: category.map((id) => registry.categoryById(id)?.key ?? -1),
})

/** Past days that today is compared with, the latest first; none where nothing comes any more. */
export async function typicalDays(
  { norms }: Pick<Context, 'norms'>,
  asker: Asker,
  scope: Scope,
): Promise<Pick<Today, 'span' | 'ended'> & { past: number[] }> {
  const [span, record] = await Promise.all([spanOf(asker, scope), spanOf(asker, WHOLE)])
  const ended = hasEnded(record, asker.today)
  const past = span && !ended ? cityDays(norms).comparable(asker.today, span.first) : []
  return { span, ended, past }
}

/**
 * What came today by hour, over what comparable days show, with the forecast of its end: the one answer of the overview, the
 * page of the day and the wall.
 */
export async function dayNumbers(context: DayContext, scoped: Scoped): Promise<Today> {
  const { engine, city, norms } = context
  const now = minuteOf(context.now())
  const { day: today, hour: whole, minute } = localClock(city.zone)(now)
  const hour = whole + minute / 60
  const asker = { engine, now, today }
  const scope = scopeOf(context, scoped)
  const [hours, days, { span, ended, past }] = await Promise.all([
    hoursOf(asker, scope),
    daysBefore(asker, scope),
    typicalDays(context, asker, scope),
  ])
  const calendar = cityDays(norms)
  const reach = span && !ended && keptReach(days, whole, { first: span.first, today, ...calendar })
  return {
    ...{ now, today, hour, span, ended },
    holiday: calendar.nameOf(today),
    inflow: inflowOf(
      hours,
      past.map((day) => days.get(day) ?? noHours()),
      { hour, alike: calendar.alike(today), ...(reach && { reach }) },
    ),
  }
}

const reaches = new WeakMap<Days, Map<number, Reach>>()
const LAST_HOUR = 23
/** Nobody waits while the next hour is made ready. */
const IDLE_MS = 5000

type Past = Omit<Parameters<typeof reachAt>[0], 'days'>

/** The same all through an hour, for everyone who asks; that of the next hour is there before it begins. */
function keptReach(days: Days, hour: number, past: Past): Reach {
  const kept = reaches.get(days) ?? new Map<number, Reach>()
  reaches.set(days, kept)
  const known = kept.get(hour)
  if (known) return known
  const reach = reachAt({ ...past, days }, hour)
  kept.set(hour, reach)
  if (hour < LAST_HOUR && !kept.has(hour + 1))
    setTimeout(() => kept.set(hour + 1, reachAt({ ...past, days }, hour + 1)), IDLE_MS).unref()
  return reach
}

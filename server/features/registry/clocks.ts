import type { Clocks } from '#server/contract/registry-search.ts'
import { zoneOffset } from '#server/domain/local-time.ts'
import { dayOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

const DAY = 86_400_000

/** UTC epoch milliseconds of both clocks. */
export interface Instants {
  now: number
  asOf: number
  /** Infinity where everything recorded counts. */
  knownAt: number
}

/** The ends of the local days of an address; a day that has not ended is now. */
export function instantsOf(
  { asOf, knownAt }: Clocks,
  context: Pick<Context, 'now' | 'city'>,
): Instants {
  const now = context.now()
  const offset = zoneOffset(context.city.zone)
  const endOf = (date: string) => {
    const wall = (dayOf(date) + 1) * DAY
    return wall - offset(wall - offset(wall)) - 1
  }
  const today = asOf === undefined ? now : endOf(asOf)
  const known = knownAt === undefined ? now : endOf(knownAt)
  return {
    now,
    // A day to come may be asked for: a contract may begin on it.
    asOf: asOf !== undefined && today - DAY < now && now < today ? now : today,
    knownAt: known < now ? known : Number.POSITIVE_INFINITY,
  }
}

/** The beginning of a local day, UTC ms. */
export function beginningOf(date: string, { city }: Pick<Context, 'city'>): number {
  const offset = zoneOffset(city.zone)
  const wall = dayOf(date) * DAY
  return wall - offset(wall - offset(wall))
}

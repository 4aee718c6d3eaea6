import { EVERYTHING } from '#server/contract/filter.ts'
import type { Context } from '#server/trpc.ts'
import { type Period, periodOf } from './period.ts'
import type { Policy } from './policy.ts'
import { judgedSince, restartsOf } from './restarts.ts'

/** Key of an organization and the first day on which it is judged as it is. */
export type BegunAnew = ReadonlyMap<number, string>

interface Known {
  revision: number
  cut: number
  changed: number
  found: BegunAnew
}
const known = new WeakMap<Context['registry'], Known>()

/** Organizations that the usual year judges only since they began anew, and what of it lies within a period. */
export function begunAnew(
  { registry, city, now }: Pick<Context, 'registry' | 'city' | 'now'>,
  { persistence }: Policy,
  { from, to }: Pick<Period, 'from' | 'to'>,
): BegunAnew {
  const usual = periodOf(EVERYTHING, now(), city.zone)
  const [revision, changed] = [registry.revision(), persistence.changedShare]
  const kept = known.get(registry)
  const found =
    kept?.revision === revision && kept.cut === usual.cut && kept.changed === changed
      ? kept.found
      : new Map(
          Array.from(
            restartsOf(registry, usual, { zone: city.zone, changed }),
            ([organization, restart]) => [
              organization,
              judgedSince(usual, { widened: false, restart }),
            ],
          ),
        )
  known.set(registry, { revision, cut: usual.cut, changed, found })
  return new Map([...found].filter(([, since]) => from < since && since < to))
}

/** Those who began anew, by the day: one reading for each day. */
export const byDay = (since: BegunAnew): ReadonlyMap<string, number[]> =>
  new Map(
    Array.from(
      Map.groupBy(since, ([, day]) => day),
      ([day, some]) => [day, some.map(([organization]) => organization)],
    ),
  )

import { stratumOf } from '#server/judgement/judge.ts'
import { KEPT, SOUND } from '#server/metrics.ts'
import { type Curve, kaplanMeier, type Tally } from '#server/stats/kaplan-meier.ts'
import { GAMMA, secondsOf } from '#server/stats/log-bins.ts'
import type { ColumnQuestion } from '#server/store/ask.ts'
import { WITHIN_FILTER } from '#server/store/within.ts'

/** Response: until the first action of the organization. Resolution: until the closing that stands. */
export type Clock = 'response' | 'resolution'

/** Whose time is measured, and the columns in which it stands once it has ended. */
const CLOCKS: Record<Clock, { among: string; bin: string; seconds: string }> = {
  response: { among: SOUND, bin: 'response_bin', seconds: 'response_s' },
  resolution: { among: `${SOUND} AND ${KEPT}`, bin: 'resolution_bin', seconds: 'resolution_s' },
}
/** Seconds for which a request not served has been watched: until it closed all the same, or until now. */
const WATCHED_S = '(coalesce(closed_at, $now) - registered_at) / 1000.0'
/** Method: durations are floored at one minute. */
const FLOOR_S = 60

/** The time allowed, in minutes; from three days on in whole days, which a change of clocks would blur. */
export const NORM_MINUTES = `CAST(CASE WHEN due_at - registered_at < 3 * 86400000
  THEN round((due_at - registered_at) / 60000.0)
  ELSE round((due_at - registered_at) / 86400000.0) * 1440 END AS INTEGER)`

/** Requests allowed just `$allowed` minutes; 0 takes all. */
const OF_NORM = `($allowed = 0 OR ${NORM_MINUTES} = $allowed)`

/** Served (`events`) and all (`n`) requests by bin; the bin of one not served is that of the time it has been watched. */
const binned = (clock: Clock, group: string, { also = 'true', bin = 'slot' } = {}) => `
  SELECT ${group}, ${bin} AS bin, CAST(count(event) AS INTEGER) AS events, CAST(count(*) AS INTEGER) AS n
  FROM (
    SELECT *, ${CLOCKS[clock].bin} AS event, coalesce(${CLOCKS[clock].bin},
      CAST(round(ln(greatest(${WATCHED_S}, ${FLOOR_S})) / ${Math.log(GAMMA)}) AS INTEGER)) AS slot
    FROM request
    WHERE ${WITHIN_FILTER} AND ${CLOCKS[clock].among} AND ${also}
  )
  GROUP BY ${group}, ${bin}`

type Named<C extends string> = Readonly<Record<C, Float64Array>>
type Binned = Named<'key' | 'bin' | 'events' | 'n'>

/** A pair of neighbouring bins is one, told by the lower: half the rows for twice the error. */
export const PAIRS = 'slot - slot % 2'

/** Bins of each group, as they come. */
export const binsBy = <T>(
  clock: Clock,
  group: string,
  read: (columns: Binned) => T,
  bin = 'slot',
) =>
  ({
    name: `bins.${clock}.${group}`,
    sql: `SELECT ${group} AS key, bin, events, n FROM (${binned(clock, group, { bin })})`,
    columns: ['key', 'bin', 'events', 'n'],
    read,
  }) satisfies ColumnQuestion<keyof Binned, T>

/** The city's curve in every stratum, from bins. */
export const cityStrata = (clock: Clock) =>
  ({
    name: `times.city.${clock}`,
    sql: binned(clock, 'category, priority', { also: OF_NORM }),
    columns: ['category', 'priority', 'bin', 'events', 'n'],
    read: ({
      category,
      priority,
      bin,
      events,
      n,
    }: Named<'category' | 'priority' | 'bin' | 'events' | 'n'>) => {
      const strata = grouped(bin.length, (i) => [
        stratumOf(category[i] ?? 0, priority[i] ?? 0),
        {
          time: secondsOf(bin[i] ?? 0),
          events: events[i] ?? 0,
          censored: (n[i] ?? 0) - (events[i] ?? 0),
        },
      ])
      return new Map<string, Curve>(
        Array.from(strata, ([key, tallies]) => [key, kaplanMeier(tallies)]),
      )
    },
  }) satisfies ColumnQuestion<string, unknown>

/** One request: served, or watched until it closed unserved, or open still. */
export type OwnTime = Tally & { open: boolean }

/** Times of the chosen requests themselves, to the second, by stratum. */
export const ownTimes = (clock: Clock) =>
  ({
    name: `times.own.${clock}`,
    sql: `
      SELECT category, priority, coalesce(${CLOCKS[clock].seconds}, ${WATCHED_S}) AS seconds,
        CASE WHEN ${CLOCKS[clock].seconds} IS NOT NULL THEN 1 ELSE 0 END AS served,
        CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END AS "stillOpen"
      FROM request
      WHERE ${WITHIN_FILTER} AND ${CLOCKS[clock].among} AND ${OF_NORM}`,
    columns: ['category', 'priority', 'seconds', 'served', 'stillOpen'],
    read: ({
      category,
      priority,
      seconds,
      served,
      stillOpen,
    }: Named<'category' | 'priority' | 'seconds' | 'served' | 'stillOpen'>) =>
      grouped(seconds.length, (i): [string, OwnTime] => [
        stratumOf(category[i] ?? 0, priority[i] ?? 0),
        {
          time: Math.max(seconds[i] ?? 0, FLOOR_S),
          events: served[i] ?? 0,
          censored: 1 - (served[i] ?? 0),
          open: stillOpen[i] === 1 && served[i] === 0,
        },
      ]),
  }) satisfies ColumnQuestion<string, unknown>

function grouped<T>(count: number, at: (i: number) => [key: string, one: T]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (let i = 0; i < count; i++) {
    const [key, one] = at(i)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

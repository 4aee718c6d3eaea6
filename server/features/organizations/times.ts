import { stratified } from '#server/judgement/strata.ts'
import { summedBy } from '#server/judgement/summed.ts'
import { KEPT, SOUND } from '#server/metrics.ts'
import { type Curve, kaplanMeier, type Tally } from '#server/stats/kaplan-meier.ts'
import { GAMMA, secondsOf } from '#server/stats/log-bins.ts'
import type { ColumnQuestion } from '#server/store/ask.ts'
import { DAY } from '#server/store/by-month.ts'
import { WITHIN_FILTER } from '#server/store/within.ts'
import { NORM_MINUTES } from './own.ts'

/** Response: until the first action of the organization. Resolution: until the closing that stands. */
export type Clock = 'response' | 'resolution'

/** Whose time is measured, and the column in which its bin stands once it has ended. */
const CLOCKS: Record<Clock, { among: string; bin: string }> = {
  response: { among: SOUND, bin: 'response_bin' },
  resolution: { among: `${SOUND} AND ${KEPT}`, bin: 'resolution_bin' },
}
/** Seconds for which a request not served has been watched: until it closed all the same, or until now. */
const WATCHED_S = '(coalesce(closed_at, $now) - registered_at) / 1000.0'
/** Method: durations are floored at one minute. */
export const FLOOR_S = 60

/** Requests allowed just `$allowed` minutes; 0 takes all. */
const OF_NORM = `($allowed = 0 OR ${NORM_MINUTES} = $allowed)`

/** A bin told by the lowest of so many neighbours: fewer rows for a larger error, half of their width. */
const slotOf = (clock: Clock, width: number) => {
  const bin = `coalesce(${CLOCKS[clock].bin},
      CAST(round(ln(greatest(${WATCHED_S}, ${FLOOR_S})) / ${Math.log(GAMMA)}) AS INTEGER))`
  return `CAST(${bin} - ${bin} % ${width} AS INTEGER)`
}
const middleOf = (width: number) => (width - 1) / 2
/** One percent of a median that is shown; two of the city's curve, which is only what others are held against. */
const WIDTH = { own: 2, city: 4 }

type Named<C extends string> = Readonly<Record<C, Float64Array>>

/** Served (`events`) and all (`n`) requests of every organization, district or category by month and bin. */
export const binsBy = <T>(
  clock: Clock,
  group: string,
  read: (columns: Named<'key' | 'bin' | 'events' | 'n'>, middle: number) => T,
) =>
  ({
    name: `bins.${clock}.${group}`,
    sql: `
      SELECT day, key, bin, CAST(count(event) AS INTEGER) AS events, CAST(count(*) AS INTEGER) AS n
      FROM (
        SELECT ${DAY}, ${group} AS key, ${CLOCKS[clock].bin} AS event, ${slotOf(clock, WIDTH.own)} AS bin
        FROM request
        WHERE ${WITHIN_FILTER} AND ${CLOCKS[clock].among}
      ) AS timed
      GROUP BY day, key, bin`,
    byMonth: summedBy(['key', 'bin'], ['events', 'n']),
    columns: ['key', 'bin', 'events', 'n'],
    read: (columns: Named<'key' | 'bin' | 'events' | 'n'>) => read(columns, middleOf(WIDTH.own)),
  }) satisfies ColumnQuestion<string, T>

/** Norms of whole half hours are few, and read in one question; minutes of a working-time norm are as many as requests. */
const FEW_MINUTES = 30
export const isOfFew = (allowed: number) => allowed % FEW_MINUTES === 0

/** The city's curve in every stratum, of requests allowed so many minutes ({@link isOfFew}); 0 takes all that were read. */
export const cityStrata = (clock: Clock) =>
  ({
    name: `times.city.${clock}`,
    sql: `
      SELECT allowed, stratum, bin, CAST(count(event) AS INTEGER) AS events, CAST(count(*) AS INTEGER) AS n
      FROM ${stratified(
        `CASE WHEN ${NORM_MINUTES} % ${FEW_MINUTES} = 0 THEN ${NORM_MINUTES} ELSE -1 END AS allowed,
        ${CLOCKS[clock].bin} AS event, ${slotOf(clock, WIDTH.city)} AS bin`,
        `${WITHIN_FILTER} AND ${CLOCKS[clock].among} AND ${OF_NORM}`,
      )} AS timed
      GROUP BY allowed, stratum, bin`,
    columns: ['allowed', 'stratum', 'bin', 'events', 'n'],
    read: (columns: Named<'allowed' | 'stratum' | 'bin' | 'events' | 'n'>) => {
      const known = new Map<number, Map<number, Curve>>()
      return (allowed: number) => {
        const curves = known.get(allowed) ?? curvesOf(columns, allowed)
        known.set(allowed, curves)
        return curves
      }
    },
  }) satisfies ColumnQuestion<string, unknown>

function curvesOf(
  { allowed, stratum, bin, events, n }: Named<'allowed' | 'stratum' | 'bin' | 'events' | 'n'>,
  wanted: number,
) {
  const strata = new Map<number, Map<number, Tally>>()
  for (let i = 0; i < bin.length; i++) {
    if (wanted !== 0 && allowed[i] !== wanted) continue
    const key = stratum[i] ?? 0
    const tallies = strata.get(key) ?? new Map<number, Tally>()
    strata.set(key, tallies)
    const at = bin[i] ?? 0
    const served = events[i] ?? 0
    const tally = tallies.get(at)
    if (tally) {
      tally.events += served
      tally.censored += (n[i] ?? 0) - served
    } else
      tallies.set(at, {
        time: secondsOf(at + middleOf(WIDTH.city)),
        events: served,
        censored: (n[i] ?? 0) - served,
      })
  }
  return new Map<number, Curve>(
    Array.from(strata, ([key, tallies]) => [key, kaplanMeier([...tallies.values()])]),
  )
}

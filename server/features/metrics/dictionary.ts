import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import {
  COUNTED_GROUPS,
  COUNTED_IDS,
  type CountedId,
  type MeasureId,
} from '#server/contract/measures/shape.ts'
import { tokenOf, versionOf } from '#server/contract/measures/versions.ts'
import { localClock } from '#server/domain/local-time.ts'
import { midnightOf } from '#server/judgement/period.ts'
import { METRICS } from '#server/metrics.ts'
import { poissonLimits } from '#server/stats/poisson.ts'
import { wilson } from '#server/stats/proportion.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, dayOf, minuteOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { exposureOf } from './exposure.ts'

const DAY = 86_400_000
/** Days of the time at risk where the filter names none. */
const YEAR = 365
/** Of a bare count, its denominator. */
const NOTHING = 'NULL'

/** What measures count, of everything the filter lets through. */
const values = (name: string, ids: readonly CountedId[]) => ({
  name,
  row: z.record(z.string(), z.number().nullable()),
  sql: `
    SELECT ${ids
      .map((id) => {
        const { numerator, denominator } = METRICS[id]
        return `${numerator} AS ${id}_cases, ${denominator ?? NOTHING} AS ${id}_n`
      })
      .join(',\n      ')}
    FROM request
    WHERE ${WITHIN_FILTER}`,
})
const VALUES = values('metrics.values', COUNTED_IDS)
/** Counted within the days of the time at risk. */
const INFLOW = values('metrics.inflow', COUNTED_GROUPS.inflow)

/** A number by its exact name. */
export interface Value {
  measure: MeasureId
  version: number
  token: string
  cases: number
  /** Of how many; null = a count. */
  n: number | null
  /** Cases by n, or by thousands of the time at risk, with its 95 % interval; null of nothing. */
  rate: { value: number; lower: number; upper: number } | null
  /** Only of inflow. */
  exposure: {
    thousands: number
    /** Buildings managed whose size is not known. */
    unknown: number
    /** Local dates, half-open. */
    from: string
    to: string
  } | null
}

const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)

/** Every measure that counts, as of this minute. */
export async function valuesOf(context: Context, filter: Filter): Promise<Value[]> {
  const { engine, registry, city, now } = context
  const today = localClock(city.zone)(minuteOf(now())).day
  const to = Math.min(filter.to ? dayOf(filter.to) : today, today)
  const from = filter.from ? dayOf(filter.from) : to - YEAR
  const window = { from: isoOf(from), to: isoOf(Math.max(from, to)) }
  const [[all], [inWindow]] = await Promise.all([
    ask(engine, VALUES, bindFilter(filter, registry, now())),
    ask(engine, INFLOW, bindFilter({ ...filter, ...window }, registry, now())),
  ])
  const exposure = exposureOf(
    registry,
    filter,
    midnightOf(from, city.zone),
    midnightOf(Math.max(from, to), city.zone),
  )
  return COUNTED_IDS.map((id): Value => {
    const { per } = COUNTED[id]
    const named = { measure: id, version: versionOf(id), token: tokenOf(id) }
    const cases = (per ? inWindow : all)?.[`${id}_cases`] ?? 0
    if (!per) {
      const n = all?.[`${id}_n`] ?? null
      return { ...named, cases, n, rate: shareOf(cases, n), exposure: null }
    }
    const thousands = exposure[per] / 1000
    const unknown = per === 'flatMonths' ? exposure.unknownFlats : exposure.unknownArea
    const [lower, upper] = poissonLimits(cases)
    const rate =
      thousands > 0
        ? { value: cases / thousands, lower: lower / thousands, upper: upper / thousands }
        : null
    return { ...named, cases, n: null, rate, exposure: { thousands, unknown, ...window } }
  })
}

function shareOf(cases: number, n: number | null): Value['rate'] {
  if (!n) return null
  const [lower, upper] = wilson(cases, n)
  return { value: cases / n, lower, upper }
}

/** How the numbers are computed, for those who want to see it. */
export const sqlOf = (measure: CountedId) => ({
  numerator: METRICS[measure].numerator,
  denominator: METRICS[measure].denominator,
})

const BY_SOURCE = {
  name: 'metrics.unaddressedBySource',
  row: z.object({ source: z.string().nullable(), cases: z.number(), n: z.number() }),
  sql: `
    SELECT source, ${METRICS.unaddressed.numerator} AS cases, ${METRICS.unaddressed.denominator} AS n
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY source
    ORDER BY n DESC, source`,
}

/** The share without a known building, by source. */
export async function unaddressedBySource({ engine, registry, now }: Context, filter: Filter) {
  const rows = await ask(engine, BY_SOURCE, bindFilter(filter, registry, now()))
  return rows.map(({ source, cases, n }) => ({
    source: source ?? '',
    cases,
    n,
    rate: shareOf(cases, n),
  }))
}

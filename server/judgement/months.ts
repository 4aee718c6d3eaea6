import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import { localClock } from '#server/domain/local-time.ts'
import { REOPEN_WINDOW_DAYS } from '#server/metrics.ts'
import { binomialLimit } from '#server/stats/funnel.ts'
import { normalCdf, Z999 } from '#server/stats/normal.ts'
import { wilson } from '#server/stats/proportion.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { add, nothing } from './excess.ts'
import { createHeld, sharedInstant } from './held.ts'
import { comparable } from './judge.ts'
import { JUDGED_BITS, JUDGED_ROWS, JUDGED_SUMS } from './judged-rows.ts'
import { firstDayOf, frozen, isoOf, periodOf } from './period.ts'
import { stratified } from './strata.ts'

const COLUMNS = ['month', 'stratum', 'mature', 'returned', 'due', 'late'] as const
export type MonthColumns = Record<(typeof COLUMNS)[number], Float64Array>
/** Of each measure the columns that count. */
const COUNTED = {
  reopened: ['mature', 'returned'],
  late: ['due', 'late'],
} as const satisfies Record<Judged, unknown>

/** Both measures by month and stratum: of the city once for everybody, and of a unit from its own rows. */
export const MONTH_CELLS = {
  name: 'cells.month',
  sql: `
    SELECT month, stratum, ${JUDGED_SUMS}
    FROM ${stratified(`month, ${JUDGED_BITS}`, `${WITHIN_FILTER} AND ${JUDGED_ROWS}`)} AS one
    GROUP BY month, stratum`,
  columns: COLUMNS,
  read: (columns: MonthColumns) => columns,
} satisfies ColumnQuestion<(typeof COLUMNS)[number], MonthColumns>

const held = createHeld<MonthColumns>(12)

/** The city's rates by stratum of each month in which anything is judged. */
type Rates = ReadonlyMap<number, ReadonlyMap<number, number>>
const known = {
  reopened: new WeakMap<MonthColumns, Rates>(),
  late: new WeakMap<MonthColumns, Rates>(),
}

/** Of the city: reckoned once, whoever is held against it. */
function ratesOf(city: MonthColumns, measure: Judged): Rates {
  const rates = known[measure].get(city) ?? ratesIn(city, measure)
  known[measure].set(city, rates)
  return rates
}

function ratesIn(city: MonthColumns, measure: Judged): Rates {
  const [among, events] = COUNTED[measure]
  const months = new Map<number, Map<number, number>>()
  for (let i = 0; i < city.month.length; i++) {
    if (!city[among][i]) continue
    const month = city.month[i] ?? 0
    const rates = months.get(month) ?? new Map<number, number>()
    rates.set(city.stratum[i] ?? 0, (city[events][i] ?? 0) / (city[among][i] ?? 1))
    months.set(month, rates)
  }
  return months
}

/** Own requests of each month against the city's rate of that month and stratum. */
function byMonth(city: MonthColumns, own: MonthColumns, measure: Judged) {
  const [among, events] = COUNTED[measure]
  const months = new Map(
    Array.from(ratesOf(city, measure), ([month, rates]) => [month, { rates, sum: nothing() }]),
  )
  for (let i = 0; i < own.month.length; i++) {
    const n = own[among][i] ?? 0
    const month = n === 0 ? undefined : months.get(own.month[i] ?? 0)
    if (month) add(month.sum, n, own[events][i] ?? 0, month.rates.get(own.stratum[i] ?? 0) ?? 0)
  }
  return months
}

export interface Month {
  /** `2026-10`. */
  month: string
  n: number
  observed: number
  expected: number
  share: number | null
  lower: number
  upper: number
  /** The rate expected of this month's mix and its 99.8 % chance limits; null of nothing. */
  limits: { expected: number; lower: number; upper: number } | null
  /** The reopening window has passed for everything registered in it. */
  mature: boolean
}

/**
 * An organization by month of registration (`own`: its requests, where they are known already), from the period's first month to the current one: the months after the period
 * are not mature yet, and are told so.
 */
export async function monthsOf(
  { engine, registry, city, now }: Pick<Context, 'engine' | 'registry' | 'city' | 'now'>,
  measure: Judged,
  {
    unit,
    filter,
    whose = 'organization',
    own: known,
  }: { unit: number; filter: Filter; whose?: UnitKind; own?: MonthColumns },
): Promise<Month[]> {
  const period = periodOf(filter, now(), city.zone)
  const today = localClock(city.zone)(period.cut)
  const shown = { ...period, to: filter.to ?? isoOf(today.day) }
  const params = bindFilter(frozen(comparable(filter, whose), shown), registry, now())
  // Of everybody and as of the cut: read once in ten minutes, however many commits there are.
  const key = `${sharedInstant(now())} ${JSON.stringify(params)}`
  const [everyone, own] = await Promise.all([
    held(engine, key, () => askColumns(engine, MONTH_CELLS, params)),
    known ?? askColumns(engine, MONTH_CELLS, { ...params, [whose]: [unit] }),
  ])
  const months = byMonth(everyone, own, measure)
  return [...months.entries()]
    .sort(([a], [b]) => a - b)
    .map(([month, { sum }]) => {
      const { n, observed, expected } = sum
      const [lower, upper] = wilson(observed, n)
      return {
        month: isoOf(firstDayOf(month)).slice(0, 7),
        n,
        observed,
        expected,
        share: n === 0 ? null : observed / n,
        lower,
        upper,
        limits: limitsOf(expected / n, n),
        mature: firstDayOf(month + 1) + REOPEN_WINDOW_DAYS <= today.day,
      }
    })
}

function limitsOf(expected: number, n: number) {
  if (n === 0) return null
  if (expected <= 0 || expected >= 1) return { expected, lower: expected, upper: expected }
  const p = normalCdf(-Z999)
  return {
    expected,
    lower: Math.max(0, binomialLimit(expected, n, p)),
    upper: Math.min(1, binomialLimit(expected, n, 1 - p)),
  }
}

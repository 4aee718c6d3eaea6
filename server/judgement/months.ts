import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import { localClock } from '#server/domain/local-time.ts'
import { REOPEN_WINDOW_DAYS } from '#server/metrics.ts'
import type { ExpectedShare } from '#server/stats/casemix.ts'
import { binomialLimit } from '#server/stats/funnel.ts'
import { normalCdf, Z999 } from '#server/stats/normal.ts'
import { wilson } from '#server/stats/proportion.ts'
import type { StratumSum } from '#server/stats/sorted-cells.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { add, nothing } from './excess.ts'
import { ratesBeside } from './expectation.ts'
import { createHeld, sharedInstant } from './held.ts'
import { comparable } from './judge.ts'
import { JUDGED_BITS, JUDGED_ROWS, JUDGED_SUMS } from './judged-rows.ts'
import { firstDayOf, frozen, isoOf, periodOf } from './period.ts'
import type { Policy } from './policy.ts'
import { modelOf } from './standard.ts'
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

interface OfMonth {
  strata: Map<number, StratumSum>
  /** Fitted when it is first asked for. */
  model: () => ExpectedShare
}
/** What is judged of the city, by month and stratum. */
type Months = ReadonlyMap<number, OfMonth>
const known = {
  reopened: new WeakMap<MonthColumns, Months>(),
  late: new WeakMap<MonthColumns, Months>(),
}

/** Of the city: reckoned once, whoever is held against it. */
function cityOf(city: MonthColumns, measure: Judged): Months {
  const months = known[measure].get(city) ?? monthsIn(city, measure)
  known[measure].set(city, months)
  return months
}

function monthsIn(city: MonthColumns, measure: Judged): Months {
  return new Map(
    Array.from(sumsIn(city, measure), ([month, strata]) => {
      let fitted: ExpectedShare | undefined
      const model = () => {
        fitted ??= modelOf([...strata.values()])
        return fitted
      }
      return [month, { strata, model }]
    }),
  )
}

/** Requests that are judged and those that count, by month and stratum. */
function sumsIn(rows: MonthColumns, measure: Judged) {
  const [among, events] = COUNTED[measure]
  const months = new Map<number, Map<number, StratumSum>>()
  for (let i = 0; i < rows.month.length; i++) {
    const n = rows[among][i] ?? 0
    if (n === 0) continue
    const [month, stratum] = [rows.month[i] ?? 0, rows.stratum[i] ?? 0]
    const strata = months.get(month) ?? new Map<number, StratumSum>()
    months.set(month, strata)
    const sum = strata.get(stratum) ?? { stratum, n: 0, events: 0 }
    strata.set(stratum, { stratum, n: sum.n + n, events: sum.events + (rows[events][i] ?? 0) })
  }
  return months
}

/** Own requests of each month against the city's of that month on the same mix, as a comparison expects (method, section 4). */
function byMonth(
  city: MonthColumns,
  own: MonthColumns,
  { measure, casemix }: { measure: Judged; casemix: Policy['casemix'] },
) {
  const mine = sumsIn(own, measure)
  return Array.from(cityOf(city, measure), ([month, { strata, model }]) => {
    const sum = nothing()
    const requests = mine.get(month)
    if (!requests) return { month, sum }
    const sides = { own: requests, others: without(strata, requests) }
    const rates = ratesBeside(sides, casemix, model())
    for (const [stratum, { n, events }] of requests) add(sum, n, events, rates(stratum))
    return { month, sum }
  })
}

/** What is left of the city's strata without a unit's; its own may be newer than the city's. */
function without(strata: OfMonth['strata'], own: OfMonth['strata']) {
  const others = new Map<number, StratumSum>()
  for (const [stratum, mine] of own) {
    const all = strata.get(stratum) ?? mine
    const n = Math.max(0, all.n - mine.n)
    const events = Math.min(n, Math.max(0, all.events - mine.events))
    others.set(stratum, { stratum, n, events })
  }
  return others
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
 * An organization by month of registration (`own`: its requests, where they are known already), from the period's first month to
 * the current one: the months after the period are not mature yet, and are told so. What is expected of a month is what a
 * comparison of that month alone expects.
 */
export async function monthsOf(
  context: Pick<Context, 'engine' | 'registry' | 'city' | 'now' | 'judging'>,
  measure: Judged,
  {
    unit,
    filter,
    whose = 'organization',
    own: known,
  }: { unit: number; filter: Filter; whose?: UnitKind; own?: MonthColumns },
): Promise<Month[]> {
  const { engine, registry, city, now } = context
  const period = periodOf(filter, now(), city.zone)
  const { casemix } = context.judging.policies.of(period.from).policy
  const today = localClock(city.zone)(period.cut)
  const shown = { ...period, to: filter.to ?? isoOf(today.day) }
  const params = bindFilter(frozen(comparable(filter, whose), shown), registry, now())
  // Of everybody and as of the cut: read once in ten minutes, however many commits there are.
  const key = `${sharedInstant(now())} ${JSON.stringify(params)}`
  const [everyone, own] = await Promise.all([
    held(engine, key, () => askColumns(engine, MONTH_CELLS, params)),
    known ?? askColumns(engine, MONTH_CELLS, { ...params, [whose]: [unit] }),
  ])
  return byMonth(everyone, own, { measure, casemix })
    .sort((a, b) => a.month - b.month)
    .map(({ month, sum }) => {
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

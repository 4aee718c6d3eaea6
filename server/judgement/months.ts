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

/** Own requests of each month against the city's rate of that month and stratum. */
function byMonth(city: MonthColumns, own: MonthColumns, measure: Judged) {
  const [among, events] = COUNTED[measure]
  const place = ({ month, stratum }: MonthColumns, i: number) => `${month[i]} ${stratum[i]}`
  const rates = new Map<string, number>()
  for (let i = 0; i < city.month.length; i++)
    if (city[among][i]) rates.set(place(city, i), (city[events][i] ?? 0) / (city[among][i] ?? 1))
  const months = new Map<number, ReturnType<typeof nothing>>()
  for (let i = 0; i < city.month.length; i++) {
    const month = city.month[i] ?? 0
    if (city[among][i] && !months.has(month)) months.set(month, nothing())
  }
  for (let i = 0; i < own.month.length; i++) {
    const sum = months.get(own.month[i] ?? 0)
    if (sum) add(sum, own[among][i] ?? 0, own[events][i] ?? 0, rates.get(place(own, i)) ?? 0)
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
    .map(([month, { n, observed, expected }]) => {
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

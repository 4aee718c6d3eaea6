import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { UNIT_KINDS, type UnitKind } from '#server/contract/organizations.ts'
import { localClock } from '#server/domain/local-time.ts'
import { REOPEN_WINDOW_DAYS } from '#server/metrics.ts'
import { binomialLimit } from '#server/stats/funnel.ts'
import { normalCdf, Z999 } from '#server/stats/normal.ts'
import { wilson } from '#server/stats/proportion.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { comparable, JUDGES } from './judge.ts'
import { add, nothing } from './parts.ts'
import { firstDayOf, frozen, isoOf, periodOf } from './period.ts'
import { stratified } from './strata.ts'

const COLUMNS = ['month', 'stratum', 'n', 'events', 'own', 'ownEvents'] as const
type Columns = Record<(typeof COLUMNS)[number], Float64Array>

const monthCells = (measure: Judged, whose: UnitKind) =>
  ({
    name: `cells.month.${whose}.${measure}`,
    sql: `
      SELECT month, stratum, CAST(count(*) AS INTEGER) AS n, CAST(sum(event) AS INTEGER) AS events,
        CAST(sum(is_own) AS INTEGER) AS own, CAST(sum(event * is_own) AS INTEGER) AS "ownEvents"
      FROM ${stratified(
        `month, CASE WHEN ${JUDGES[measure].events} THEN 1 ELSE 0 END AS event,
        CASE WHEN ${whose} = $unit THEN 1 ELSE 0 END AS is_own`,
        `${WITHIN_FILTER} AND ${JUDGES[measure].among}`,
      )} AS one
      GROUP BY month, stratum`,
    within: 'filter',
    columns: COLUMNS,
    read: byMonth,
  }) satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>

const byUnit = (measure: Judged) =>
  Object.fromEntries(UNIT_KINDS.map((whose) => [whose, monthCells(measure, whose)])) as Record<
    UnitKind,
    ReturnType<typeof monthCells>
  >
export const MONTH_CELLS = { reopened: byUnit('reopened'), late: byUnit('late') }

/** Own requests of each month against the city's rate of that month and stratum. */
function byMonth({ month, stratum, n, events, own, ownEvents }: Columns) {
  const strata = new Map<
    string,
    { month: number; n: number; events: number; own: number; ownEvents: number }
  >()
  for (let i = 0; i < month.length; i++)
    strata.set(`${month[i]} ${stratum[i]}`, {
      month: month[i] ?? 0,
      n: n[i] ?? 0,
      events: events[i] ?? 0,
      own: own[i] ?? 0,
      ownEvents: ownEvents[i] ?? 0,
    })
  const months = new Map<number, ReturnType<typeof nothing>>()
  for (const cell of strata.values()) {
    const sum = months.get(cell.month) ?? nothing()
    add(sum, cell.own, cell.ownEvents, cell.n === 0 ? 0 : cell.events / cell.n)
    months.set(cell.month, sum)
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
 * An organization by month of registration, from the period's first month to the current one: the months after the period
 * are not mature yet, and are told so.
 */
export async function monthsOf(
  { engine, registry, city, now }: Pick<Context, 'engine' | 'registry' | 'city' | 'now'>,
  measure: Judged,
  { unit, filter, whose = 'organization' }: { unit: number; filter: Filter; whose?: UnitKind },
): Promise<Month[]> {
  const period = periodOf(filter, now(), city.zone)
  const today = localClock(city.zone)(period.cut)
  const shown = { ...period, to: filter.to ?? isoOf(today.day) }
  const months = await askColumns(engine, MONTH_CELLS[measure][whose], {
    ...bindFilter(frozen(comparable(filter, whose), shown), registry, now()),
    unit,
  })
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

/** In how many quarters of a year of months more happened than was expected; the last quarter may be shorter. */
export function quartersAbove(months: readonly Month[]): { above: number; of: number } {
  const quarters = new Map<number, { observed: number; expected: number }>()
  for (const [i, { observed, expected }] of months.filter((month) => month.mature).entries()) {
    const sum = quarters.get(Math.floor(i / 3)) ?? { observed: 0, expected: 0 }
    quarters.set(Math.floor(i / 3), {
      observed: sum.observed + observed,
      expected: sum.expected + expected,
    })
  }
  const all = [...quarters.values()]
  return { above: all.filter((q) => q.observed > q.expected).length, of: all.length }
}

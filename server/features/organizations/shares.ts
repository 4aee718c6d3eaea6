import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import { named } from '#server/contract/measures/named.ts'
import { frozen, periodOf } from '#server/judgement/period.ts'
import { METRICS } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'

/** Requests of the period by organization, and the shares that stand beside the comparison. */
export const SHARES = {
  name: 'organizationShares',
  within: 'filter' as const,
  row: z.object({
    organization: z.number(),
    requests: z.number(),
    due: z.number(),
    within: z.number(),
    answered: z.number(),
    confirmed: z.number(),
  }),
  sql: `
    SELECT organization, CAST(count(*) AS INTEGER) AS requests,
      CAST(${METRICS.withinNorm.denominator} AS INTEGER) AS due,
      CAST(${METRICS.withinNorm.numerator} AS INTEGER) AS within,
      CAST(${METRICS.confirmed.denominator} AS INTEGER) AS answered,
      CAST(${METRICS.confirmed.numerator} AS INTEGER) AS confirmed
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY organization
    ORDER BY organization`,
}

/** As of the cut, like the comparison. Requests that nobody known answers for are in the city's figures only. */
export async function shares(context: Context, filter: Filter) {
  const { engine, registry, city, now } = context
  const period = periodOf(filter, now(), city.zone)
  const all = { ...filter, organization: [] }
  const rows = await ask(engine, SHARES, bindFilter(frozen(all, period), registry, now()))
  const of = (
    rows: Pick<
      (typeof SHARES.row)['_output'],
      'due' | 'within' | 'answered' | 'confirmed' | 'requests'
    >,
  ) => ({
    requests: rows.requests,
    withinNorm: shareOf(rows.within, rows.due),
    confirmed: shareOf(rows.confirmed, rows.answered),
  })
  const total = { requests: 0, due: 0, within: 0, answered: 0, confirmed: 0 }
  for (const row of rows)
    for (const key of ['requests', 'due', 'within', 'answered', 'confirmed'] as const)
      total[key] += row[key]
  return {
    period,
    measures: named('registered', 'withinNorm', 'confirmed'),
    city: of(total),
    units: rows.flatMap(({ organization, ...row }) => {
      const found = registry.organization(organization)
      return found ? [{ id: found.id, name: found.name, kind: found.kind, ...of(row) }] : []
    }),
  }
}

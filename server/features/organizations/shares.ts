import type { Filter } from '#server/contract/filter.ts'
import { named } from '#server/contract/measures/named.ts'
import { UNIT_KINDS, type UnitKind } from '#server/contract/organizations.ts'
import { comparable } from '#server/judgement/judge.ts'
import { frozen, periodOf } from '#server/judgement/period.ts'
import { summedBy } from '#server/judgement/summed.ts'
import { METRICS } from '#server/metrics.ts'
import { askColumns } from '#server/store/ask.ts'
import { DAY } from '#server/store/by-month.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'
import { comparedUnit } from './unit.ts'

const SHARED = ['withinNorm', 'confirmed', 'confirmedOfAnswered', 'answered'] as const
type Counts = Record<'requests' | `${(typeof SHARED)[number]}${'Cases' | 'Among'}`, number>
const nothing = (): Counts => ({
  requests: 0,
  ...{ withinNormCases: 0, withinNormAmong: 0, confirmedCases: 0, confirmedAmong: 0 },
  ...{ confirmedOfAnsweredCases: 0, confirmedOfAnsweredAmong: 0 },
  ...{ answeredCases: 0, answeredAmong: 0 },
})
const COUNTED = Object.keys(nothing()) as (keyof Counts)[]
type Columns = Readonly<Record<'unit' | keyof Counts, Float64Array>>

/** Requests of the period by unit, and the shares that stand beside the comparison. */
const sharesBy = (unit: UnitKind) => ({
  name: `shares.${unit}`,
  within: 'filter' as const,
  byMonth: summedBy(['unit'], COUNTED),
  columns: ['unit', ...COUNTED] as const,
  sql: `
    SELECT ${DAY}, ${unit} AS unit, CAST(count(*) AS INTEGER) AS requests,
      ${SHARED.map(
        (id) => `CAST(${METRICS[id].numerator} AS INTEGER) AS "${id}Cases",
      CAST(${METRICS[id].denominator} AS INTEGER) AS "${id}Among"`,
      ).join(',\n      ')}
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY registered_on, ${unit}`,
  read: (days: Columns) => {
    const columns = summedBy(['unit'], COUNTED)(days)
    const units = Array.from(columns.unit, (unit, row): [number, Counts] => {
      const counts = nothing()
      for (const name of COUNTED) counts[name] = columns[name][row] ?? 0
      return [unit, counts]
    })
    return new Map(units.sort(([a], [b]) => a - b))
  },
})
const [organization, contractor, district] = UNIT_KINDS
export const SHARES = {
  organization: sharesBy(organization),
  contractor: sharesBy(contractor),
  district: sharesBy(district),
}

const of = (counts: Counts) => ({
  requests: counts.requests,
  withinNorm: shareOf(counts.withinNormCases, counts.withinNormAmong),
  confirmed: shareOf(counts.confirmedCases, counts.confirmedAmong),
  confirmedOfAnswered: shareOf(counts.confirmedOfAnsweredCases, counts.confirmedOfAnsweredAmong),
  answered: shareOf(counts.answeredCases, counts.answeredAmong),
})

/** As of the cut, like the comparison; by the unit's key, 0 is nobody's. */
async function sharesOf(context: Context, filter: Filter, unit: UnitKind) {
  const { engine, registry, city, now } = context
  const period = periodOf(filter, now(), city.zone)
  const units = await askColumns(
    engine,
    SHARES[unit],
    bindFilter(frozen(filter, period), registry, now()),
  )
  const total = nothing()
  for (const counts of units.values()) for (const name of COUNTED) total[name] += counts[name]
  return {
    period,
    city: of(total),
    of: new Map(Array.from(units, ([unit, counts]) => [unit, of(counts)])),
  }
}

/** Of every unit; requests of nobody known are in the city's figures only. */
export async function shares(context: Context, filter: Filter, unit: UnitKind = 'organization') {
  const { period, city, of } = await sharesOf(context, comparable(filter, unit), unit)
  return {
    period,
    measures: named('registered', ...SHARED),
    city,
    units: Array.from(of).flatMap(([key, row]) => {
      const found = comparedUnit(context, unit, key)
      return found ? [{ id: found.id, name: found.name, kind: found.kind, ...row }] : []
    }),
  }
}

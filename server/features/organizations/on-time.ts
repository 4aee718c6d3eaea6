import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import type { CountedId } from '#server/contract/measures/shape.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import { UNIT_KINDS, type UnitKind } from '#server/contract/organizations.ts'
import { SPELL_ENDS } from '#server/contract/vocabulary.ts'
import { frozen, periodOf } from '#server/judgement/period.ts'
import { APPEAL, IS, METRICS, SOUND } from '#server/metrics.ts'
import { aalenJohansen, incidenceAt } from '#server/stats/aalen-johansen.ts'
import { ask, askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'
import { type Asked, countOf, has, maskOf, type Own, ownOf } from './own.ts'

/** What people call "on time", each by its own name: the headline of confirmed work, and the three that leave something out. */
export const ON_TIME = [
  'onTime',
  'onTimeOfClosed',
  'onTimeOfClosedAndOverdue',
  'onTimeSoFar',
] as const satisfies readonly CountedId[]
type OnTimeId = (typeof ON_TIME)[number]

const count = z.number().int()
const row = z.object({
  unit: count,
  overdue: count,
  ...(Object.fromEntries(
    ON_TIME.flatMap((id) => [
      [`${id}Cases`, count],
      [`${id}Among`, count],
    ]),
  ) as Record<`${OnTimeId}${'Cases' | 'Among'}`, typeof count>),
})
type Counts = z.infer<typeof row>

const countsBy = (unit: UnitKind) => ({
  name: `onTime.${unit}`,
  within: 'filter' as const,
  row,
  sql: `
    SELECT ${unit} AS unit, CAST(${METRICS.overdue.numerator} AS INTEGER) AS overdue,
      ${ON_TIME.map(
        (id) => `CAST(${METRICS[id].numerator} AS INTEGER) AS "${id}Cases",
      CAST(${METRICS[id].denominator} AS INTEGER) AS "${id}Among"`,
      ).join(',\n      ')}
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY ${unit}
    ORDER BY ${unit}`,
})

/** Of the time allowed, in so many parts; what happens after it is one part more. */
const PARTS = 200
const DONE_AT = `CASE WHEN confirmed_at IS NULL OR verified_at < confirmed_at THEN verified_at ELSE confirmed_at END`
const TRANSFERRED = SPELL_ENDS.indexOf('transferred')
/** The part of the allowed time in which an instant lies, from 1; at most one after it. */
const partOf = (instant: string) =>
  `CAST(greatest(1, least(${PARTS + 1}, ceil(${PARTS}.0 * (${instant} - registered) / (due - registered)))) AS INTEGER)`

type Parts = 'unit' | 'part' | 'done' | 'otherwise' | 'open'

/**
 * Requests with a due time by the part of the allowed time in which each was confirmed or verified (done), ended otherwise
 * (closed without a word of the resident, refused, withdrawn, transferred) or was last seen open.
 */
const partsBy = (unit: UnitKind) =>
  ({
    name: `onTimeParts.${unit}`,
    within: 'filter',
    columns: ['unit', 'part', 'done', 'otherwise', 'open'],
    sql: `
      SELECT unit, part, CAST(count(CASE WHEN ending = 1 THEN 1 END) AS INTEGER) AS done,
        CAST(count(CASE WHEN ending = 2 THEN 1 END) AS INTEGER) AS otherwise,
        CAST(count(CASE WHEN ending = 0 THEN 1 END) AS INTEGER) AS open
      FROM (
        SELECT unit, ending, ${partOf('instant')} AS part
        FROM (
          SELECT unit, registered, due,
            CASE WHEN done <= coalesce(transferred, done) THEN 1
              WHEN coalesce(transferred, closed) IS NOT NULL THEN 2 ELSE 0 END AS ending,
            CASE WHEN done <= coalesce(transferred, done) THEN done
              ELSE coalesce(transferred, closed, $now) END AS instant
          FROM (
            SELECT request AS moved, ${unit} AS unit, registered_at AS registered, due_at AS due,
              closed_at AS closed, ${DONE_AT} AS done
            FROM request
            WHERE ${WITHIN_FILTER} AND ${IS.withDue} AND due_at > registered_at AND ${SOUND} AND ${APPEAL}
          ) AS allowed
          LEFT JOIN (
            SELECT request AS moved, min(end_at) AS transferred FROM spell
            WHERE end_reason = ${TRANSFERRED} GROUP BY request
          ) AS transfer USING (moved)
        ) AS ended
      ) AS parted
      GROUP BY unit, part`,
    read: (columns) => {
      const units = new Map<number, { time: number; outcomes: number[]; censored: number }[]>()
      const { unit, part, done, otherwise, open } = columns
      for (let i = 0; i < unit.length; i++) {
        const tallies = units.get(unit[i] ?? 0) ?? []
        tallies.push({
          time: part[i] ?? 0,
          outcomes: [done[i] ?? 0, otherwise[i] ?? 0],
          censored: open[i] ?? 0,
        })
        units.set(unit[i] ?? 0, tallies)
      }
      return new Map(Array.from(units, ([key, tallies]) => [key, estimateOf(tallies)]))
    },
  }) satisfies ColumnQuestion<Parts, unknown>

export interface Estimate {
  /** Requests with a due time, those not due yet and those withdrawn or transferred included. */
  n: number
  share: number
  lower: number
  upper: number
}

/** P(confirmed or verified by the due time), Aalen–Johansen; null of nothing. */
export function estimateOf(
  tallies: Iterable<{ time: number; outcomes: readonly number[]; censored: number }>,
): Estimate | null {
  const curves = aalenJohansen(tallies, 2)
  if (curves.n === 0) return null
  const { share, lower, upper } = incidenceAt(curves, 0, PARTS)
  return { n: curves.n, share, lower: lower ?? share, upper: upper ?? share }
}

const COUNTS = byUnit(countsBy)
const PARTED = byUnit(partsBy)

function byUnit<T>(make: (unit: UnitKind) => T): Record<UnitKind, T> {
  const [organization, contractor, district] = UNIT_KINDS
  return {
    organization: make(organization),
    contractor: make(contractor),
    district: make(district),
  }
}

/** Every unit by every definition, as of the cut; key 0 is nobody's. */
export async function onTimeOfAll(context: Context, filter: Filter, unit: UnitKind) {
  const { engine, registry, city, now } = context
  const period = periodOf(filter, now(), city.zone)
  const params = bindFilter(frozen(filter, period), registry, now())
  const [counts, estimates] = await Promise.all([
    ask(engine, COUNTS[unit], params),
    askColumns(engine, PARTED[unit], params),
  ])
  return {
    period,
    of: new Map(
      counts.map((row) => [
        row.unit,
        { ...definitionsOf(row), estimate: estimates.get(row.unit) ?? null },
      ]),
    ),
  }
}

const definitionsOf = (row: Counts) => ({
  /** Open past their due time: what (a) does not see. */
  overdue: row.overdue,
  definitions: ON_TIME.map((measure) => ({
    measure,
    version: versionOf(measure),
    share: shareOf(row[`${measure}Cases`], row[`${measure}Among`]),
  })),
})

const ALLOWED = maskOf('withDue', 'sound', 'appeal')
const OVERDUE = maskOf('overdue')

/** One unit by every definition beside each other, from its own rows: the same numbers as those of all. */
export async function onTimeOf(context: Context, asked: Asked) {
  const own = await ownOf(context, asked)
  let overdue = 0
  for (let i = 0; i < own.count; i++) if (has(own.columns.bits[i], OVERDUE)) overdue++
  return {
    period: own.period,
    overdue,
    definitions: ON_TIME.map((measure) => {
      const { cases, n } = countOf(own, measure)
      return { measure, version: versionOf(measure), share: shareOf(cases, n) }
    }),
    estimate: estimateOf(partsOfOwn(own)),
  }
}

/** What `partsBy` reads of everybody. */
function partsOfOwn({ columns, count, period }: Own) {
  const tallies = new Map<number, { time: number; outcomes: [number, number]; censored: number }>()
  const { bits, registered, due, done, transferred, closed } = columns
  for (let i = 0; i < count; i++) {
    const [start, end] = [registered[i] ?? 0, due[i] ?? Number.NaN]
    if (!has(bits[i], ALLOWED) || !(end > start)) continue
    const left = transferred[i] ?? Number.NaN
    const isDone = (done[i] ?? Number.NaN) <= (Number.isNaN(left) ? Number.POSITIVE_INFINITY : left)
    const otherwise = Number.isNaN(left) ? (closed[i] ?? Number.NaN) : left
    const isOpen = !isDone && Number.isNaN(otherwise)
    const instant = isDone ? (done[i] ?? 0) : isOpen ? period.cut : otherwise
    const time = Math.max(
      1,
      Math.min(PARTS + 1, Math.ceil((PARTS * (instant - start)) / (end - start))),
    )
    const tally = tallies.get(time) ?? { time, outcomes: [0, 0], censored: 0 }
    if (isOpen) tally.censored++
    else tally.outcomes[isDone ? 0 : 1]++
    tallies.set(time, tally)
  }
  return tallies.values()
}

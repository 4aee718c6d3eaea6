import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { INDICATED, type Indicator } from '#server/contract/integrity.ts'
import type { Rows } from '#server/contract/measures/counted.ts'
import { conditionsOf } from '#server/metrics.ts'
import type { Cell } from '#server/stats/cells.ts'
import type { Crowd } from '#server/stats/mass-closing.ts'
import type { NumberColumns } from '#server/store/engine.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { frozen, type Period } from './period.ts'
import { AGE_BANDS, stratified, stratumIn } from './strata.ts'

export type Facts = Pick<Context, 'engine' | 'registry' | 'now'>

const all = (rows: Rows) =>
  conditionsOf(rows)
    .map(({ sql }) => sql)
    .join(' AND ') || 'true'
const within = (rows: Rows) => `${WITHIN_FILTER} AND ${all(rows)}`
const COUNT = 'CAST(count(*) AS INTEGER)'

/** Requests by organization and stratum, and how many of them count. */
const cells = (indicator: Indicator) => ({
  name: `integrity.cells.${indicator}`,
  sql: `
    SELECT unit, stratum, ${COUNT} AS n, CAST(sum(event) AS INTEGER) AS events
    FROM ${stratified(
      `organization AS unit, CASE WHEN ${all(INDICATED[indicator].events)} THEN 1 ELSE 0 END AS event`,
      within(INDICATED[indicator].among),
    )} AS one
    GROUP BY unit, stratum
    ORDER BY unit, stratum`,
})

/** Twentieths of the term around the due time, (a, b]: the limit lies between the tenth and the eleventh. */
export const BINS = 20
const BIN = `CAST(ceil(${BINS}.0 * (first_closed_at - registered_at) / (due_at - registered_at)) AS INTEGER) - ${BINS / 2 + 1}`
const TERMS = {
  name: 'integrity.terms',
  sql: `
    SELECT unit, stratum, bin, ${COUNT} AS n
    FROM ${stratified(`organization AS unit, ${BIN} AS bin`, within(INDICATED.excessMass.among))} AS one
    GROUP BY unit, stratum, bin
    ORDER BY unit, stratum, bin`,
}

const CLOSED = within(INDICATED.massClosing.among)
const MINUTES_OF_HOUR = {
  name: 'integrity.minutes',
  sql: `
    SELECT organization AS unit, first_closed_minute % 60 AS minute, ${COUNT} AS n
    FROM request
    WHERE ${CLOSED} AND first_closed_minute IS NOT NULL
    GROUP BY unit, minute
    ORDER BY unit, minute`,
}
const ACCOUNTS = {
  name: 'integrity.accounts',
  sql: `
    SELECT organization AS unit, account, ${COUNT} AS closings, CAST(count(DISTINCT first_closed_on) AS INTEGER) AS days
    FROM request
    WHERE ${CLOSED} AND account IS NOT NULL AND first_closed_minute IS NOT NULL
    GROUP BY unit, account
    ORDER BY unit, account`,
}
const CROWDED = {
  name: 'integrity.crowded',
  sql: `
    SELECT organization AS unit, account, first_closed_at // ($minutes * 60000) AS slot, ${COUNT} AS closings,
      min(first_closed_minute) // 60 AS hour
    FROM request
    WHERE ${CLOSED} AND account IS NOT NULL AND first_closed_minute IS NOT NULL
    GROUP BY unit, account, slot
    HAVING count(*) >= $least
    ORDER BY unit, account, slot`,
}

const HOURS = {
  name: 'integrity.hours',
  sql: `
    SELECT organization AS unit, first_closed_minute // 60 AS hour, ${COUNT} AS n
    FROM request
    WHERE ${CLOSED} AND first_closed_minute IS NOT NULL
    GROUP BY unit, hour
    ORDER BY unit, hour`,
}

/** Of one organization, by month of registration. */
const months = (indicator: Indicator) => ({
  name: `integrity.months.${indicator}`,
  sql: `
    SELECT month, stratum, ${COUNT} AS n, CAST(sum(event) AS INTEGER) AS events
    FROM ${stratified(
      `month, CASE WHEN ${all(INDICATED[indicator].events)} THEN 1 ELSE 0 END AS event`,
      within(INDICATED[indicator].among),
    )} AS one
    GROUP BY month, stratum
    ORDER BY month, stratum`,
})
/** Of one account on one local day, by the minute of the day. */
const DAY = {
  name: 'integrity.day',
  sql: `
    SELECT first_closed_minute AS minute, ${COUNT} AS n
    FROM request
    WHERE ${CLOSED} AND first_closed_on = $day AND first_closed_minute IS NOT NULL
    GROUP BY minute
    ORDER BY minute`,
}

const paramsOf = ({ registry, now }: Facts, period: Period) =>
  bindFilter(frozen(EVERYTHING, period), registry, now())

/** What an urgency was lowered to is the organization's doing: emergencies are compared as what they were. */
function stratumFor(indicator: Indicator, stratum: number): number {
  if (indicator !== 'downgrading') return stratum
  const { category, band } = stratumIn(stratum)
  return category * AGE_BANDS.length + AGE_BANDS.indexOf(band)
}

export async function cellsOf(
  facts: Facts,
  indicator: Indicator,
  period: Period,
): Promise<Cell<number>[]> {
  const answer = await facts.engine.columns(cells(indicator).sql, paramsOf(facts, period))
  const { unit, stratum, n, events } = named(answer, ['unit', 'stratum', 'n', 'events'])
  return Array.from(unit, (key, i) => ({
    unit: key,
    stratum: stratumFor(indicator, stratum[i] ?? 0),
    n: n[i] ?? 0,
    events: events[i] ?? 0,
  }))
}

/** Closings of each organization and stratum by twentieths of their terms. */
export async function termsOf(facts: Facts, period: Period) {
  const answer = await facts.engine.columns(TERMS.sql, paramsOf(facts, period))
  const { unit, stratum, bin, n } = named(answer, ['unit', 'stratum', 'bin', 'n'])
  return Array.from(unit, (key, i) => ({
    unit: key,
    stratum: stratum[i] ?? 0,
    bin: bin[i] ?? 0,
    n: n[i] ?? 0,
  }))
}

/** Closings of each organization by the minute of the hour, 60 numbers. */
export const minutesOf = (facts: Facts, period: Period) =>
  byClock(facts, period, { sql: MINUTES_OF_HOUR.sql, column: 'minute', size: 60 })

/** Closings of each organization by the hour of the local day, 24 numbers. */
export const hoursOf = (facts: Facts, period: Period) =>
  byClock(facts, period, { sql: HOURS.sql, column: 'hour', size: 24 })

async function byClock(
  facts: Facts,
  period: Period,
  { sql, column, size }: { sql: string; column: 'minute' | 'hour'; size: number },
): Promise<Map<number, number[]>> {
  const answer = await facts.engine.columns(sql, paramsOf(facts, period))
  const { unit, [column]: at, n } = named(answer, ['unit', column, 'n'])
  const units = new Map<number, number[]>()
  for (const [i, key] of unit.entries()) {
    const counts = units.get(key) ?? Array<number>(size).fill(0)
    counts[at?.[i] ?? 0] = n[i] ?? 0
    units.set(key, counts)
  }
  return units
}

export interface Account {
  unit: number
  account: number
  closings: number
  /** Local days on which it closed something. */
  days: number
}

export async function accountsOf(facts: Facts, period: Period): Promise<Account[]> {
  const answer = await facts.engine.columns(ACCOUNTS.sql, paramsOf(facts, period))
  const { unit, account, closings, days } = named(answer, ['unit', 'account', 'closings', 'days'])
  return Array.from(unit, (key, i) => ({
    unit: key,
    account: account[i] ?? 0,
    closings: closings[i] ?? 0,
    days: days[i] ?? 0,
  }))
}

/** Times of so many minutes, by the clock, in which one account closed `least` or more. */
export async function crowdsOf(
  facts: Facts,
  period: Period,
  { minutes, least }: { minutes: number; least: number },
): Promise<(Crowd & { unit: number; hour: number })[]> {
  const params = { ...paramsOf(facts, period), minutes, least }
  const answer = await facts.engine.columns(CROWDED.sql, params)
  const { unit, account, slot, closings, hour } = named(answer, [
    ...(['unit', 'account', 'slot', 'closings', 'hour'] as const),
  ])
  return Array.from(unit, (key, i) => ({
    unit: key,
    account: account[i] ?? 0,
    start: (slot[i] ?? 0) * minutes,
    minutes,
    closings: closings[i] ?? 0,
    hour: hour[i] ?? 0,
  }))
}

/** Cells of one organization by month, `stratum` as in cellsOf. */
export async function monthsOfOne(
  { engine, registry, now }: Facts,
  indicator: Indicator,
  filter: Filter,
): Promise<{ month: number; stratum: number; n: number; events: number }[]> {
  const answer = await engine.columns(
    months(indicator).sql,
    bindFilter({ ...filter, is: [], outcome: [] }, registry, now()),
  )
  const { month, stratum, n, events } = named(answer, ['month', 'stratum', 'n', 'events'])
  return Array.from(month, (at, i) => ({
    month: at,
    stratum: stratumFor(indicator, stratum[i] ?? 0),
    n: n[i] ?? 0,
    events: events[i] ?? 0,
  }))
}

/** Closings that a filter lets through on one local day, by the minute of the day. */
export async function dayOfClosings(
  { engine, registry, now }: Facts,
  filter: Filter,
  day: number,
): Promise<{ minute: number; n: number }[]> {
  const answer = await engine.columns(DAY.sql, { ...bindFilter(filter, registry, now()), day })
  const { minute, n } = named(answer, ['minute', 'n'])
  return Array.from(minute, (at, i) => ({ minute: at, n: n[i] ?? 0 }))
}

function named<C extends string>(columns: NumberColumns, names: readonly C[]) {
  const found = {} as Record<C, Float64Array>
  for (const name of names) {
    const column = columns[name]
    if (!column) throw new Error(`integrity: no column ${name}`)
    found[name] = column
  }
  return found
}

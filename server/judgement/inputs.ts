import { createHash } from 'node:crypto'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { INDICATORS, type Indicator } from '#server/contract/integrity.ts'
import { GAMMA } from '#server/stats/log-bins.ts'
import type { IntegerColumns, NumberColumns, Params } from '#server/store/engine.ts'
import { bindFilter, dayOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { JUDGED_BITS, JUDGED_ROWS, JUDGED_SUMS } from './judged-rows.ts'
import { frozen, isoOf, type Period } from './period.ts'
import { stratified } from './strata.ts'

/** Quarters of the judged year; the year before it has the numbers −4 to −1 and widens what is too little. */
export const QUARTERS = 4
const MONTHS_OF_QUARTER = 3

export const SHARE_COLUMNS = [
  ...(['organization', 'quarter', 'stratum'] as const),
  ...(['mature', 'returned', 'due', 'late'] as const),
] as const
export const PACE_COLUMNS = ['organization', 'quarter', 'stratum', 'bin', 'events', 'n'] as const
const WEEK_COLUMNS = [
  ...(['organization', 'week', 'stratum'] as const),
  ...(['mature', 'returned', 'due', 'late'] as const),
] as const
const DOUBT_COLUMNS = ['organization', 'indicator'] as const
type Columns<C extends string> = Record<C, Numbers>
export type Numbers = Int32Array | Float64Array

/** Weeks of the judged year, so that the last ends with it; the first is not a whole one. */
export const WEEKS = 53

/** Requests by organization, quarter and stratum, and by observed time. */
export interface Tables {
  shares: Columns<(typeof SHARE_COLUMNS)[number]>
  pace: Columns<(typeof PACE_COLUMNS)[number]>
}

/** Everything that an evaluation rests on. */
export interface Inputs extends Tables {
  /** Requests of the judged year by week of registration, from 0. */
  weeks: Columns<(typeof WEEK_COLUMNS)[number]>
  /** What organizations are asked about by the indicators of integrity, each by its place in INDICATORS. */
  doubts: Columns<(typeof DOUBT_COLUMNS)[number]>
  /** SHA-256 of the columns, hexadecimal. */
  hash: string
}

/** Closed for good by the cut; a closing after it is not known yet. */
const ENDED = 'closed_at <= $now'
/** A bin for four of the fine ones: a step of 4 %, for a quarter of the rows. */
export const COARSE = 4
const FLOOR_S = 60

/** Observed time until the closing that stands, or until the cut, as a coarse bin of log-bins. */
export const OBSERVED_BIN = `(${COARSE} * CAST(floor(CASE WHEN ${ENDED} THEN resolution_bin
        ELSE round(ln(greatest(($now - registered_at) / 1000.0, ${FLOOR_S})) / ${Math.log(GAMMA)}) END / ${COARSE}) AS INTEGER))`
export const ENDED_1 = `CASE WHEN ${ENDED} THEN 1 ELSE 0 END AS ended_1`

export const QUARTER = `CAST(floor((month - $firstMonth) / ${MONTHS_OF_QUARTER}.0) AS INTEGER) AS quarter`

export const EVALUATION_SHARES = {
  name: 'evaluation.shares',
  sql: `
    SELECT organization, quarter, stratum, ${JUDGED_SUMS}
    FROM ${stratified(`organization, ${QUARTER}, ${JUDGED_BITS}`, `${WITHIN_FILTER} AND ${JUDGED_ROWS}`)} AS one
    GROUP BY organization, quarter, stratum
    ORDER BY organization, quarter, stratum`,
  columns: SHARE_COLUMNS,
}
export const EVALUATION_PACE = {
  name: 'evaluation.pace',
  sql: `
    SELECT organization, quarter, stratum, bin, CAST(sum(ended_1) AS INTEGER) AS events, CAST(count(*) AS INTEGER) AS n
    FROM ${stratified(
      `organization, ${QUARTER}, ${OBSERVED_BIN} AS bin, ${ENDED_1}`,
      `${WITHIN_FILTER} AND ${JUDGED_ROWS}`,
    )} AS one
    GROUP BY organization, quarter, stratum, bin
    ORDER BY organization, quarter, stratum, bin`,
  columns: PACE_COLUMNS,
}
const EVALUATION_WEEKS = {
  name: 'evaluation.weeks',
  sql: `
    SELECT organization, week_of_year AS week, stratum, ${JUDGED_SUMS}
    FROM ${stratified(
      `organization, CAST(floor((registered_on - $firstWeek) / 7.0) AS INTEGER) AS week_of_year, ${JUDGED_BITS}`,
      `${WITHIN_FILTER} AND ${JUDGED_ROWS}`,
    )} AS one
    GROUP BY organization, week_of_year, stratum
    ORDER BY organization, week_of_year, stratum`,
  columns: WEEK_COLUMNS,
}

/** Parameters of a judged year together with the year before it. */
export function evaluationParams(
  { registry, now }: Pick<Context, 'registry' | 'now'>,
  period: Period,
  filter: Filter = EVERYTHING,
): Params {
  const first = new Date(`${period.from}T00:00:00Z`)
  const firstMonth = first.getUTCFullYear() * 12 + first.getUTCMonth()
  const from = isoOf(dayOf(`${first.getUTCFullYear() - 1}${period.from.slice(4)}`))
  return {
    ...bindFilter(frozen(filter, { ...period, from }), registry, now()),
    firstMonth,
  }
}

/** The day on which a week of the judged year begins, from 0. */
export const weekStart = ({ to }: Pick<Period, 'to'>, week: number): number =>
  dayOf(to) - (WEEKS - week) * 7

/** Of the judged year alone, by its weeks. */
const weekParams = (
  { registry, now }: Pick<Context, 'registry' | 'now'>,
  period: Period,
): Params => ({
  ...bindFilter(frozen(EVERYTHING, period), registry, now()),
  firstWeek: weekStart(period, 0),
})

/** Reads the facts three times; not kept by `ask`, because the evaluation that comes of it is. */
export async function readInputs(
  context: Pick<Context, 'engine' | 'registry' | 'now'>,
  period: Period,
  asked: ReadonlyMap<number, readonly Indicator[]>,
): Promise<Inputs> {
  const params = evaluationParams(context, period)
  const { engine } = context
  const shares = named(await engine.integers(EVALUATION_SHARES.sql, params), SHARE_COLUMNS)
  const pace = await paceIn(engine, params, dayOf(`${period.from.slice(0, 7)}-01`))
  const weeks = named(
    await engine.integers(EVALUATION_WEEKS.sql, weekParams(context, period)),
    WEEK_COLUMNS,
  )
  const doubts = doubtsOf(asked)
  return { shares, pace, weeks, doubts, hash: hashOf(shares, pace, weeks, doubts) }
}

function doubtsOf(asked: ReadonlyMap<number, readonly Indicator[]>): Inputs['doubts'] {
  const rows = [...asked]
    .flatMap(([unit, indicators]) =>
      indicators.map((one) => [unit, INDICATORS.indexOf(one)] as const),
    )
    .sort(([a, first], [b, second]) => a - b || first - second)
  return {
    organization: Float64Array.from(rows, ([unit]) => unit),
    indicator: Float64Array.from(rows, ([, indicator]) => indicator),
  }
}

/** The year before, and the judged one from its first month: grouping and ordering the rows of both at once takes twice the memory. */
async function paceIn(engine: Context['engine'], params: Params, middle: number) {
  const before = await engine.integers(EVALUATION_PACE.sql, { ...params, to: middle })
  const judged = await engine.integers(EVALUATION_PACE.sql, { ...params, from: middle })
  return named(byOrganization(before, judged), PACE_COLUMNS)
}

/** Of each organization the first rows and then the second; both come in the order of organizations. */
function byOrganization(first: IntegerColumns, second: IntegerColumns): IntegerColumns {
  const [a = NO_ROWS, b = NO_ROWS] = [first.organization, second.organization]
  const places = new Int32Array(a.length)
  const others = new Int32Array(b.length)
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (j === b.length || (i < a.length && (a[i] ?? 0) <= (b[j] ?? 0))) places[i] = i++ + j
    else others[j] = i + j++
  }
  return Object.fromEntries(
    PACE_COLUMNS.map((name) => {
      const all = emptyShared(a.length + b.length)
      for (let i = 0; i < a.length; i++) all[places[i] ?? 0] = first[name]?.[i] ?? 0
      for (let j = 0; j < b.length; j++) all[others[j] ?? 0] = second[name]?.[j] ?? 0
      return [name, all]
    }),
  )
}
const NO_ROWS = new Int32Array(0)
const emptyShared = (length: number) =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))

export function named<C extends string>(
  columns: NumberColumns | IntegerColumns,
  names: readonly C[],
): Columns<C> {
  return Object.fromEntries(
    names.map((name) => {
      const column = columns[name]
      if (!column) throw new Error(`the evaluation has no column ${name}`)
      return [name, narrowed(column)]
    }),
  ) as Columns<C>
}

/** Whole numbers in half the room: of a large city there are millions. */
function narrowed(column: Numbers): Numbers {
  if (column instanceof Int32Array) return column
  const whole = emptyShared(column.length)
  whole.set(column)
  return whole.every((value, row) => value === column[row]) ? whole : column
}

/** Of all columns in order, each a length and its numbers as little-endian 64-bit floats. */
function hashOf(...tables: readonly Record<string, Numbers>[]): string {
  const sum = createHash('sha256')
  for (const table of tables)
    for (const [name, column] of Object.entries(table)) {
      sum.update(`${name} ${column.length}\n`)
      sum.update(Float64Array.from(column))
    }
  return sum.digest('hex')
}

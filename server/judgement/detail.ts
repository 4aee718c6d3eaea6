import { EVERYTHING } from '#server/contract/filter.ts'
import type { Evaluated } from '#server/contract/flags.ts'
import { WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import type { Tally } from './expectation.ts'
import { ENDED_1, evaluationParams, type Numbers, named, OBSERVED_BIN, QUARTER } from './inputs.ts'
import { JUDGED_BITS, JUDGED_ROWS, JUDGED_SUMS } from './judged-rows.ts'
import type { Period } from './period.ts'
import { stratified } from './strata.ts'

const COLUMNS = [
  ...(['organization', 'house', 'week', 'quarter', 'stratum', 'bin'] as const),
  ...(['mature', 'returned', 'due', 'late', 'events', 'n'] as const),
] as const
export type DetailColumns = Record<(typeof COLUMNS)[number], Numbers>

/** The tables of an evaluation once more for few organizations, by building and week. */
export const EVALUATION_DETAIL = {
  name: 'evaluation.detail',
  sql: `
    SELECT organization, house, week, quarter, stratum, bin, ${JUDGED_SUMS},
      CAST(sum(ended_1) AS INTEGER) AS events, CAST(count(*) AS INTEGER) AS n
    FROM ${stratified(
      `organization, week, ${QUARTER}, ${JUDGED_BITS}, ${OBSERVED_BIN} AS bin, ${ENDED_1}`,
      `${WITHIN_FILTER} AND ${JUDGED_ROWS}`,
    )} AS one
    GROUP BY organization, house, week, quarter, stratum, bin
    ORDER BY organization, house, week, quarter, stratum, bin`,
  columns: COLUMNS,
}

/** Of few organizations, by key: every row with its building, week and quarter, made when it is asked for. */
export type Detail = Pick<ReadonlyMap<number, readonly DetailRow[]>, 'get'>
export interface DetailRow {
  house: number
  /** Day number of its Monday. */
  week: number
  quarter: number
  stratum: number
  bin: number
  of: Record<Evaluated, { n: number; events: number }>
}

export const readDetail = async (
  context: Pick<Context, 'engine' | 'registry' | 'now'>,
  period: Period,
  organizations: readonly string[],
): Promise<Detail> => detailOf(await readDetailColumns(context, period, organizations))

/** Null of nobody. */
export async function readDetailColumns(
  context: Pick<Context, 'engine' | 'registry' | 'now'>,
  period: Period,
  organizations: readonly string[],
): Promise<DetailColumns | null> {
  if (organizations.length === 0) return null
  const params = evaluationParams(context, period, {
    ...EVERYTHING,
    organization: [...organizations],
  })
  return named(await context.engine.integers(EVALUATION_DETAIL.sql, params), COLUMNS)
}

/** Rows of one organization at a time: as objects those of all would take a hundred megabytes of a large city. */
export function detailOf(columns: DetailColumns | null): Detail {
  return { get: (unit) => (columns ? rowsOf(columns, unit) : []) }
}

function rowsOf(columns: DetailColumns, unit: number): DetailRow[] {
  const { organization } = columns
  const first = organization.indexOf(unit)
  if (first < 0) return []
  const rows: DetailRow[] = []
  for (let i = first; organization[i] === unit; i++) {
    const at = (name: keyof DetailColumns) => columns[name][i] ?? 0
    rows.push({
      ...{ house: at('house'), week: at('week'), quarter: at('quarter') },
      ...{ stratum: at('stratum'), bin: at('bin') },
      of: {
        reopened: { n: at('mature'), events: at('returned') },
        late: { n: at('due'), events: at('late') },
        pace: { n: at('n'), events: at('events') },
      },
    })
  }
  return rows
}

export function* talliesOf(rows: Iterable<DetailRow>, measure: Evaluated): Iterable<Tally> {
  for (const { stratum, bin, of } of rows)
    if (of[measure].n > 0) yield { stratum, bin, ...of[measure] }
}

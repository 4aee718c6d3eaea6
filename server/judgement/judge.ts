import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import { type Standardised, standardiseColumns } from '#server/stats/casemix.ts'
import type { Cell } from '#server/stats/cells.ts'
import { type Compared, compareUnits, funnelLimits, ratioOf } from '#server/stats/comparison.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { DAY } from '#server/store/by-month.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { JUDGED_BITS, JUDGED_ROWS, JUDGED_SUMS } from './judged-rows.ts'
import { type Evaluation, isWhole } from './kept.ts'
import { frozen, type Period, periodOf } from './period.ts'
import type { RefinedMeasure, RefinedUnit } from './refined.ts'
import { judgedSince } from './restarts.ts'
import { stratified } from './strata.ts'
import { summedBy } from './summed.ts'

const COLUMNS = ['unit', 'stratum', 'mature', 'returned', 'due', 'late'] as const
type Columns = Record<(typeof COLUMNS)[number], Float64Array>

const overMonths = summedBy(['unit', 'stratum'], ['mature', 'returned', 'due', 'late'])

/** Both measures in one reading of the period: whoever asks for one is soon asked for the other. Each is compared when it is asked for. */
const cellsOf = (unit: UnitKind) =>
  ({
    name: `cells.${unit}`,
    sql: `
    SELECT day, unit, stratum, ${JUDGED_SUMS}
    FROM ${stratified(`${unit} AS unit, ${DAY}, ${JUDGED_BITS}`, `${WITHIN_FILTER} AND ${JUDGED_ROWS}`)} AS one
    GROUP BY day, unit, stratum`,
    within: 'filter',
    byMonth: overMonths,
    columns: COLUMNS,
    read: (months: Columns) => {
      const columns = overMonths(months)
      return {
        reopened: once(() => compareCells(columns, columns.mature, columns.returned)),
        late: once(() => compareCells(columns, columns.due, columns.late)),
      }
    },
  }) satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>
export const CELLS = {
  organization: cellsOf('organization'),
  contractor: cellsOf('contractor'),
  district: cellsOf('district'),
}

function once<T>(reckon: () => T): () => T {
  let answer: T | undefined
  return () => {
    answer ??= reckon()
    return answer
  }
}

/** Requests without a known unit belong to the city, but are nobody's unit. */
function compareCells({ unit, stratum }: Columns, n: Float64Array, events: Float64Array) {
  const rows = new Int32Array(n.length)
  let judged = 0
  for (let row = 0; row < n.length; row++) if (n[row]) rows[judged++] = row
  const of = (column: Float64Array) => {
    const own = new Float64Array(judged)
    for (let i = 0; i < judged; i++) own[i] = column[rows[i] ?? 0] ?? 0
    return own
  }
  const columns = { unit: of(unit), stratum: of(stratum), n: of(n), events: of(events) }
  const { units, phi, tau2 } = compareUnits(standardiseColumns(columns))
  const strata = new Map<number, string>()
  // One string for each stratum, not for each of the tens of thousands of cells.
  const named = (number: number) => {
    const known = strata.get(number) ?? String(number)
    strata.set(number, known)
    return known
  }
  const cells = Array.from(columns.unit, (unit, i): Cell => {
    const [n, events] = [columns.n[i] ?? 0, columns.events[i] ?? 0]
    return { unit, stratum: named(columns.stratum[i] ?? 0), n, events }
  })
  return {
    cells,
    phi,
    tau2,
    city: cells.reduce(
      (sum, cell) => ({ n: sum.n + cell.n, observed: sum.observed + cell.events }),
      { n: 0, observed: 0 },
    ),
    units: units.filter(({ unit }) => unit !== 0),
    nobody: units.find(({ unit }) => unit === 0) ?? null,
  }
}

/** First day of the requests that a figure counts, where it is not the period's. */
interface Since {
  since?: string
}

export interface Judgement {
  measure: Judged
  /** Version of the measure's definition. */
  version: number
  period: Period
  /** Of the facts that answered. */
  revision: number
  phi: number
  /** Ordinary differences between organizations, a variance on the square-root scale. */
  tau2: number
  city: { n: number; observed: number }
  cells: readonly Cell[]
  /** Who is compared; `unit` is the key of an organization, a contractor or a district. */
  whose: UnitKind
  units: (Compared & Since)[]
  /** Requests of no known unit. */
  nobody: Standardised | null
}

/** Fields that choose organizations or outcomes would make the city another city: they do not narrow a comparison. */
export const comparable = (filter: Filter, whose: UnitKind = 'organization'): Filter => ({
  ...filter,
  ...(whose === 'district' && { district: [] }),
  organization: [],
  contractor: [],
  building: [],
  state: [],
  outcome: [],
  mark: [],
  account: [],
  scan: [],
  closedMinute: [],
  closedIn: [],
  is: [],
})

export type JudgeContext = Pick<Context, 'engine' | 'registry' | 'city' | 'now' | 'log' | 'judging'>

/**
 * Every organization against the city on the organization's own mix, as things stood at the cut. Of the whole city over the
 * usual year the evaluation of the last midnight answers, with its levels; anything narrower is asked of the facts.
 */
export async function judge(
  context: JudgeContext,
  measure: Judged,
  filter: Filter,
  whose: UnitKind = 'organization',
): Promise<Judgement> {
  const { engine, registry, city, now } = context
  if (whose === 'organization' && isWhole(comparable(filter)))
    return ofEvaluation(await context.judging.evaluation(context), measure)
  const period = periodOf(filter, now(), city.zone)
  const revision = engine.revision()
  const params = bindFilter(frozen(comparable(filter, whose), period), registry, now())
  const answer = await askColumns(engine, CELLS[whose], params)
  return { measure, version: versionOf(measure), whose, period, revision, ...answer[measure]() }
}

const judged = new WeakMap<RefinedMeasure, Judgement>()

/** The evaluation of all measures, as a judgement of one; the same as long as the evaluation. */
function ofEvaluation(evaluation: Evaluation, measure: Judged): Judgement {
  const known = judged.get(evaluation.measures[measure]) ?? judgementIn(evaluation, measure)
  judged.set(evaluation.measures[measure], known)
  return known
}

function judgementIn(
  { measures, cells, period, revision, restarts }: Evaluation,
  measure: Judged,
): Judgement {
  const { units, nobody, phi, tau2, city } = measures[measure]
  const compared = (unit: RefinedUnit): Compared & Since => ({
    ...unit,
    since: judgedSince(period, { widened: unit.widened, restart: restarts.get(unit.unit) }),
    ...ratioOf(unit),
    ...funnelLimits(unit.expected, tau2),
  })
  return {
    ...{ measure, version: versionOf(measure), whose: 'organization', period, revision },
    ...{ phi, tau2, city, cells: cells[measure] },
    units: units.map(compared),
    nobody,
  }
}

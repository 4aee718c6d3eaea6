import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import { DUE, DUE_LATE, HEAD, MATURE_INCIDENT, RETURNED } from '#server/metrics.ts'
import type { Cell } from '#server/stats/casemix.ts'
import { type Compared, compare } from '#server/stats/comparison.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { frozen, type Period, periodOf } from './period.ts'

/** Which requests are judged, one of each incident, and which of them count against the organization. */
export const JUDGES: Record<Judged, { among: string; events: string }> = {
  reopened: { among: MATURE_INCIDENT, events: RETURNED },
  late: { among: `(${DUE} AND ${HEAD})`, events: `(${DUE_LATE} AND ${HEAD})` },
}

/** Strata: category and priority, which no organization chooses for itself. */
export const stratumOf = (category: number, priority: number) => `${category} ${priority}`

const COLUMNS = [
  ...(['organization', 'category', 'priority'] as const),
  ...(['mature', 'returned', 'due', 'late'] as const),
] as const
type Columns = Record<(typeof COLUMNS)[number], Float64Array>

const counted = (condition: string) => `CAST(count(CASE WHEN ${condition} THEN 1 END) AS INTEGER)`

/** Both measures in one reading of the period: whoever asks for one is soon asked for the other. */
export const CELLS = {
  name: 'cells',
  sql: `
    SELECT organization, category, priority,
      ${counted(JUDGES.reopened.among)} AS mature, ${counted(JUDGES.reopened.events)} AS returned,
      ${counted(JUDGES.late.among)} AS due, ${counted(JUDGES.late.events)} AS late
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY organization, category, priority`,
  within: 'filter',
  columns: COLUMNS,
  read: (columns: Columns) => ({
    reopened: compareCells(columns, columns.mature, columns.returned),
    late: compareCells(columns, columns.due, columns.late),
  }),
} satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>

/** Requests without a known organization belong to the city, but are nobody's unit. */
function compareCells(
  { organization, category, priority }: Columns,
  n: Float64Array,
  events: Float64Array,
) {
  const cells: Cell[] = []
  const strata = new Map<string, string>()
  // One string for each stratum, not for each of the tens of thousands of cells.
  const one = (stratum: string) => {
    const known = strata.get(stratum)
    if (known === undefined) strata.set(stratum, stratum)
    return known ?? stratum
  }
  for (let i = 0; i < organization.length; i++)
    if (n[i])
      cells.push({
        unit: organization[i] ?? 0,
        stratum: one(stratumOf(category[i] ?? 0, priority[i] ?? 0)),
        n: n[i] ?? 0,
        events: events[i] ?? 0,
      })
  const { units, phi, tau2 } = compare(cells)
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
  /** Keys of organizations are `unit`. */
  units: Compared[]
  /** Requests that no known organization answers for. */
  nobody: Compared | null
}

/** Fields that choose organizations or outcomes would make the city another city: they do not narrow a comparison. */
export const comparable = (filter: Filter): Filter => ({
  ...filter,
  organization: [],
  building: [],
  state: [],
  outcome: [],
  mark: [],
  is: [],
})

/** Every organization against the city on the organization's own mix, as things stood at the cut. */
export async function judge(
  { engine, registry, city, now }: Pick<Context, 'engine' | 'registry' | 'city' | 'now'>,
  measure: Judged,
  filter: Filter,
): Promise<Judgement> {
  const period = periodOf(filter, now(), city.zone)
  const revision = engine.revision()
  const params = bindFilter(frozen(comparable(filter), period), registry, now())
  const answer = await askColumns(engine, CELLS, params)
  return { measure, version: versionOf(measure), period, revision, ...answer[measure] }
}

import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { DUE, DUE_LATE, MATURE, METRICS, RETURNED } from '#server/metrics.ts'
import type { Cell } from '#server/stats/casemix.ts'
import { type Compared, compare } from '#server/stats/comparison.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { frozen, type Period, periodOf } from './period.ts'

/** Which requests are judged, and which of them count against the organization. */
export const JUDGES: Record<Judged, { among: string; events: string }> = {
  reopened: { among: MATURE, events: RETURNED },
  late: { among: DUE, events: DUE_LATE },
}

/** Strata: category and priority, which no organization chooses for itself. */
export const stratumOf = (category: number, priority: number) => `${category} ${priority}`

const COLUMNS = ['organization', 'category', 'priority', 'n', 'events'] as const
type Columns = Record<(typeof COLUMNS)[number], Float64Array>

const cellsOf = (measure: Judged) =>
  ({
    name: `cells.${measure}`,
    sql: `
      SELECT organization, category, priority, CAST(count(*) AS INTEGER) AS n,
        CAST(count(CASE WHEN ${JUDGES[measure].events} THEN 1 END) AS INTEGER) AS events
      FROM request
      WHERE ${WITHIN_FILTER} AND ${JUDGES[measure].among}
      GROUP BY organization, category, priority`,
    columns: COLUMNS,
    read: compareCells,
  }) satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>

/** For the test that binds every question. */
export const CELLS = { reopened: cellsOf('reopened'), late: cellsOf('late') }

/** Requests without a known organization belong to the city, but are nobody's unit. */
function compareCells({ organization, category, priority, n, events }: Columns) {
  const cells = Array.from(organization, (unit, i) => ({
    unit,
    stratum: stratumOf(category[i] ?? 0, priority[i] ?? 0),
    n: n[i] ?? 0,
    events: events[i] ?? 0,
  }))
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
  const answer = await askColumns(engine, CELLS[measure], params)
  return { measure, version: METRICS[measure].version, period, revision, ...answer }
}

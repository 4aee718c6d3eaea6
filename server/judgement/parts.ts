import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { requestsOf } from '#server/contract/organizations.ts'
import type { Cell } from '#server/stats/casemix.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { add, type Excess, excess, nothing } from './excess.ts'
import { comparable, type Judgement } from './judge.ts'
import { JUDGES } from './judged-rows.ts'
import { frozen } from './period.ts'
import { stratified, stratumIn } from './strata.ts'

/** City rate of every stratum. */
export function ratesOf(cells: readonly Cell[]): Map<string, number> {
  const strata = new Map<string, { n: number; events: number }>()
  for (const { stratum, n, events } of cells) {
    const sum = strata.get(stratum) ?? { n: 0, events: 0 }
    strata.set(stratum, { n: sum.n + n, events: sum.events + events })
  }
  return new Map(Array.from(strata, ([key, { n, events }]) => [key, n === 0 ? 0 : events / n]))
}

/** An organization's excess by category, with the city's number of such requests. */
export function byCategory({ cells }: Judgement, unit: number) {
  const rates = ratesOf(cells)
  const parts = new Map<number, Excess & { city: number }>()
  for (const cell of cells) {
    const { category } = stratumIn(Number(cell.stratum))
    const part = parts.get(category) ?? { ...nothing(), city: 0 }
    part.city += cell.n
    if (cell.unit === unit) add(part, cell.n, cell.events, rates.get(cell.stratum) ?? 0)
    parts.set(category, part)
  }
  return parts
}

const COLUMNS = ['building', 'stratum', 'n', 'events'] as const
type Columns = Record<(typeof COLUMNS)[number], Float64Array>
export type BuildingCell = { building: number; stratum: string; n: number; events: number }

const buildingCells = (measure: Judged) =>
  ({
    name: `cells.building.${measure}`,
    sql: `
      SELECT house AS building, stratum, CAST(count(*) AS INTEGER) AS n, CAST(sum(event) AS INTEGER) AS events
      FROM ${stratified(
        `CASE WHEN ${JUDGES[measure].events} THEN 1 ELSE 0 END AS event`,
        `${WITHIN_FILTER} AND ${JUDGES[measure].among}`,
      )} AS one
      GROUP BY house, stratum`,
    within: 'filter',
    columns: COLUMNS,
    read: ({ building, stratum, n, events }: Columns): BuildingCell[] =>
      Array.from(building, (key, i) => ({
        building: key,
        stratum: String(stratum[i] ?? 0),
        n: n[i] ?? 0,
        events: events[i] ?? 0,
      })),
  }) satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>

export const BUILDING_CELLS = { reopened: buildingCells('reopened'), late: buildingCells('late') }

/** An organization's excess by building, largest first, and its ratio without each. */
export async function byBuilding(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  judgement: Judgement,
  { id, filter }: { id: string; filter: Filter },
) {
  const { whose } = judgement
  const chosen = requestsOf(comparable(filter, whose), { unit: whose, id })
  const cells = await askColumns(
    engine,
    BUILDING_CELLS[judgement.measure],
    bindFilter(frozen(chosen, judgement.period), registry, now()),
  )
  return excessByBuilding(cells, judgement)
}

/** The same of cells that are known already; each may be one request. */
export function excessByBuilding(cells: Iterable<BuildingCell>, judgement: Judgement) {
  const rates = ratesOf(judgement.cells)
  const parts = new Map<number, Excess>()
  const whole = nothing()
  for (const { building, stratum, n, events } of cells) {
    const part = parts.get(building) ?? nothing()
    const rate = rates.get(stratum) ?? 0
    add(part, n, events, rate)
    add(whole, n, events, rate)
    parts.set(building, part)
  }
  const buildings = Array.from(parts, ([building, part]) => ({
    building,
    ...part,
    without: ratioWithout(whole, part),
  }))
  buildings.sort((a, b) => excess(b) - excess(a) || a.building - b.building)
  return { whole, buildings }
}

function ratioWithout(whole: Excess, part: Excess) {
  const rest = {
    observed: whole.observed - part.observed,
    expected: whole.expected - part.expected,
    variance: whole.variance - part.variance,
  }
  return rest.expected > 0 && rest.variance > 0 ? ratioOf(rest) : null
}

import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { requestsOf } from '#server/contract/organizations.ts'
import type { Cell } from '#server/stats/cells.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { add, type Excess, excess, nothing } from './excess.ts'
import { comparable, type Judgement } from './judge.ts'
import { JUDGES } from './judged-rows.ts'
import { frozen } from './period.ts'
import { stratified, stratumIn } from './strata.ts'

interface OfCity {
  /** Rate of every stratum. */
  rates: ReadonlyMap<number, number>
  /** Requests of every category. */
  categories: ReadonlyMap<number, number>
  /** Cells of every unit. */
  units: ReadonlyMap<number, readonly Cell[]>
}
const cities = new WeakMap<readonly Cell[], OfCity>()

/** What cells say of the city: the same for whoever is held against it, and reckoned once. */
function cityOf(cells: readonly Cell[]): OfCity {
  const known = cities.get(cells) ?? summed(cells)
  cities.set(cells, known)
  return known
}

function summed(cells: readonly Cell[]): OfCity {
  const strata = new Map<number, { n: number; events: number }>()
  const units = new Map<number, Cell[]>()
  for (const cell of cells) {
    const key = Number(cell.stratum)
    const sum = strata.get(key) ?? { n: 0, events: 0 }
    sum.n += cell.n
    sum.events += cell.events
    strata.set(key, sum)
    const own = units.get(cell.unit)
    if (own) own.push(cell)
    else units.set(cell.unit, [cell])
  }
  const categories = new Map<number, number>()
  for (const [key, { n }] of strata) {
    const { category } = stratumIn(key)
    categories.set(category, (categories.get(category) ?? 0) + n)
  }
  const rates = new Map(
    Array.from(strata, ([key, { n, events }]) => [key, n === 0 ? 0 : events / n]),
  )
  return { rates, categories, units }
}

/** City rate of every stratum. */
export const ratesOf = (cells: readonly Cell[]) => cityOf(cells).rates

/** An organization's excess by category, with the city's number of such requests. */
export function byCategory({ cells }: Judgement, unit: number) {
  const { rates, categories, units } = cityOf(cells)
  const parts = new Map(
    Array.from(categories, ([category, city]) => [category, { ...nothing(), city }]),
  )
  for (const cell of units.get(unit) ?? []) {
    const stratum = Number(cell.stratum)
    const part = parts.get(stratumIn(stratum).category)
    if (part) add(part, cell.n, cell.events, rates.get(stratum) ?? 0)
  }
  return parts
}

const COLUMNS = ['building', 'stratum', 'n', 'events'] as const
type Columns = Record<(typeof COLUMNS)[number], Float64Array>
export type BuildingCell = { building: number; stratum: number; n: number; events: number }

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
        stratum: stratum[i] ?? 0,
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
    const known = parts.get(building)
    const part = known ?? nothing()
    if (!known) parts.set(building, part)
    const rate = rates.get(stratum) ?? 0
    add(part, n, events, rate)
    add(whole, n, events, rate)
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

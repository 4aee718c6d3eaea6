import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { requestsOf } from '#server/contract/organizations.ts'
import type { ExpectedShare } from '#server/stats/casemix.ts'
import type { Cell } from '#server/stats/cells.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import type { StratumSum } from '#server/stats/sorted-cells.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { add, type Excess, excess, nothing } from './excess.ts'
import { ratesBeside } from './expectation.ts'
import { comparable, type Judgement } from './judge.ts'
import { JUDGES } from './judged-rows.ts'
import { frozen, type Period } from './period.ts'
import { modelOf } from './standard.ts'
import { stratified, stratumIn } from './strata.ts'

interface OfCity {
  /** Requests of everybody by stratum. */
  strata: ReadonlyMap<number, StratumSum>
  /** Requests of every category. */
  categories: ReadonlyMap<number, number>
  /** Cells of every unit. */
  units: ReadonlyMap<number, readonly Cell[]>
  model: () => ExpectedShare
  rates: Map<number, Rates>
}
/** The share expected of a request of one unit in a stratum. */
type Rates = (stratum: number) => number

const cities = new WeakMap<readonly Cell[], OfCity>()

/** What cells say of the city: the same for whoever is held against it, and reckoned once. */
function cityOf(cells: readonly Cell[]): OfCity {
  const known = cities.get(cells) ?? summed(cells)
  cities.set(cells, known)
  return known
}

function summed(cells: readonly Cell[]): OfCity {
  const strata = new Map<number, StratumSum>()
  const units = new Map<number, Cell[]>()
  for (const cell of cells) {
    const key = Number(cell.stratum)
    const sum = strata.get(key)
    if (sum) {
      sum.n += cell.n
      sum.events += cell.events
    } else strata.set(key, { stratum: key, n: cell.n, events: cell.events })
    const own = units.get(cell.unit)
    if (own) own.push(cell)
    else units.set(cell.unit, [cell])
  }
  const categories = new Map<number, number>()
  for (const [key, { n }] of strata) {
    const { category } = stratumIn(key)
    categories.set(category, (categories.get(category) ?? 0) + n)
  }
  let fitted: ExpectedShare | undefined
  const model = () => {
    fitted ??= modelOf([...strata.values()])
    return fitted
  }
  return { strata, categories, units, model, rates: new Map() }
}

/** By what a unit was judged. */
type JudgedBy = Pick<Judgement, 'cells' | 'longer' | 'casemix'> & {
  units: readonly { unit: number; widened?: boolean }[]
}

/** The requests by which a unit was judged: of two years where one had too little. */
function citiesOf({ cells, longer, units }: JudgedBy, unit: number): OfCity {
  const widened = units.find((one) => one.unit === unit)?.widened ?? false
  return cityOf(widened ? longer : cells)
}

/** The shares that gave what the judgement expects of a unit, so that its parts add up to it. */
export function ratesOf(judgement: JudgedBy, unit: number): Rates {
  const city = citiesOf(judgement, unit)
  const known = city.rates.get(unit) ?? ratesIn(city, judgement, unit)
  city.rates.set(unit, known)
  return known
}

function ratesIn(
  { strata, units, model }: OfCity,
  { casemix }: Pick<JudgedBy, 'casemix'>,
  unit: number,
): Rates {
  const own = new Map(
    (units.get(unit) ?? []).map(({ stratum, n, events }) => [Number(stratum), { n, events }]),
  )
  const others = new Map(
    Array.from(own, ([stratum, mine]) => {
      const all = strata.get(stratum) ?? mine
      return [stratum, { n: all.n - mine.n, events: all.events - mine.events }]
    }),
  )
  return ratesBeside({ own, others }, casemix, model())
}

/** An organization's excess by category, with the city's number of such requests. */
export function byCategory(judgement: Judgement, unit: number) {
  const { categories, units } = citiesOf(judgement, unit)
  const rates = ratesOf(judgement, unit)
  const parts = new Map(
    Array.from(categories, ([category, city]) => [category, { ...nothing(), city }]),
  )
  for (const cell of units.get(unit) ?? []) {
    const stratum = Number(cell.stratum)
    const part = parts.get(stratumIn(stratum).category)
    if (part) add(part, cell.n, cell.events, rates(stratum))
  }
  return parts
}

/** The same by the place of the priority; together what the judgement counted and expects of it. */
export function byPriority(judgement: JudgedBy, unit: number): Map<number, Excess> {
  const rates = ratesOf(judgement, unit)
  const parts = new Map<number, Excess>()
  for (const cell of citiesOf(judgement, unit).units.get(unit) ?? []) {
    const stratum = Number(cell.stratum)
    const { priority } = stratumIn(stratum)
    const part = parts.get(priority) ?? nothing()
    parts.set(priority, part)
    add(part, cell.n, cell.events, rates(stratum))
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

/** The period of the requests that a unit's figures count: from when it began anew, or of two years. */
export function judgedPeriod({ period, units }: Judgement, unit: number): Period {
  const since = units.find((one) => one.unit === unit)?.since
  return since ? { ...period, from: since } : period
}

/** An organization's excess by building, largest first, and its ratio without each. */
export async function byBuilding(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  judgement: Judgement,
  { id, key, filter }: { id: string; key: number; filter: Filter },
) {
  const { whose } = judgement
  const chosen = requestsOf(comparable(filter, whose), { unit: whose, id })
  const cells = await askColumns(
    engine,
    BUILDING_CELLS[judgement.measure],
    bindFilter(frozen(chosen, judgedPeriod(judgement, key)), registry, now()),
  )
  return excessByBuilding(cells, ratesOf(judgement, key))
}

/** The same of cells that are known already; each may be one request. */
export function excessByBuilding(cells: Iterable<BuildingCell>, rates: Rates) {
  const parts = new Map<number, Excess>()
  const whole = nothing()
  for (const { building, stratum, n, events } of cells) {
    const known = parts.get(building)
    const part = known ?? nothing()
    if (!known) parts.set(building, part)
    const rate = rates(stratum)
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

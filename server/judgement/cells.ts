import type { UnitKind } from '#server/contract/organizations.ts'
import { standardiseColumns } from '#server/stats/casemix.ts'
import { type Cell, strataIn } from '#server/stats/cells.ts'
import { type Compared, compareUnits } from '#server/stats/comparison.ts'
import type { ColumnQuestion } from '#server/store/ask.ts'
import { DAY } from '#server/store/by-month.ts'
import { WITHIN_FILTER } from '#server/store/within.ts'
import type { BegunAnew } from './begun-anew.ts'
import { JUDGED_BITS, JUDGED_ROWS, JUDGED_SUMS } from './judged-rows.ts'
import type { Policy } from './policy.ts'
import { modelOf } from './standard.ts'
import { stratified } from './strata.ts'
import { summedBy } from './summed.ts'

const COLUMNS = ['unit', 'stratum', 'mature', 'returned', 'due', 'late'] as const
export type CellColumns = Record<(typeof COLUMNS)[number], Float64Array>

const overMonths = summedBy(['unit', 'stratum'], ['mature', 'returned', 'due', 'late'])

const sqlOf = (unit: UnitKind) => `
    SELECT day, unit, stratum, ${JUDGED_SUMS}
    FROM ${stratified(`${unit} AS unit, ${DAY}, ${JUDGED_BITS}`, `${WITHIN_FILTER} AND ${JUDGED_ROWS}`)} AS one
    GROUP BY day, unit, stratum`

/** Both measures in one reading of the period: whoever asks for one is soon asked for the other. Each is compared when it is asked for. */
const cellsOf = (unit: UnitKind) =>
  ({
    name: `cells.${unit}`,
    sql: sqlOf(unit),
    within: 'filter',
    byMonth: overMonths,
    columns: COLUMNS,
    read: (months: CellColumns) => {
      const columns = overMonths(months)
      return {
        reopened: lastOf((by) => compareCells(columns, by, ['mature', 'returned'])),
        late: lastOf((by) => compareCells(columns, by, ['due', 'late'])),
      }
    },
  }) satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>
export const CELLS = {
  organization: cellsOf('organization'),
  contractor: cellsOf('contractor'),
  district: cellsOf('district'),
}
/** What organizations did before they began anew. */
export const CELLS_BEFORE = {
  name: 'cells.before',
  sql: sqlOf('organization'),
  byMonth: overMonths,
  columns: COLUMNS,
  read: overMonths,
} satisfies ColumnQuestion<(typeof COLUMNS)[number], CellColumns>

/** By what requests are compared that were counted. */
interface By {
  policy: Policy
  since: BegunAnew
  /** Requests of `since` before those days: nobody's. */
  before: readonly CellColumns[]
}

/** The last answer, as long as it is asked by the same: few requests, so that they are their own key. */
function lastOf<T>(reckon: (by: By) => T): (by: By) => T {
  let last: { key: string; answer: T } | undefined
  return (by) => {
    const key = `${by.policy.hash} ${JSON.stringify([...by.since])} ${by.before.map(keyOf).join()}`
    if (last?.key !== key) last = { key, answer: reckon(by) }
    return last.answer
  }
}
const keyOf = (columns: CellColumns) => COLUMNS.map((name) => columns[name].join()).join(';')

/** Requests without a known unit belong to the city, but are nobody's unit. */
function compareCells(
  all: CellColumns,
  { policy, since, before }: By,
  [among, happened]: readonly ['mature' | 'due', 'returned' | 'late'],
) {
  const counted = before.length === 0 ? all : handedOver(all, before)
  const rows = new Int32Array(counted.unit.length)
  let judged = 0
  for (let row = 0; row < rows.length; row++) if (counted[among][row]) rows[judged++] = row
  const of = (column: Float64Array) => {
    const own = new Float64Array(judged)
    for (let i = 0; i < judged; i++) own[i] = column[rows[i] ?? 0] ?? 0
    return own
  }
  const columns = {
    ...{ unit: of(counted.unit), stratum: of(counted.stratum) },
    ...{ n: of(counted[among]), events: of(counted[happened]) },
  }
  const standardised = standardiseColumns(columns, policy.casemix, modelOf(strataIn(columns)))
  const { units, phi, tau2 } = compareUnits(standardised, policy.levels)
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
    units: units
      .filter(({ unit }) => unit !== 0)
      .map((unit) => ({ ...belowInspection(unit), ...sinceOf(since, unit) })),
    nobody: units.find(({ unit }) => unit === 0) ?? null,
  }
}

/** No more than this is said without a year, its quarters and a second evaluation. */
export const belowInspection = <U extends Pick<Compared, 'level'>>(unit: U): U =>
  unit.level === 'inspect' ? { ...unit, level: 'watch' } : unit

function sinceOf(all: BegunAnew, { unit }: Pick<Compared, 'unit'>): { since?: string } {
  const since = all.get(unit)
  return since ? { since } : {}
}

/** Columns in which some rows pass from their units to nobody. */
function handedOver(all: CellColumns, some: readonly CellColumns[]): CellColumns {
  const parts = some.flatMap((rows) => [
    { ...rows, ...minus(rows) },
    { ...rows, unit: new Float64Array(rows.unit.length) },
  ])
  const joined = Object.fromEntries(
    COLUMNS.map((name) => [name, concatenated([all, ...parts].map((part) => part[name]))]),
  ) as CellColumns
  return overMonths(joined)
}

const minus = ({ mature, returned, due, late }: CellColumns) => ({
  ...{ mature: mature.map((n) => -n), returned: returned.map((n) => -n) },
  ...{ due: due.map((n) => -n), late: late.map((n) => -n) },
})

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

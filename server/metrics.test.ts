import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { MEASURED_CITY } from '#test/measured-city.ts'
import { EVERYTHING, IS_WORDS } from './contract/filter.ts'
import { COUNTED, type Rows } from './contract/measures/counted.ts'
import { COUNTED_IDS, type CountedId } from './contract/measures/shape.ts'
import { OUTCOMES, PRIORITIES, STATES } from './contract/vocabulary.ts'
import { conditionsOf, IS, METRICS } from './metrics.ts'
import { REQUEST_COLUMNS } from './store/schema.ts'
import { bindFilter, WITHIN_FILTER } from './store/within.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(MEASURED_CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const words = (text: string) => text.split(' ').filter(Boolean)
const union = (...lists: string[][]) => [...new Set(lists.flat())].sort()

const CLOSED = words(
  '1-01 1-02 1-03 1-04 1-05 1-06 1-07 1-10 2-04 2-07 2-08 2-09 2-10 2-12 2-13 3-01 3-03 4-01 4-03 5-04 9-01 9-02 9-03',
)
const OPEN = words('1-08 1-09 2-01 2-02 2-03 2-05 2-06 2-11 2-14 3-02 4-02 5-01 5-03 9-04 9-05')
const ALL = union(CLOSED, OPEN)
const OVERDUE = words('2-01 2-02 2-03 2-06 2-11 2-14 3-02')
/** Without 1-07 (withdrawn), 2-08 (duplicate), 2-13 and 5-04 (times at fault). */
const CLOSED_BY_DUE = words('1-01 1-02 1-03 1-04 1-05 1-06 1-10 2-07 3-01 3-03 4-01 4-03 9-01 9-02')
const CLOSED_LATE = words('2-04 2-09 2-10 2-12 9-03')
/** Not due yet; 4-02 and 9-04 have no due time, 5-03 is of the future. */
const NOT_DUE = words('1-08 1-09 2-05 5-01 9-05')
const JUDGED = union(
  CLOSED_BY_DUE.filter((number) => number !== '9-01'),
  CLOSED_LATE,
  OVERDUE,
)
const MATURE = words(
  '1-01 1-02 1-03 1-04 1-05 1-06 2-03 2-04 2-07 2-09 2-10 2-12 3-01 4-01 9-02 9-03',
)
const CONFIRMED = words('1-01 1-02 1-04 1-06 2-04 2-12 3-01 3-03 9-01 9-02 9-03')
const SILENT = words('1-03 1-05 2-10 4-03')
const WORK_DONE = words(
  '1-01 1-02 1-03 1-04 1-05 1-06 2-03 2-04 2-06 2-09 2-10 2-12 3-01 3-03 4-03 9-01 9-02 9-03',
)
const MANAGED = ALL.filter((number) => !['5-01', '5-04'].includes(number))

/** The requests that each measure counts, and those it counts them among, by hand from the story of the city. */
const BY_HAND: Record<CountedId, [rows: string[], among: string[] | null]> = {
  registered: [ALL, null],
  incidents: [ALL, null],
  open: [OPEN, null],
  overdue: [OVERDUE, null],
  emergencyOpen: [words('2-01 2-05'), null],
  closed: [CLOSED, null],
  late: [union(OVERDUE, CLOSED_LATE), JUDGED],
  withinNorm: [CLOSED_BY_DUE.filter((number) => number !== '9-01'), JUDGED],
  onTime: [words('1-01 1-02 1-04 1-06 3-01 3-03 9-02 9-03'), JUDGED],
  onTimeOfClosed: [CLOSED_BY_DUE, union(CLOSED_BY_DUE, CLOSED_LATE)],
  onTimeOfClosedAndOverdue: [CLOSED_BY_DUE, union(CLOSED_BY_DUE, CLOSED_LATE, OVERDUE)],
  onTimeSoFar: [union(CLOSED_BY_DUE, NOT_DUE), union(CLOSED_BY_DUE, CLOSED_LATE, OVERDUE, NOT_DUE)],
  reopened: [words('2-03 2-04 2-10 9-02'), MATURE],
  reopenedTold: [words('2-03 2-04 2-10'), MATURE],
  hiddenRepeats: [['9-03'], ALL],
  rework: [['2-12'], WORK_DONE],
  confirmed: [CONFIRMED, union(CONFIRMED, SILENT)],
  confirmedOfAnswered: [CONFIRMED, union(CONFIRMED, ['2-06'])],
  answered: [union(CONFIRMED, ['2-06']), union(CONFIRMED, SILENT, ['2-06'])],
  closedNoResponse: [SILENT, CLOSED],
  refused: [['2-07'], CLOSED],
  cancelled: [['1-07'], CLOSED],
  forwarded: [['1-10'], CLOSED],
  duplicates: [['2-08'], ALL],
  misdirected: [['9-05'], ALL],
  transferred: [['2-09'], ALL],
  downgraded: [['9-05'], ALL],
  appeals: [ALL.filter((number) => number !== '9-04'), ALL],
  messages: [['9-04'], ALL],
  unaddressed: [words('5-01 5-04'), ALL],
  marked: [words('2-13 5-01 5-03 5-04'), ALL],
  inflowPerFlats: [MANAGED, null],
  inflowPerArea: [MANAGED, null],
}

const numbers = async (rows: Rows) => {
  const { engine, registry } = house.context
  const found = await engine.query(
    `SELECT number FROM request WHERE ${WITHIN_FILTER} ORDER BY number`,
    bindFilter({ ...EVERYTHING, ...rows }, registry, NOW),
  )
  return found.map(({ number }) => String(number))
}

test.for(COUNTED_IDS)(
  '%s counts the requests counted by hand, and its filter opens them',
  async (id) => {
    const [rows, among] = BY_HAND[id]
    const measure = COUNTED[id]
    expect(await numbers(measure.rows)).toEqual(rows)
    expect(measure.among && (await numbers(measure.among))).toEqual(among)
    const { engine, registry } = house.context
    const [counted] = await engine.query(
      `SELECT ${METRICS[id].numerator} AS cases, ${METRICS[id].denominator ?? 'NULL'} AS n FROM request WHERE ${WITHIN_FILTER}`,
      bindFilter(EVERYTHING, registry, NOW),
    )
    // 2-01 and its duplicate 2-08 are one incident.
    const cases = id === 'incidents' ? rows.length - 1 : rows.length
    expect(counted).toEqual({ cases, n: among === null ? null : among.length })
  },
)

test('what a measure counts is among what it is counted among, whatever the rows hold', async () => {
  const range = (column: string, size: number) => `CAST(hash(i, '${column}') % ${size} AS INTEGER)`
  const sizes: Record<string, number> = {
    outcome: OUTCOMES.length,
    state: STATES.length,
    priority: PRIORITIES.length,
    marks: 1024,
  }
  const random = Object.entries(REQUEST_COLUMNS)
    .map(([column, type]) => {
      const size = sizes[column] ?? (column.endsWith('_s') ? 3_000_000 : 3)
      const value =
        type === 'BOOLEAN'
          ? `hash(i, '${column}') % 2 = 0`
          : column.endsWith('_at')
            ? `$now + (${range(column, 61)} - 30) * CAST(86400000 AS BIGINT)`
            : range(column, size)
      // Of a request that is open nothing has closed.
      const empty =
        column === 'closed_at'
          ? `${range('outcome', OUTCOMES.length)} = 0`
          : sizes[column]
            ? 'false'
            : `hash('${column}', i) % 3 = 0`
      return `CASE WHEN ${empty} THEN NULL ELSE ${value} END AS ${column}`
    })
    .join(', ')
  const all = (rows: Rows) =>
    `(${
      conditionsOf(rows)
        .map(({ sql }) => sql)
        .join(' AND ') || 'true'
    }) IS TRUE`
  const shares = COUNTED_IDS.flatMap((id) => {
    const { rows, among } = COUNTED[id]
    return among ? [{ id, rows, among }] : []
  })
  const [astray] = await house.context.engine.query(
    `WITH request AS (SELECT ${random} FROM range(20000) AS numbers(i))
     SELECT ${shares
       .map(
         ({ id, rows, among }) =>
           `count(CASE WHEN ${all(rows)} AND NOT ${all(among)} THEN 1 END) AS ${id}, count(CASE WHEN ${all(rows)} THEN 1 END) AS ${id}Rows`,
       )
       .join(', ')} FROM request`,
    { now: NOW },
  )
  for (const { id } of shares) {
    expect({ [id]: astray?.[id] }).toEqual({ [id]: 0 })
    expect(astray?.[`${id}Rows`]).not.toBe(0)
  }
})

test('every word of the filter is asked by a condition of its own', () => {
  expect(Object.keys(IS).sort()).toEqual([...IS_WORDS].sort())
  expect(new Set(Object.values(IS)).size).toBe(IS_WORDS.length)
})

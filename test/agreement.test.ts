import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import type { CountedId } from '#server/contract/measures/shape.ts'
import { exports } from '#server/export/exports.ts'
import { exportRoutes } from '#server/export/routes.ts'
import { appRouter } from '#server/router.ts'
import { totalsBy, totalsOf } from '#server/totals.ts'
import { NOW, ZONE } from './city.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { MEASURED_CITY } from './measured-city.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(MEASURED_CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const asked = () => appRouter.createCaller(house.context)
const dictionary = async (id: CountedId, filter: Partial<Filter> = {}) => {
  const { values } = await asked().metrics.values({ ...EVERYTHING, ...filter })
  const { cases, n } = values.find(({ measure }) => measure === id) ?? {}
  return n === null ? cases : [cases, n]
}
const fileOf = async (table: string, search: Record<string, string> = {}) => {
  const answer = await exportRoutes(house.context, exports).request(
    `/export/${table}.csv?${new URLSearchParams({ ...search, raw: '1' })}`,
  )
  const rows: Record<string, string>[] = parse(await answer.text(), { columns: true })
  expect(answer.headers.get('x-row-count')).toBe(String(rows.length))
  return rows
}
const sum = <Row>(rows: readonly Row[], of: (row: Row) => unknown) =>
  rows.reduce((total, row) => total + Number(of(row)), 0)
/** What `domovoi totals` prints; of the log it needs no more than this. */
const stored = () =>
  ({ context: house.context, log: house.context.log }) as Parameters<typeof totalsOf>[0]

test.for(['open', 'overdue', 'registered', 'marked', 'incidents'] as const)(
  '%s is the same number in the dictionary and above the list, within any scope',
  async (id) => {
    for (const filter of [
      {},
      { district: ['zavod'] },
      { organization: ['sever'], to: '2026-02-08' },
    ]) {
      const summary = await asked().requests.summary({ ...EVERYTHING, ...filter })
      const field = id === 'registered' ? 'requests' : id
      expect([filter, summary[field]]).toEqual([filter, [await dictionary(id, filter)].flat()[0]])
      expect(summary.measures).toContainEqual({ measure: id, version: 1 })
    }
  },
)

test('open and overdue are one number on Overview, Buildings, in totals and in the files', async () => {
  const [state, buildings, totals] = await Promise.all([
    asked().overview.state({ district: [] }),
    fileOf('buildings'),
    totalsOf(stored(), NOW),
  ])
  const [open, overdue] = [await dictionary('open'), await dictionary('overdue')]
  expect([state.open.value, state.overdue?.value]).toEqual([open, overdue])
  expect([totals.open, totals.overdue, totals.requests]).toEqual([
    open,
    overdue,
    await dictionary('registered'),
  ])
  for (const by of ['organization', 'building'] as const) {
    const rows = await totalsBy(stored(), by, NOW)
    expect([sum(rows, (row) => row.open), sum(rows, (row) => row.overdue)]).toEqual([open, overdue])
  }
  for (const [id, count] of Object.entries({ open, overdue })) {
    expect(await fileOf('requests', { is: id })).toHaveLength(Number(count))
    for (const { id: building, ...row } of buildings)
      expect([building, row[id]]).toEqual([
        building,
        String(await dictionary(id as 'open', { building: [String(building)] })),
      ])
  }
  expect(state.emergency.value).toBe(await dictionary('emergencyOpen'))
})

test('a building and an organization say of themselves what the dictionary says of them', async () => {
  const card = await asked().buildings.one({ building: 'b-5' })
  const within = { building: ['b-5'] }
  expect([card.openCount, card.overdue]).toEqual([
    await dictionary('open', within),
    await dictionary('overdue', within),
  ])
  const profile = await asked().organizations.profile({ id: 'sever', filter: EVERYTHING })
  const own = { organization: ['sever'] }
  expect([profile.open, profile.overdue]).toEqual([
    await dictionary('open', own),
    await dictionary('overdue', own),
  ])
})

test('shares on Overview and Organizations are those of the dictionary within their days and as of their cut', async () => {
  const day = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10)
  const { confirmed, reopened } = await asked().overview.state({ district: [] })
  for (const [id, share] of Object.entries({ confirmed, reopened }))
    expect([id, [share.cases, share.n]]).toEqual([
      id,
      await dictionary(id as CountedId, { from: day(share.from), to: day(share.to) }),
    ])
  const { period, city, units } = await asked().organizations.shares({
    filter: { ...EVERYTHING, from: '2026-01-01', to: '2026-02-01' },
  })
  const frozen = { from: period.from, to: period.to, cut: new Date(period.cut).toISOString() }
  const read = (share: { cases: number; n: number } | null) => share && [share.cases, share.n]
  for (const id of ['withinNorm', 'confirmed'] as const) {
    expect(read(city[id])).toEqual(await dictionary(id, frozen))
    for (const unit of units)
      expect([unit.id, read(unit[id]) ?? [0, 0]]).toEqual([
        unit.id,
        await dictionary(id, { ...frozen, organization: [unit.id] }),
      ])
  }
})

test('what is judged of organizations is the dictionary measure, one of each incident', async () => {
  for (const measure of ['late', 'reopened'] as const) {
    const answer = await asked().organizations.comparison({
      measure,
      filter: { ...EVERYTHING, from: '2026-01-01', to: '2026-02-01' },
    })
    const { period, city } = answer
    const frozen = { from: period.from, to: period.to, cut: new Date(period.cut).toISOString() }
    expect([measure, city.observed, city.n]).toEqual([
      measure,
      ...((await dictionary(measure, { ...frozen, is: ['incidentHead'] })) as number[]),
    ])
  }
})

test('every measure has the rows that the file of requests holds', async () => {
  for (const [id, { rows, counts, per }] of Object.entries(COUNTED)) {
    if (counts || per) continue
    const search = new URLSearchParams()
    for (const [field, words] of Object.entries(rows))
      for (const word of words) search.append(field, word)
    const answer = await exportRoutes(house.context, exports).request(
      `/export/requests.csv?${search}&raw=1`,
    )
    const value = await dictionary(id as CountedId)
    expect([id, answer.headers.get('x-row-count')]).toEqual([
      id,
      String(Array.isArray(value) ? value[0] : value),
    ])
    await answer.body?.cancel()
  }
})

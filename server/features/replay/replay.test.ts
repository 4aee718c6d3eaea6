import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportRoutes } from '#server/export/routes.ts'
import { appRouter } from '#server/router.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { buildingThen } from './building.ts'
import { replayExport } from './export.ts'
import { inflow } from './inflow.ts'
import { interval } from './interval.ts'
import { organizationsThen, organizationThen } from './organizations.ts'
import { outagesThen } from './outages.ts'
import { spanOf } from './span.ts'

const HOUR = 3_600_000
const at = (local: string) => Date.parse(`${local}:00+05:00`)
/** Heard of eight hours after it happened; everything else at once. */
const LATE = new Set(['city:2-09:request.registered:1768021200000'])

let house: TestHouse
beforeAll(async () => {
  const events = [
    ...CITY,
    event('outage.declared', at('2026-01-12T06:00'), {
      ...{ outage: 'o-1', resource: 'heating', planned: false, buildings: ['b-4', 'b-5'] },
      startsAt: at('2026-01-12T05:00'),
    }),
    event('outage.ended', at('2026-01-12T20:00'), { outage: 'o-1' }),
  ]
  const learned = ({ id, occurredAt }: (typeof CITY)[number]) =>
    Math.min(NOW, occurredAt + (LATE.has(id) ? 8 * HOUR : 0))
  house = await openTestHouse(
    events.toSorted((a, b) => learned(a) - learned(b)),
    { now: NOW, learnedAt: learned },
  )
})
afterAll(() => house.close())

test('the story begins with the first sound registration', async () => {
  expect(await spanOf(house.context)).toEqual({
    began: at('2026-01-05T09:00'),
    heard: at('2026-01-05T09:00'),
    now: NOW,
  })
})

test('a house that has passed on is shown with who held it then, and with what was open then', async () => {
  const then = await buildingThen(house.context, { id: 'b-7', at: at('2026-01-12T12:00') })
  expect(then).toMatchObject({
    was: { id: 'sever' },
    known: { id: 'sever' },
    open: { was: 1, known: 1 },
    overdue: { was: 1, known: 1 },
    requests: [{ number: '2-09', overdue: true, was: true, known: true }],
  })
  const later = await buildingThen(house.context, { id: 'b-7', at: at('2026-01-16T12:00') })
  expect(later).toMatchObject({ was: { id: 'dva-doma' }, open: { was: 1, known: 1 } })
})

test('what reached the log late was true before it was known', async () => {
  const frame = (local: string, by?: number) =>
    buildingThen(house.context, { id: 'b-7', at: at(local), ...(by && { by }) })
  expect(await frame('2026-01-10T12:00')).toMatchObject({
    open: { was: 1, known: 0 },
    requests: [{ number: '2-09', was: true, known: false, receivedAt: at('2026-01-10T18:00') }],
  })
  expect((await frame('2026-01-10T18:00')).open).toEqual({ was: 1, known: 1 })
  expect((await frame('2026-01-10T12:00', at('2026-01-11T00:00'))).open).toEqual({
    ...{ was: 1, known: 1 },
  })
})

test('it arrives in the play of what was known, marked with how late it is', async () => {
  const scope = { district: [], category: [], organization: [] }
  const { houses, was, known } = await interval(house.context, {
    ...{ ...scope, at: at('2026-01-10T09:00'), to: at('2026-01-10T20:00') },
  })
  const arrivals = ({ changes }: typeof was) =>
    changes.at.flatMap((offset, row) =>
      houses[changes.house[row] ?? 0] === 'b-7' && (changes.open[row] ?? 0) > 0
        ? [[offset / HOUR, (changes.late[row] ?? 0) / HOUR]]
        : [],
    )
  expect(arrivals(was)).toEqual([[1, 0]])
  expect(arrivals(known)).toEqual([[9, 8]])
})

test('an organization is shown with what it answered for then', async () => {
  const then = await organizationThen(house.context, { id: 'sever', at: at('2026-01-12T12:00') })
  expect(then.was).toEqual({ open: 1, overdue: 1, emergency: 0, emergencyOverdue: 0 })
  expect(then).toMatchObject({ houses: 4, all: 1, worst: [{ id: 'b-7' }] })
  const all = await organizationsThen(house.context, {
    ...{ district: [], category: [], organization: [], at: at('2026-01-16T12:00') },
  })
  expect(all.organizations.map(({ id, was }) => [id, was.open])).toEqual([
    ['sever', 2],
    ['dva-doma', 1],
  ])
})

test('an announced outage is in force from its beginning, and known from its announcement', () => {
  const told = (local: string) => outagesThen(house.context, { at: at(local), to: at(local) })
  expect(told('2026-01-12T05:30')).toMatchObject([
    { id: 'o-1', houses: 2, was: { from: at('2026-01-12T05:00') }, known: null },
  ])
  expect(told('2026-01-12T06:00')).toMatchObject([{ known: { from: at('2026-01-12T06:00') } }])
  expect(told('2026-01-12T20:00')).toEqual([])
})

test('the slider is drawn over what came in, and over what was heard of', async () => {
  const told = await inflow(house.context, {
    ...{ from: at('2026-01-10T00:00'), to: at('2026-01-11T00:00') },
    ...{ district: [], category: [], organization: [], building: [] },
  })
  expect([told.part, told.was.indexOf(1), told.known.indexOf(1)]).toEqual([HOUR / 4, 40, 72])
})

test('an interval is a table of its changes with both of their instants, also of what was only heard in it', async () => {
  const table = await replayExport.open({
    context: house.context,
    language: 'en',
    search: new URLSearchParams({ at: '2026-01-10T10:00:00Z', to: '2026-01-12T19:00:00Z' }),
  })
  expect(table.of).toBe('2026-01-10 15:00 – 2026-01-13 00:00')
  const rows: unknown[] = []
  for await (const portion of table.rows)
    for (const row of portion)
      rows.push(table.columns.slice(0, 6).map((column) => column.value(row as never)))
  const instant = (local: string) => at(local)
  expect(rows).toEqual([
    [instant('2026-01-10T10:00'), instant('2026-01-10T18:00'), 8, 'yes', 'opened', '2-09'],
    [
      ...[instant('2026-01-11T20:00'), instant('2026-01-11T20:00'), 0, 'no'],
      ...['closed without resident’s answer', '1-03'],
    ],
    [instant('2026-01-12T18:20'), instant('2026-01-12T18:20'), 0, 'no', 'opened', '1-04'],
  ])
  expect(table.count).toBe(3)
})

test('of a year only the days are read on which something changed', async () => {
  const asked: unknown[] = []
  const { engine } = house.context
  const watched = {
    ...engine,
    query: (sql: string, params: Record<string, never>) => {
      asked.push(params)
      return engine.query(sql, params)
    },
  }
  const open = (from: string, to: string) =>
    replayExport.open({
      ...{ context: { ...house.context, engine: watched as never }, language: 'en' as const },
      search: new URLSearchParams({ at: from, to }),
    })
  const read = async (table: Awaited<ReturnType<typeof open>>) => {
    let rows = 0
    for await (const portion of table.rows) rows += portion.length
    return rows
  }
  const empty = await open('2025-01-01T00:00:00Z', '2025-12-31T00:00:00Z')
  expect([empty.count, await read(empty), asked.length]).toEqual([0, 0, 1])
  asked.length = 0
  const year = await open('2025-02-10T00:00:00Z', '2026-02-10T00:00:00Z')
  expect(await read(year)).toBe(year.count)
  expect(year.count).toBeGreaterThan(0)
  // The story has days since the fifth of January alone.
  expect(asked.length).toBeLessThanOrEqual(1 + 37)
})

test('two histories are written at a time, the third is asked to wait', async () => {
  const routes = exportRoutes(house.context, { replay: replayExport })
  const path = '/export/replay.csv?at=2026-01-10T10:00:00Z&to=2026-01-12T19:00:00Z'
  const [first, second] = [await routes.request(path), await routes.request(path)]
  const third = await routes.request(path)
  expect([first.status, second.status, third.status]).toEqual([200, 200, 503])
  expect(await third.text()).toContain('try again in a minute')
  await first.text()
  const fourth = await routes.request(path)
  expect(fourth.status).toBe(200)
  await Promise.all([second.text(), fourth.text()])
})

test('what is wrong with a question is said', async () => {
  await expect(buildingThen(house.context, { id: 'b-99', at: NOW })).rejects.toThrow(
    'no building "b-99" is known',
  )
  await expect(organizationThen(house.context, { id: 'sever', at: NOW + HOUR })).rejects.toThrow(
    'has not come yet',
  )
  const { replay } = appRouter.createCaller(house.context)
  const ahead = { at: NOW + HOUR }
  for (const refused of [
    replay.interval(ahead),
    replay.outages(ahead),
    replay.outages({ at: NOW, by: NOW + HOUR }),
    replay.organizations(ahead),
    replay.building({ id: 'b-4', ...ahead }),
  ])
    await expect(refused).rejects.toThrow('has not come yet')
  const open = (search: Record<string, string>) =>
    replayExport.open({
      ...{ context: house.context, language: 'en' as const },
      search: new URLSearchParams(search),
    })
  await expect(open({ at: '2026-01-10T10:00:00Z', to: '2026-01-10T09:00:00Z' })).rejects.toThrow(
    '"to" lies after "at"',
  )
  await expect(open({ at: 'yesterday', to: '2026-01-10T09:00:00Z' })).rejects.toThrow('at')
})

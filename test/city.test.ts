import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, NOW, ZONE } from './city.ts'
import { openTestHouse, type TestHouse } from './house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

test('the city is what its story says', async () => {
  const [totals] = await house.context.engine.query(
    `SELECT count(*) AS requests, count(*) FILTER (WHERE closed_at IS NULL) AS open,
       count(*) FILTER (WHERE closed_at IS NULL AND due_at < $now) AS overdue,
       count(*) FILTER (WHERE closed_at IS NULL AND priority = 2) AS emergency,
       count(*) FILTER (WHERE reopenings > 0) AS reopened,
       count(*) FILTER (WHERE transfers > 0) AS transferred,
       count(*) FILTER (WHERE marks <> 0) AS marked
     FROM request WHERE test = false`,
    { now: NOW },
  )
  expect(totals).toEqual({
    requests: 33,
    open: 13,
    overdue: 7,
    emergency: 2,
    reopened: 3,
    transferred: 1,
    marked: 4,
  })
})

test('the board counts what the questions count', () => {
  const { board } = house.context
  expect(board.totals(NOW)).toEqual({ open: 13, overdue: 7, emergency: 2, emergencyOverdue: 1 })
})

test('each organization has the requests of its buildings at registration', async () => {
  const { engine, registry } = house.context
  const rows = await engine.query(
    `SELECT organization, count(*) AS requests, count(*) FILTER (WHERE closed_at IS NULL) AS open,
       count(*) FILTER (WHERE closed_at IS NULL AND due_at < $now) AS overdue
     FROM request WHERE test = false GROUP BY organization ORDER BY requests DESC, open`,
    { now: NOW },
  )
  const named = rows.map(({ organization, ...counts }) => ({
    organization: registry.organization(Number(organization))?.id ?? null,
    ...counts,
  }))
  expect(named).toEqual([
    { organization: 'sever', requests: 14, open: 7, overdue: 6 },
    { organization: 'pribrezhnaya', requests: 11, open: 3, overdue: 0 },
    { organization: 'dva-doma', requests: 3, open: 1, overdue: 1 },
    { organization: 'sadovoe', requests: 3, open: 1, overdue: 0 },
    { organization: null, requests: 2, open: 1, overdue: 0 },
  ])
})
